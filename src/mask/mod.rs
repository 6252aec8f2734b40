//! What must not be shown: access tokens and the like, ever, and phone numbers, unless it is for the
//! eyes of whoever has the input.
//!
//! This is the only place that knows them, in three steps. An input is read once for what is secret
//! in it ([`Hidden`]): by the names of header fields, parameters and members, whatever their
//! encoding. Then every copy of that is masked in whatever is shown, whatever *its* encoding, and so
//! is what a text says to be secret by itself. A secret of less than eight characters, or one that is
//! a word of the contract, is masked only where it is said to be one: it would be found in innocent
//! words.

mod canonical;
mod encoded;
mod field;
mod finding;
mod hidden;
mod learner;
mod names;
mod phone;
mod place;
mod redacted;
mod url;
mod value;
mod vocabulary;

pub use field::MASK;
pub(crate) use field::{method, scheme, shown as field};
pub use finding::{shown, without_secrets};
pub(crate) use hidden::Cover;
pub use hidden::Hidden;
pub(crate) use learner::Learner;
pub(crate) use names::is_secret;
pub(crate) use redacted::redacted;
pub(crate) use url::url;
