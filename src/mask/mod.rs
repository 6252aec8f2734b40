//! Masks access tokens and other secrets always, and phone numbers unless the reader has the input
//! anyway.
//!
//! It works in three steps. First, an input is read for its secrets ([`Hidden`]), which it finds by
//! the names of header fields, parameters and members, in any encoding; callers add those that they
//! know, such as the secret variables of a Postman environment ([`Hidden::of_secrets`]). Then every
//! copy of a secret, in any encoding, is masked in all output. Finally, whatever the output itself
//! names as secret is masked as well. A secret of less than eight characters, and one that is a
//! word of the contract, is only masked where it is named as secret: it would be found in innocent
//! words.
//!
//! Texts are masked in `hidden.rs`, header fields in `field.rs`, URLs in `url.rs`, findings in
//! `finding.rs`, and records that cannot be read in `redacted.rs`; `names.rs` says which names are
//! those of secrets. The servers mask whole exchanges with `Masking` of `crates/http`, which uses
//! this module. The client has its token as an `AccessToken` (`client/token.rs`), whose `Debug`
//! does not show it, and replaces copies of it in answers (`client/answer.rs`).

mod canonical;
mod cover;
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

pub(crate) use cover::{Cover, Secrets};
pub use field::MASK;
pub(crate) use field::{method, scheme, shown as field};
pub use finding::{shown, without_secrets};
pub use hidden::Hidden;
pub(crate) use learner::Learner;
pub(crate) use names::is_secret;
pub(crate) use redacted::redacted;
pub(crate) use url::url;
