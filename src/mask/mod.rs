//! What a report must not show: phone numbers, unless it is for the eyes of whoever has the file,
//! and access tokens, ever.
//!
//! The linter takes the secrets out of exchanges, whose header fields it knows. In any other text
//! they are looked for, since a body may hold a token where nobody expects one.

mod finding;
pub(crate) mod secret;
mod text;

pub(crate) use finding::masked;
pub use finding::{finding, shown, without_secrets};
pub use secret::MASK;
#[cfg(feature = "client")]
pub(crate) use secret::replaced;
pub(crate) use text::readable;
pub use text::{phones, secrets};
