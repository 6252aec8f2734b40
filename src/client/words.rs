//! Texts of the service, or about what it sent, as others may read them.

use crate::{lint::printable, mask::Hidden};

/// A text without secrets, phone numbers and control characters.
pub(super) fn shown(text: &str) -> String {
    printable(&Hidden::nothing().words(text)).into_owned()
}
