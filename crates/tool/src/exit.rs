//! What the process answers with. Exit codes are decided here alone.

use std::{error::Error, io, process::ExitCode};

#[cfg(feature = "client")]
use kaizala_actions::client;

use crate::interrupt;

/// An exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// No finding of severity error, and no call refused.
    Clean,
    /// Some finding is an error, or a warning that is to count as one; or a call was refused.
    Findings,
    /// It could not be run, wholly or in part.
    Failure,
    /// It was asked to end before its time.
    Interrupted,
}

impl Exit {
    /// Of a run over files: whether some could not be read or written, and whether what is in them
    /// is refused, if that is to count.
    pub fn of_run(failed: bool, refused: bool) -> Self {
        if failed {
            Self::Failure
        } else if refused {
            Self::Findings
        } else {
            Self::Clean
        }
    }

    /// Of an error that ended a command. Whoever closes a pipe has read enough.
    pub fn of_error(error: &(dyn Error + 'static)) -> Self {
        match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => Self::Clean,
            _ => Self::Failure,
        }
    }

    /// Of a call that failed: whether contract or service refused it, or it could not be made.
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
            // The request is not valid, or there was no answer that could be read.
            _ => Self::Failure,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
            Exit::Interrupted => interrupt::exit_code(),
        })
    }
}
