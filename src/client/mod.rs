//! The client: progenitor's builders for the four operations, and the checks around them.
//!
//! ```no_run
//! use kaizala_actions::{
//!     client::{AccessToken, Client},
//!     types::{JobRequest, ListableActionType},
//! };
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::connect("https://api.kaiza.la", AccessToken::new("the-token")?)?;
//! let group = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
//!
//! let mut job = JobRequest::new("Check the doors", ["+911234500001"]);
//! job.action_body.due_date = Some(10);
//! let posted = client.post_action().group_id(group).body(job).send().await?;
//! println!("{}", posted.reference_id);
//!
//! let list = client.list_actions().group_id(group).action_type(ListableActionType::Job).send().await?;
//! println!("{} jobs", list.actions.len());
//! # Ok(())
//! # }
//! ```
//!
//! Before a socket is opened, a request is validated against the support matrix and the contract;
//! see [`Client::connect`]. [`Client::builder`] sets options; [`Client::list_all`] reads lists of
//! many pages.
//!
//! # Errors
//!
//! `send()` of every builder returns [`Error`], which is defined by this crate and not by
//! progenitor: the build cuts the generated code where the request is ready, and this module
//! continues the call. Progenitor's `Error<E>` can only hold the text of a hook, not a report, a
//! time to wait or a new endpoint; and a conversion, or a second method next to `send()`, would
//! have to be remembered at every call.
//!
//! # Tracing
//!
//! Each call is a span `call` of [`tracing`] with `operation`, `group`, `status` and `duration_ms`.
//! Neither the span nor its events contain the access token or anything from bodies, such as phone
//! numbers.

mod answer;
mod call;
mod checks;
mod connection;
mod debug;
mod endpoint;
mod error;
mod generated;
mod list_all;
mod moves;
mod pace;
mod path;
mod pools;
mod raw;
mod retry;
mod retry_after;
mod token;
mod words;

pub use answer::RawResponse;
pub use checks::Checks;
pub use connection::{ClientBuilder, ConnectError, Connection};
pub use endpoint::EndpointError;
pub use error::Error;
pub use generated::{Client, ResponseValue, builder};
pub use list_all::{ActionStream, ListAll};
pub use pace::Pace;
pub use retry::Retry;
pub use token::{AccessToken, TokenError};
