//! Completions for shells, by `clap_complete`, with fixes for its scripts.

use std::io::{self, Write};

use clap::{Arg, Command, CommandFactory as _};
use clap_complete::Shell;

use crate::args::Args;

const NAME: &str = "kaizala-actions";

pub(crate) fn print(shell: Shell, out: &mut dyn Write) -> io::Result<()> {
    let mut script = Vec::new();
    let mut tool = Args::command();
    clap_complete::generate(shell, &mut tool, NAME, &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        // If the name of the tool has a hyphen, `clap_complete` calls the functions of commands by
        // another name than it defines, so that nothing is completed after the command.
        Shell::Bash => script = script.replace("kaizala__subcmd__actions", "kaizala__actions"),
        Shell::Fish => script.extend(tool.get_subcommands().flat_map(values_in_fish)),
        _ => {}
    }
    out.write_all(script.as_bytes())
}

/// The values of positional arguments, which `clap_complete` leaves out for fish.
fn values_in_fish(command: &Command) -> impl Iterator<Item = String> {
    let positionals = command.get_positionals();
    positionals.filter_map(|argument| {
        let names = names(argument);
        (!names.is_empty()).then(|| {
            format!(
                "complete -c {NAME} -n \"__fish_kaizala_actions_using_subcommand {}\" -f -a \"{}\"\n",
                command.get_name(),
                names.join(" ")
            )
        })
    })
}

fn names(argument: &Arg) -> Vec<String> {
    let values = argument.get_possible_values();
    let shown = values.iter().filter(|value| !value.is_hide_set());
    shown.map(|value| value.get_name().to_owned()).collect()
}
