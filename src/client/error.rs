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
/// Neither `Display` nor `Debug` shows secrets or phone numbers, including those that the service
/// repeats.
#[non_exhaustive]
pub enum Error {
    /// An argument of the builder is missing or cannot be converted, or an id is not a single path
    /// segment. Nothing was sent.
    InvalidRequest {
        /// The operation.
        operation: OperationId,
        /// What is wrong with it.
        problem: String,
    },
    /// The contract refuses the request. Nothing was sent.
    Refused {
        /// The operation.
        operation: OperationId,
        /// The part of it: a parameter is in the request line.
        part: Part,
        /// The findings, with location and help.
        report: Report,
    },
    /// The call was made outside of a Tokio runtime. Nothing was sent.
    NoRuntime {
        /// The operation.
        operation: OperationId,
    },
    /// The user's endpoint has moved (status 308).
    EndpointMoved {
        /// The operation.
        operation: OperationId,
        /// The new endpoint, as the service sent it; see
        /// [`ClientBuilder::follow_moves_to`](super::ClientBuilder::follow_moves_to).
        endpoint: String,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// Too many calls (status 429).
    Throttled {
        /// The operation.
        operation: OperationId,
        /// How long to wait before the next call, if the service says so.
        retry_after: Option<Duration>,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The service refused the call or failed: any status other than 200.
    Service {
        /// The operation.
        operation: OperationId,
        /// The status.
        status: StatusCode,
        /// The content of the body, if it is the documented one; all empty otherwise, as for a
        /// proxy's HTML page.
        error: ServiceError,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The body of an error with status 200 (D-27).
    ErrorInSuccess {
        /// The operation.
        operation: OperationId,
        /// The content of the body.
        error: ServiceError,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The answer breaks the contract.
    Contract {
        /// The operation.
        operation: OperationId,
        /// The location in the body, as a JSON Pointer.
        pointer: String,
        /// What is wrong there.
        problem: String,
        /// What the contract expects there, if `problem` does not say it.
        expected: Option<String>,
        /// The whole answer.
        answer: Box<RawResponse>,
    },
    /// The answer is larger than the limit; see
    /// [`ClientBuilder::max_answer`](super::ClientBuilder::max_answer).
    TooLarge {
        /// The operation.
        operation: OperationId,
        /// The limit, in bytes.
        most: usize,
    },
    /// A list says that it has more, but asking for more returns nothing new; see
    /// [`ListAll`](super::ListAll).
    Stalled {
        /// The operation.
        operation: OperationId,
        /// The `fromDate` of the request, in epoch seconds.
        from_date: Option<i64>,
    },
    /// A list has more pages than may be read; see
    /// [`ListAll::max_pages`](super::ListAll::max_pages).
    TooManyPages {
        /// The operation.
        operation: OperationId,
        /// The limit.
        most: usize,
    },
    /// There was no answer within the timeout.
    TimedOut {
        /// The operation.
        operation: OperationId,
        /// The cause.
        error: reqwest::Error,
    },
    /// There was no connection, or it broke; see
    /// [`may_have_been_received`](Self::may_have_been_received).
    Transport {
        /// The operation.
        operation: OperationId,
        /// The cause.
        error: reqwest::Error,
    },
}

impl Error {
    /// For a call whose request cannot be made, that timed out, or whose connection failed.
    pub(crate) fn transport(operation: OperationId, error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::TimedOut { operation, error }
        } else {
            Self::Transport { operation, error }
        }
    }

    /// The operation.
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

    /// Whether the service may have performed the call in spite of this error; see the table of
    /// [`is_retryable`](Self::is_retryable).
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
            // 408: the service gave up waiting; how much it had received is unknown.
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
                    // The name of a parameter says more than its location in the URL.
                    let errors: Vec<_> = report.errors().map(|it| format!("{it:#}")).collect();
                    return write!(f, ": {}", errors.join("; "));
                };
                let errors: Vec<_> = report.errors().map(ToString::to_string).collect();
                write!(f, ", since it is not a {body}: {}", errors.join("; "))
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
