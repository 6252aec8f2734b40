//! The manual, generated from the definitions of the arguments.

use std::{error::Error, fs, io::Write, path::Path};

use clap::{Command, CommandFactory as _};
use clap_mangen::{Man, generate_to};
use kaizala_actions::lint::nearest;

use crate::{args::Args, text::about};

/// The page of a command or of the tool itself; or all pages, in a folder.
pub(crate) fn run(
    command: Option<&str>,
    folder: Option<&Path>,
    out: &mut dyn Write,
) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = folder {
        let written =
            fs::create_dir_all(folder).and_then(|()| generate_to(Args::command(), folder));
        return Ok(written.map_err(about(folder))?);
    }
    let mut tool = Args::command().disable_help_subcommand(true);
    // Fills in the names of the commands, and inherited arguments.
    tool.build();
    if let Some(name) = command {
        let found = tool.find_subcommand(name).cloned();
        tool = found.ok_or_else(|| unknown(name, &tool))?;
    }
    Ok(Man::new(tool).render(out)?)
}

fn unknown(name: &str, tool: &Command) -> String {
    let names: Vec<_> = tool.get_subcommands().map(Command::get_name).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("no command `{name}`; did you mean `{near}`?"),
        None => format!("no command `{name}`; there are {}", names.join(", ")),
    }
}
