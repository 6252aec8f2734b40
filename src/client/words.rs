//! Texts of the service, or about its answers, with secrets masked.

use crate::{lint::printable, mask::Hidden};

/// A text without secrets, phone numbers and control characters.
pub(super) fn shown(text: &str) -> String {
    printable(&Hidden::nothing().words(text)).into_owned()
}
