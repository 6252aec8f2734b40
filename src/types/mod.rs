//! The bodies of the contract as Rust types, generated from the OpenAPI document.
//!
//! A union is an enum with a variant for each action type, so that a body that the support matrix
//! forbids cannot be represented; a list keeps actions of unknown types as JSON.
//!
//! ```
//! use kaizala_actions::types::{ActionList, ListedAction};
//!
//! let list: ActionList = serde_json::from_str(
//!     r#"{"actions": [
//!         {"referenceId": "6f1d2b94", "actionType": "Job", "actionBody": {"actionId": "0d9c6a52", "title": "Check the doors"}},
//!         {"referenceId": "7a2e3c05", "actionType": "Whiteboard", "actionBody": {}}
//!     ]}"#,
//! )?;
//! assert!(matches!(&list.actions[0], ListedAction::Job(job) if job.action_body.title == "Check the doors"));
//! assert!(matches!(&list.actions[1], ListedAction::Unknown(object) if object["actionType"] == "Whiteboard"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Every type has a `new` that takes the required members, or a `Default` if none is required; the
//! other members are public fields. Listed actions can be constructed too, for example in a test:
//!
//! ```
//! use kaizala_actions::types::{ListedAction, ListedJob, PollRequest, PollChoice};
//!
//! let mut poll = PollRequest::new("Rice or bread?", ["Rice", "Bread"].map(PollChoice::new));
//! poll.action_body.expiry_in_hours = Some(48);
//!
//! let mut job = ListedJob::new("6f1d2b94", "0d9c6a52", "Check the doors");
//! job.action_body.response_count = Some(2);
//! assert_eq!(ListedAction::from(job).reference_id(), Some("6f1d2b94"));
//! ```
//!
//! The contract may get further members and values without a breaking change, so structs cannot be
//! written as literals, and a `match` needs an arm for the rest:
//!
//! ```compile_fail,E0639
//! let place = kaizala_actions::types::MeetingPlace { latitude: None, longitude: None, name: None };
//! ```

mod accessors;
mod constructors;
pub(crate) mod generated;
mod unions;

pub use generated::*;
pub use unions::*;
