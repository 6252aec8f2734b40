//! What to mask in findings.

use std::sync::{Arc, OnceLock};

use super::hidden::Hidden;

/// The secrets of an input. Those of a text may be learned only when they are needed.
pub(crate) struct Secrets {
    known: Arc<Hidden>,
    text: Box<[u8]>,
    learned: OnceLock<Arc<Hidden>>,
}

impl Secrets {
    /// What is known already, and those in a text, found when they are first needed.
    pub fn in_text(text: &[u8], known: Arc<Hidden>) -> Self {
        Self {
            known,
            text: text.into(),
            learned: OnceLock::new(),
        }
    }

    fn hidden(&self) -> &Hidden {
        let learn = || self.known.and_of(&self.text).into();
        self.learned.get_or_init(learn)
    }
}

impl From<Arc<Hidden>> for Secrets {
    fn from(hidden: Arc<Hidden>) -> Self {
        Self {
            known: Arc::default(),
            text: Box::default(),
            learned: hidden.into(),
        }
    }
}

/// What to mask in a finding, or in the types of a report. Not part of its value.
#[derive(Clone, Default)]
pub(crate) struct Cover {
    /// Those of the input, if it may have any.
    pub secrets: Option<Arc<Secrets>>,
    /// Whether it may quote the input.
    pub quotes: bool,
}

impl Cover {
    /// Of a finding that may quote the input.
    pub fn of(quotes: bool) -> Self {
        Self {
            secrets: None,
            quotes,
        }
    }

    /// The secrets that the finding may repeat.
    pub fn quotable(&self) -> &Hidden {
        if self.quotes {
            self.hidden()
        } else {
            Hidden::nothing()
        }
    }

    pub fn hidden(&self) -> &Hidden {
        let secrets = self.secrets.as_deref();
        secrets.map_or(Hidden::nothing(), Secrets::hidden)
    }
}

impl PartialEq for Cover {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cover {}
