//! The sandbox's own endpoints, below `/_sandbox/`.

use hyper::{Method, body::Incoming, http::request::Parts};
use serde_json::{Value, json};

use super::{
    exchange::har,
    fault::Fault,
    intake::{self, Limits},
    refusal::{Cause, Refusal},
    server::Activity,
    service::{Answered, CONTROL, Service, only},
    snapshot::{Loader, Snapshot},
    state::State,
};

/// A snapshot may be larger than any body of the API.
const MOST_BYTES: usize = 256 << 20;

const ENDPOINTS: &str = "health, reset, snapshot, restore, exchanges, faults";

pub(super) async fn answer(
    service: &Service,
    parts: &Parts,
    body: Incoming,
    activity: &Activity,
) -> Answered {
    let name = parts.uri.path().strip_prefix(CONTROL).unwrap_or_default();
    match run(service, name, parts, body, activity).await {
        Ok(value) => Answered::json(value.to_string().into_bytes()),
        Err(refusal) => (*refusal).into(),
    }
}

async fn run(
    service: &Service,
    name: &str,
    parts: &Parts,
    body: Incoming,
    activity: &Activity,
) -> Result<Value, Box<Refusal>> {
    let method = &parts.method;
    let read = async {
        let limits = Limits {
            body: MOST_BYTES,
            ..service.limits
        };
        let bytes = intake::read(&parts.headers, body, &limits).await?;
        activity.busy();
        Ok::<_, Box<Refusal>>(bytes)
    };
    match name {
        "health" => {
            only(method, &[Method::GET])?;
            Ok(service.health())
        }
        "reset" => {
            only(method, &[Method::POST])?;
            service.reset().await?;
            Ok(service.health())
        }
        "snapshot" => {
            only(method, &[Method::GET])?;
            Ok(service.snapshot())
        }
        "restore" => {
            only(method, &[Method::POST])?;
            service.restore(&read.await?).await?;
            Ok(service.health())
        }
        "exchanges" => {
            only(method, &[Method::GET, Method::DELETE])?;
            if *method == Method::DELETE {
                service.recorder.clear();
            }
            Ok(har(&service.url, &service.recorder.all()))
        }
        "faults" => {
            only(method, &[Method::GET, Method::PUT])?;
            if *method == Method::PUT {
                let faults = serde_json::from_slice::<Vec<Fault>>(&read.await?);
                service.faults.set(faults.map_err(|error| {
                    Box::new(Refusal::new(Cause::Parameters, error.to_string()))
                })?);
            }
            Ok(json!(service.faults.get()))
        }
        _ => Err(Box::new(Refusal::new(
            Cause::NotFound,
            format!("{CONTROL} has {ENDPOINTS}"),
        ))),
    }
}

impl Service {
    fn health(&self) -> Value {
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
    pub async fn reset(&self) -> Result<(), Box<Refusal>> {
        let state = match &self.seed {
            Some(seed) => self.state_of(seed)?,
            None => State::new(true, self.store.ids()),
        };
        self.store.replace(state).await?;
        self.recorder.clear();
        Ok(())
    }

    pub async fn restore(&self, text: &[u8]) -> Result<(), Box<Refusal>> {
        let snapshot = Snapshot::parse(text)
            .map_err(|error| Box::new(Refusal::new(Cause::Parameters, error.to_string())))?;
        Ok(self.store.replace(self.state_of(&snapshot)?).await?)
    }

    fn state_of(&self, snapshot: &Snapshot) -> Result<State, Box<Refusal>> {
        let loader = Loader {
            answers: &self.answers,
            linter: &self.linter,
            ids: self.store.ids(),
            clock: self.store.clock(),
        };
        snapshot
            .state(&loader)
            .map_err(|error| Box::new(Refusal::new(Cause::Parameters, error.to_string())))
    }
}
