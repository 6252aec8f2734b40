//! The command line tool: arguments, files, exit codes. The only module that prints.

mod args;
#[cfg(feature = "client")]
mod calls;
mod csv;
#[cfg(all(feature = "client", feature = "sandbox"))]
mod demo;
mod docs;
mod files;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
mod input;
mod lint;
mod man;
mod replace;
pub mod report;
#[cfg(feature = "sandbox")]
mod serve;
mod show;

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser as _;
use kaizala_actions::lint::printable;

use args::{Args, Command};

/// What the process answers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// No finding of severity error, and no call refused.
    Clean = 0,
    /// Some finding is an error, or a warning that is to count as one; or a call was refused.
    Findings = 1,
    /// It could not be run, wholly or in part.
    Failure = 2,
    /// It was interrupted: 128 and the number of SIGINT, as shells have it.
    Interrupted = 130,
}

/// Runs the tool with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let args = Args::parse();
    // Not locked: what is linted is reported from several threads.
    let mut out = io::BufWriter::new(io::stdout());
    let exit = match run(args.command, &mut out).and_then(|exit| Ok(out.flush().map(|()| exit)?)) {
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(error.as_ref()) => Exit::Clean,
        Err(error) => {
            complain(&error.to_string());
            Exit::Failure
        }
    };
    ExitCode::from(exit as u8)
}

fn run(command: Command, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    match command {
        #[cfg(feature = "client")]
        Command::Call(call) => return calls::run(&call, out),
        Command::Lint(args) => return lint::run(&args, out),
        Command::Matrix { format } => show::matrix(format, out)?,
        Command::Rules { format } => show::rules(format, out)?,
        Command::Explain { rule } => show::explain(rule, out)?,
        Command::Spec { format } => show::spec(format, out)?,
        Command::Schema { draft, of } => show::schema(draft.into(), of, out)?,
        Command::Docs { output } => docs::run(&output, out)?,
        #[cfg(feature = "sandbox")]
        Command::Serve(args) => return serve::run(args, out),
        #[cfg(all(feature = "client", feature = "sandbox"))]
        Command::Demo => return demo::run(out),
        Command::Man { command, output } => man::run(command.as_deref(), output.as_deref(), out)?,
        Command::Completions { shell } => show::completions(shell, out),
    }
    Ok(Exit::Clean)
}

/// Says on stderr why something could not be done.
fn complain(message: &str) {
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(io::stderr(), "kaizala-actions: {}", printable(message));
}

/// Whoever closes the pipe has read enough; that is no error.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
