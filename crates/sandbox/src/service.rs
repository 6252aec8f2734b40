//! The state that all connections share, and operations on it as a whole.

use std::{collections::HashSet, net::SocketAddr, sync::Arc};

use serde_json::{Value, json};

#[cfg(feature = "pages")]
use super::pages::Pages;
use super::{
    answer::Answer,
    document::SeedError,
    faults::Faults,
    intake::Limits,
    journal::JournalError,
    loader::Loader,
    recorder::{RecordedExchange, Recorder},
    snapshot::Snapshot,
    state::Change,
    store::Store,
    throttle::Throttle,
};

/// Called with every exchange.
pub(super) type Observer = Arc<dyn Fn(&RecordedExchange) + Send + Sync>;

/// The options that do not change.
#[derive(Clone, Default)]
pub(super) struct Options {
    /// `None` to accept any.
    pub tokens: HashSet<String>,
    /// The names of this machine, in addition to `localhost`.
    pub hosts: Vec<String>,
    /// Other origins whose pages may call the API.
    pub origins: Vec<String>,
    pub moved_to: Option<String>,
    pub limits: Limits,
    pub observer: Option<Observer>,
    #[cfg(feature = "pages")]
    pub pages: Pages,
}

/// Why a token is refused.
pub(super) const UNKNOWN_TOKEN: &str = "the token is not one that this sandbox was started with";

impl Options {
    pub fn takes(&self, token: &str) -> bool {
        self.tokens.is_empty() || self.tokens.contains(token)
    }
}

/// The state that all connections share.
pub(super) struct Service {
    pub address: SocketAddr,
    /// `http://127.0.0.1:4010`.
    pub url: String,
    pub loader: Loader,
    pub store: Store,
    /// The initial state, which a reset restores.
    pub seed: Vec<u8>,
    pub throttle: Option<Throttle>,
    pub faults: Faults,
    pub recorder: Recorder,
    pub options: Options,
}

impl From<JournalError> for Box<Answer> {
    fn from(error: JournalError) -> Self {
        Answer::refusal(500, error.to_string())
    }
}

impl From<SeedError> for Box<Answer> {
    fn from(error: SeedError) -> Self {
        Answer::refusal(400, error.to_string())
    }
}

impl Service {
    /// The health, and how much is stored.
    pub fn health(&self) -> (bool, Value) {
        let is_well = self.store.is_well();
        let health = self.store.read(|state| {
            json!({
                "status": if is_well { "ok" } else { "the last change could not be stored" },
                "groups": state.group_count(),
                "actions": state.action_count(),
                "responses": state.responses,
            })
        });
        (is_well, health)
    }

    pub fn snapshot(&self) -> Snapshot {
        self.store.read(|state| state.into())
    }

    /// Restores the seed, and forgets the exchanges.
    pub fn reset(&self) -> Result<(), Box<Answer>> {
        self.restore(&self.seed)?;
        self.recorder.clear();
        Ok(())
    }

    pub fn restore(&self, text: &[u8]) -> Result<(), Box<Answer>> {
        let state = self.loader.state(text)?;
        self.store.change(|_| Ok((Change::State(state), ())))
    }
}
