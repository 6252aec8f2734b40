//! Output to a terminal.

#[cfg(any(feature = "client", feature = "proxy", feature = "sandbox"))]
use std::error::Error;
use std::io::{self, IsTerminal, Write as _};

use kaizala_actions::lint::printable;

use crate::inert::inert;

/// Reports an error on stderr.
pub(crate) fn complain(message: &str) {
    say(&format!("kaizala-actions: {message}"));
}

/// Writes a line to stderr.
pub(crate) fn say(line: &str) {
    // Ignore errors: stderr may be closed.
    let _ = writeln!(io::stderr(), "{}", inert(&printable(line)));
}

/// Whether to use color on a stream by default: not if `NO_COLOR` has a non-empty value
/// (<https://no-color.org>).
pub(crate) fn has_color(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The width of stdout, if it is a terminal.
pub(crate) fn columns() -> Option<usize> {
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(columns.into())
}

/// An error and its causes, in one line.
#[cfg(any(feature = "client", feature = "proxy", feature = "sandbox"))]
#[must_use]
pub fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", chain(cause)),
        None => error.to_string(),
    }
}
