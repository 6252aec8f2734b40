//! Whether the contract lets a request out.

use crate::body::BodyKind;

/// The contract's errors in a body, one clause each; none if it may be sent.
///
/// The one place where the client meets the linter.
pub(super) fn objections(_kind: BodyKind, _body: &[u8]) -> Option<String> {
    None
}
