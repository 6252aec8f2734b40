//! Watches an exchange until it is over, and then has it judged.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use kaizala_actions_http::lock;
use tokio::time::Instant;

use super::{
    copy::Unjudged,
    draft::{Draft, End, Side},
    exchange::Outcome,
};

/// An exchange on its way; the last one who holds it ends it.
#[derive(Debug)]
pub(super) struct Watch {
    draft: Mutex<Option<Draft>>,
    finisher: Arc<dyn Finisher>,
}

/// Judges an exchange that is over, and reports it.
pub(super) trait Finisher: fmt::Debug + Send + Sync {
    fn finish(self: Arc<Self>, draft: Draft);
}

impl Watch {
    pub fn new(draft: Draft, finisher: Arc<dyn Finisher>) -> Arc<Self> {
        let draft = Mutex::new(Some(draft));
        Arc::new(Self { draft, finisher })
    }

    /// Reads or changes what there is.
    pub fn with<T: Default>(&self, act: impl FnOnce(&mut Draft) -> T) -> T {
        lock(&self.draft).as_mut().map(act).unwrap_or_default()
    }

    /// A part of a body passes.
    pub fn saw(&self, side: Side, part: &[u8]) {
        self.with(|draft| {
            if side == Side::Request {
                draft.progress = Instant::now();
            }
            let message = draft.message(side);
            if message.is_copied {
                message.body.add(part);
            }
        });
    }

    /// A body has ended.
    pub fn ended(&self, side: Side, end: End) {
        self.with(|draft| {
            let message = draft.message(side);
            message.end.get_or_insert(end);
            if end == End::Complete && message.is_copied {
                message.body.end();
            } else {
                message.body.give_up(Unjudged::Incomplete);
            }
        });
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(mut draft) = lock(&self.draft).take() {
            draft.duration = draft.begun.elapsed();
            if draft.outcome == Outcome::Passed && draft.response.end != Some(End::Complete) {
                draft.outcome = Outcome::Cut;
            }
            self.finisher.clone().finish(draft);
        }
    }
}
