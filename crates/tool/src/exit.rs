//! The exit codes, and which outcome has which. Whether the findings of a run count as a failure is
//! decided by `lint/run.rs`, `lint/fix/diff.rs` and `merge.rs`. clap exits by itself for wrong
//! arguments (`lib.rs`), and `interrupt.rs` after a signal.

use std::{error::Error, io};

#[cfg(feature = "client")]
use kaizala_actions::client;

use crate::interrupt;

/// An exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// There is no finding of severity error, and no call was refused.
    Clean,
    /// There is an error, or a warning that counts as one; or a call was refused.
    Findings,
    /// The command could not be run, or only in part.
    Failure,
    /// The process was interrupted.
    Interrupted,
}

impl Exit {
    /// The exit code of a run over files: whether some could not be read or written, and whether
    /// their content is refused, if that counts.
    pub fn of_run(failed: bool, refused: bool) -> Self {
        if failed {
            Self::Failure
        } else if refused {
            Self::Findings
        } else {
            Self::Clean
        }
    }

    /// The exit code for an error that ended a command. A closed pipe is not an error.
    pub fn of_error(error: &(dyn Error + 'static)) -> Self {
        match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Self::Clean,
            _ => Self::Failure,
        }
    }

    /// The exit code for a failed call: whether the contract or the service refused it, or it could
    /// not be made.
    #[cfg(feature = "client")]
    pub fn of_call(error: &client::Error) -> Self {
        use client::Error as E;
        match error {
            E::Refused { .. }
            | E::EndpointMoved { .. }
            | E::Throttled { .. }
            | E::Service { .. }
            | E::ErrorInSuccess { .. }
            | E::Contract { .. }
            | E::Stalled { .. }
            | E::TooManyPages { .. } => Self::Findings,
            // The request is invalid, or there was no readable answer.
            _ => Self::Failure,
        }
    }
}

impl From<Exit> for u8 {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
            Exit::Interrupted => interrupt::exit_code(),
        }
    }
}
