//! The client: progenitor's builders for the four operations, and what the contract wants around them.
//!
//! ```no_run
//! use kaizala_actions::{
//!     client::{AccessToken, Client},
//!     types::{ListableActionType, NewJob, NewJobBody},
//! };
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::connect("https://api.kaiza.la", AccessToken::new("the token")?)?;
//! let group = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
//!
//! let body = NewJobBody::builder().title("Check the doors").assigned_to(vec!["+911234500001".to_owned()]);
//! let job: NewJob = NewJob::builder().action_body(body).try_into()?;
//! let posted = client.post_action().group_id(group).body(job).send().await?;
//! println!("{}", posted.reference_id);
//!
//! let list = client.list_actions().group_id(group).action_type(ListableActionType::Job).send().await?;
//! println!("{} jobs", list.actions.len());
//! # Ok(())
//! # }
//! ```
//!
//! Before a socket is opened, a request is held against the support matrix and the contract; see [`Client::connect`].

mod connection;
mod endpoint;
pub(crate) mod generated;
mod hooks;
mod token;

pub use connection::{ConnectError, Connection};
pub use endpoint::EndpointError;
pub use generated::{Client, Error, ResponseValue, builder};
pub use token::{AccessToken, TokenError};
