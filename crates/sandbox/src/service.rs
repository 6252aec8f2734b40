//! What all connections share, and what is done with it as a whole.

use std::{net::SocketAddr, sync::Arc};

use kaizala_actions::lint::Linter;
use serde_json::{Value, json};

use super::{
    answer::Answer,
    answers::Answers,
    fault::Faults,
    intake::Limits,
    journal::JournalError,
    recorder::{RecordedExchange, Recorder},
    snapshot::{Loader, SeedError, Snapshot},
    state::State,
    store::Store,
    throttle::Throttle,
};

/// Is told of every exchange.
pub(super) type Observer = Arc<dyn Fn(&RecordedExchange) + Send + Sync>;

/// All that connections share.
pub(super) struct Service {
    pub address: SocketAddr,
    /// `http://127.0.0.1:4010`.
    pub url: String,
    pub answers: Answers,
    pub linter: Linter,
    pub store: Store,
    /// What a reset goes back to.
    pub seed: Option<Snapshot>,
    /// None for any.
    pub tokens: Vec<String>,
    pub throttle: Option<Throttle>,
    pub moved_to: Option<String>,
    pub faults: Faults,
    pub limits: Limits,
    pub recorder: Recorder,
    pub observer: Option<Observer>,
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
    pub fn health(&self) -> Value {
        self.store.read(|state| {
            json!({
                "status": "ok",
                "groups": state.group_count(),
                "actions": state.action_count(),
                "responses": state.response_count(),
            })
        })
    }

    pub fn snapshot(&self) -> Value {
        self.store.read(|state| json!(Snapshot::of(state)))
    }

    /// Goes back to the seed, and forgets the exchanges.
    pub fn reset(&self) -> Result<(), Box<Answer>> {
        let state = match &self.seed {
            Some(seed) => self.state_of(seed)?,
            None => State::new(true),
        };
        self.store.replace(state)?;
        self.recorder.clear();
        Ok(())
    }

    pub fn restore(&self, text: &[u8]) -> Result<(), Box<Answer>> {
        let state = self.state_of(&Snapshot::parse(text)?)?;
        Ok(self.store.replace(state)?)
    }

    fn state_of(&self, snapshot: &Snapshot) -> Result<State, SeedError> {
        snapshot.state(&Loader {
            answers: &self.answers,
            linter: &self.linter,
            ids: self.store.ids,
            clock: self.store.clock,
        })
    }
}
