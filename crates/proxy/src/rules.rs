//! How messages are judged, which may change while the proxy runs.

use kaizala_actions::lint::{Linter, Severity};

use super::mode::Modes;

/// How messages are judged.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub linter: Linter,
    pub modes: Modes,
    /// The lowest severity that refuses.
    pub least: Severity,
    /// The size of a body that is judged.
    pub body_limit: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            linter: Linter::new(),
            modes: Modes::default(),
            least: Severity::Error,
            body_limit: 8 << 20,
        }
    }
}
