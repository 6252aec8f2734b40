//! What several parts of the page have.

use kaizala_actions::lint::{printable, truncate};
use maud::{Markup, html};

/// The most characters of a quoted text.
const MOST: usize = 300;

/// A text of a document or of a user, fit to be shown.
pub(super) fn short(text: &str) -> String {
    truncate(&printable(text), MOST)
}

/// A count, and a bar that compares it with the most.
pub(super) fn bar(count: usize, most: usize) -> Markup {
    let width = (count * 100).checked_div(most).unwrap_or_default();
    // What there is is seen.
    let width = width.max(usize::from(count > 0));
    html! {
        span.bar {
            svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
                rect width="100" height="10" class="rest" {}
                rect width=(width) height="10" {}
            }
            (count)
        }
    }
}
