//! What the servers of the `/actions` API share: the sandbox and the proxy.
//!
//! - [`serve`] accepts connections, over a [`Transport`], and closes idle ones if there are too many.
//! - [`Running`] does so in a thread of its own.
//! - [`host`] and [`Wire`] check the head of a request.
//! - [`read`] and [`discard`] read bodies, with limits.
//! - [`request`] and [`fields`] make of a head what the linter reads.
//! - [`Masking`] masks an exchange for a record.
//! - [`refused`], [`codes`] and [`rows`] word a refusal.
//!
//! It is only for the packages of this project, and may change with any version.

mod activity;
mod connections;
mod head;
mod intake;
mod lock;
mod masking;
mod message;
mod refusal;
mod running;
mod timer;
mod transport;
mod wire;

pub use activity::Activity;
pub use connections::{ClientConnection, Handler, Limits, serve};
pub use head::{BOTH_LENGTHS, host, is_name};
pub use intake::{Unread, discard, read};
pub use lock::lock;
pub use masking::{Extent, Masking};
pub use message::{fields, owned, request};
pub use refusal::{PartFinding, codes, in_words, refused, rows};
pub use running::Running;
pub use timer::Timer;
pub use transport::{Plain, Transport};
pub use wire::{Wire, announced};
