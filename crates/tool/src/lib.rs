//! The command line tool `kaizala-actions` as a library: [`main`] and [`run_with`] run it, and
//! [`report`] has the formats of its reports.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod args;
#[cfg(unix)]
mod attributes;
#[cfg(feature = "client")]
mod calls;
mod completions;
mod console;
#[cfg(all(feature = "client", feature = "sandbox"))]
mod demo;
mod docs;
mod exit;
mod files;
mod fingerprint;
mod folder;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
mod identity;
mod input;
mod interrupt;
mod lint;
mod lock;
mod man;
mod merge;
mod name;
mod not_judged;
mod options;
mod parsers;
mod playground;
#[cfg(feature = "proxy")]
mod proxy;
mod replace;
pub mod report;
#[cfg(feature = "sandbox")]
mod serve;
#[cfg(any(feature = "proxy", feature = "sandbox"))]
mod serving;
mod show;
mod table;
mod text;

use std::{
    error::Error,
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser as _;

use args::{Args, Command};
use exit::Exit;
use kaizala_actions::inert;

/// Reads the words of options, and words errors, for programs that contain the tool.
pub mod words {
    #[cfg(any(feature = "client", feature = "proxy", feature = "sandbox"))]
    pub use crate::console::chain;
    pub use crate::parsers::{Weight, allowance, level, rule};
}

/// Runs the tool with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    run_with(std::env::args_os()).into()
}

/// Runs the tool with these arguments, the first of which is its name, and returns the exit code:
/// for programs that contain the tool. It uses the streams and the signals of the process as if the
/// process were the tool.
#[must_use]
pub fn run_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<_> = arguments.into_iter().collect();
    if let Err(message) = options::check(arguments.iter().skip(1)) {
        console::complain(&message);
        return Exit::Failure.into();
    }
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Ignore errors: the stream may be closed.
            let _ = error.print();
            return error.exit_code().try_into().unwrap_or(u8::MAX);
        }
    };
    // Not locked: another thread prints reports.
    let mut out = io::BufWriter::new(io::stdout());
    let outcome = run(args.command, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?));
    let exit = outcome.unwrap_or_else(|error| {
        let exit = Exit::of_error(error.as_ref());
        if exit == Exit::Failure {
            console::complain(&error.to_string());
        }
        exit
    });
    exit.into()
}

fn run(command: Command, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    match command {
        #[cfg(feature = "client")]
        Command::Call(call) => return calls::run(&call, out),
        Command::Lint(args) => return lint::run(&args, out),
        Command::Merge(args) => return merge::run(&args, out),
        Command::Matrix { format } => show::matrix(format, out)?,
        Command::Rules { format } => show::rules(format, out)?,
        Command::Explain { rule } => out.write_all(rule.explanation().as_bytes())?,
        Command::Spec { form, format } => show::spec(form.into(), format, out)?,
        Command::Schema { draft, of } => show::schema(draft.into(), of, out)?,
        Command::Docs { output, playground } => docs::run(&output, playground.as_deref(), out)?,
        #[cfg(feature = "proxy")]
        Command::Proxy(args) => return proxy::run(&args, out),
        #[cfg(feature = "sandbox")]
        Command::Serve(args) => return serve::run(*args, out),
        #[cfg(all(feature = "client", feature = "sandbox"))]
        Command::Demo => return demo::run(out),
        Command::Man { command, output } => man::run(command.as_deref(), output.as_deref(), out)?,
        Command::Completions { shell } => completions::print(shell, out)?,
    }
    Ok(Exit::Clean)
}
