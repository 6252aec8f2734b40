//! Why a call failed, so that a caller can act on it.

use std::{error::Error as StdError, fmt, time::Duration};

use reqwest::StatusCode;

use super::{answer::RawResponse, words::shown};
use crate::{
    lint::{Part, Report},
    mask,
    operation::OperationId,
    types::ServiceError,
};

/// Why a call failed.
///
/// ```no_run
/// use kaizala_actions::client::{Client, Error};
/// use kaizala_actions::types::ActionRequest;
///
/// # async fn example(client: Client, group: &str, action: ActionRequest) -> Result<(), Error> {
/// match client.post_action().group_id(group).body(action).send().await {
///     Ok(posted) => println!("posted {}", posted.reference_id),
///     Err(Error::Refused { report, .. }) => println!("not sent:\n{report}"),
///     Err(Error::Throttled { retry_after, .. }) => println!("too fast; wait {retry_after:?}"),
///     Err(Error::EndpointMoved { endpoint, .. }) => println!("connect to {endpoint} instead"),
///     Err(Error::Service { status, error, .. }) => println!("{status}: {:?}", error.error_code),
///     Err(error) if error.is_retryable() && !error.may_have_been_received() => println!("try again: {error}"),
///     Err(error) => return Err(error), // which says the operation
/// }
/// # Ok(())
/// # }
/// ```
///
/// Neither `Display` nor `Debug` shows a secret or a phone number, be it one that the service
/// repeats.
#[non_exhaustive]
pub enum Error {
    /// An argument of the builder is missing, or of a value that cannot be converted, or an id
    /// that is not one segment of a path. Nothing was sent.
    InvalidRequest {
        /// What was asked for.
        operation: OperationId,
        /// What is wrong with it.
        problem: String,
    },
    /// The contract refuses the request. Nothing was sent.
    Refused {
        /// What was asked for.
        operation: OperationId,
        /// Which part of it: a parameter is in the request line.
        part: Part,
        /// What is wrong with it, with place and cure.
        report: Report,
    },
    /// The call was made outside of a Tokio runtime. Nothing was sent.
    NoRuntime {
        /// What was asked for.
        operation: OperationId,
    },
    /// The user's endpoint is another one now (status 308).
    EndpointMoved {
        /// What was asked for.
        operation: OperationId,
        /// The new endpoint, as the service gave it; see
        /// [`ClientBuilder::follow_moves_to`](super::ClientBuilder::follow_moves_to).
        endpoint: String,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// Too many calls (status 429).
    Throttled {
        /// What was asked for.
        operation: OperationId,
        /// How long the service wants to be left alone, if it says so.
        retry_after: Option<Duration>,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The service refused the call or failed: any other status than 200.
    Service {
        /// What was asked for.
        operation: OperationId,
        /// The status.
        status: StatusCode,
        /// What the body says, as far as it is the documented one; all empty for a proxy's HTML
        /// page, say.
        error: ServiceError,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The body of an error came with status 200 (D-27).
    ErrorInSuccess {
        /// What was asked for.
        operation: OperationId,
        /// What the body says.
        error: ServiceError,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The answer breaks the contract.
    Contract {
        /// What was asked for.
        operation: OperationId,
        /// Where in the body, as a JSON Pointer.
        pointer: String,
        /// What is wrong there.
        problem: String,
        /// What the contract wants there, as far as that is more than what is wrong.
        expected: Option<String>,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The answer is larger than the client takes; see
    /// [`ClientBuilder::max_answer`](super::ClientBuilder::max_answer).
    TooLarge {
        /// What was asked for.
        operation: OperationId,
        /// The limit, in bytes.
        most: usize,
    },
    /// A list says that there is more, and asking for it brings nothing new; see
    /// [`ListAll`](super::ListAll).
    Stalled {
        /// What was asked for.
        operation: OperationId,
        /// The time that it was asked from, in epoch seconds.
        from_date: Option<i64>,
    },
    /// A list goes on after as many pages as may be read; see
    /// [`ListAll::max_pages`](super::ListAll::max_pages).
    TooManyPages {
        /// What was asked for.
        operation: OperationId,
        /// The limit.
        most: usize,
    },
    /// No answer within the time-out.
    TimedOut {
        /// What was asked for.
        operation: OperationId,
        /// The cause.
        error: reqwest::Error,
    },
    /// No connection, or one that broke; see [`may_have_been_received`](Self::may_have_been_received).
    Transport {
        /// What was asked for.
        operation: OperationId,
        /// The cause.
        error: reqwest::Error,
    },
}

impl Error {
    /// A call whose request cannot be made, that timed out, or whose connection failed.
    pub(crate) fn transport(operation: OperationId, error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TimedOut { operation, error }
        } else {
            Self::Transport { operation, error }
        }
    }

    /// What was asked for.
    #[must_use]
    pub fn operation(&self) -> OperationId {
        match self {
            Self::InvalidRequest { operation, .. }
            | Self::Refused { operation, .. }
            | Self::NoRuntime { operation }
            | Self::EndpointMoved { operation, .. }
            | Self::Throttled { operation, .. }
            | Self::Service { operation, .. }
            | Self::ErrorInSuccess { operation, .. }
            | Self::Contract { operation, .. }
            | Self::TooLarge { operation, .. }
            | Self::Stalled { operation, .. }
            | Self::TooManyPages { operation, .. }
            | Self::TimedOut { operation, .. }
            | Self::Transport { operation, .. } => *operation,
        }
    }

    /// Whether the same call may succeed later.
    ///
    /// | error | retryable | may have been received |
    /// | --- | --- | --- |
    /// | `InvalidRequest`, `Refused`, `NoRuntime` | no | no |
    /// | `EndpointMoved` | no: connect to the new endpoint | no |
    /// | `Throttled` | yes, after `retry_after` | no |
    /// | `Service` with status 408, 502, 503 or 504 | yes | yes |
    /// | `Service` with another status, `ErrorInSuccess` | no | status 400 to 499 no, else yes |
    /// | `Contract`, `TooLarge`, `Stalled`, `TooManyPages` | no | yes |
    /// | `TimedOut`, `Transport` | yes | unless the connection was refused |
    ///
    /// To repeat a POST that [may have been received](Self::may_have_been_received) is to risk a
    /// second action.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Throttled { .. } => true,
            Self::TimedOut { error, .. } | Self::Transport { error, .. } => !error.is_builder(),
            Self::Service { status, .. } => matches!(status.as_u16(), 408 | 502..=504),
            _ => false,
        }
    }

    /// Whether the service may have done what it was asked to, although this is an error; see the
    /// table of [`is_retryable`](Self::is_retryable).
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        match self {
            Self::InvalidRequest { .. }
            | Self::Refused { .. }
            | Self::NoRuntime { .. }
            | Self::EndpointMoved { .. }
            | Self::Throttled { .. } => false,
            Self::TimedOut { error, .. } | Self::Transport { error, .. } => {
                !error.is_connect() && !error.is_builder()
            }
            // 408: the service gave up waiting, and how much it had by then is not said.
            Self::Service { status, .. } => {
                !status.is_client_error() || *status == StatusCode::REQUEST_TIMEOUT
            }
            _ => true,
        }
    }

    /// The answer, if there was one.
    #[must_use]
    pub fn answer(&self) -> Option<&RawResponse> {
        match self {
            Self::EndpointMoved { answer, .. }
            | Self::Throttled { answer, .. }
            | Self::Service { answer, .. }
            | Self::ErrorInSuccess { answer, .. }
            | Self::Contract { answer, .. } => Some(answer),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation())?;
        match self {
            Self::InvalidRequest { problem, .. } => write!(f, "not sent: {}", shown(problem)),
            Self::Refused { report, .. } => {
                f.write_str("not sent")?;
                let Some(body) = report.body else {
                    // Where a parameter is in the URL says less than its name.
                    let errors: Vec<_> = report.errors().map(|it| format!("{it:#}")).collect();
                    return write!(f, ": {}", errors.join("; "));
                };
                let errors: Vec<_> = report.errors().map(ToString::to_string).collect();
                write!(f, ", since it is no {body}: {}", errors.join("; "))
            }
            Self::NoRuntime { .. } => {
                f.write_str("not sent: there is no Tokio runtime here; call it within one")
            }
            Self::EndpointMoved { endpoint, .. } => {
                write!(
                    f,
                    "the endpoint has moved to {}",
                    shown(&mask::url(endpoint))
                )
            }
            Self::Throttled { retry_after, .. } => {
                f.write_str("too many calls")?;
                retry_after.map_or(Ok(()), |wait| {
                    write!(f, "; the next may follow in {} s", wait.as_secs())
                })
            }
            Self::Service { status, error, .. } => {
                write!(f, "the service answered {}", status.as_u16())?;
                in_words(error, f)
            }
            Self::ErrorInSuccess { error, .. } => {
                f.write_str("the service answered 200 with an error")?;
                in_words(error, f)
            }
            Self::Contract {
                pointer, problem, ..
            } => {
                let place = if pointer.is_empty() {
                    "as a whole"
                } else {
                    pointer
                };
                let (place, problem) = (shown(place), shown(problem));
                write!(f, "the answer breaks the contract {place}: {problem}")
            }
            Self::TooLarge { most, .. } => write!(f, "the answer is larger than {most} bytes"),
            Self::Stalled { from_date, .. } => {
                let asking = from_date.map_or("again".into(), |date| format!("from {date} on"));
                write!(
                    f,
                    "the list has more, but asking {asking} brings nothing new"
                )
            }
            Self::TooManyPages { most, .. } => {
                write!(f, "the list goes on after {most} pages, which is the limit")
            }
            Self::TimedOut { .. } => f.write_str("no answer in time"),
            Self::Transport { error, .. } => f.write_str(if error.is_builder() {
                "the request cannot be made"
            } else if error.is_connect() {
                "the service cannot be reached"
            } else {
                "the connection broke before the answer was complete"
            }),
        }
    }
}

/// `: message (code, category)`.
fn in_words(error: &ServiceError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(message) = &error.message {
        write!(f, ": {}", shown(message))?;
    }
    let codes: Vec<_> = [&error.error_code, &error.error_category_key]
        .into_iter()
        .flatten()
        .map(|code| shown(code))
        .collect();
    if codes.is_empty() {
        Ok(())
    } else {
        write!(f, " ({})", codes.join(", "))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::TimedOut { error, .. } | Self::Transport { error, .. } => Some(error),
            _ => None,
        }
    }
}
