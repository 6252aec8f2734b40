//! The sandbox's own endpoints, below `/_sandbox/`. The reference has a page on them
//! (`crates/reference/src/sandbox.rs`).

use std::{error::Error, sync::Arc};

use hyper::{Method, Response, body::Incoming, http::request::Parts};
use kaizala_actions::contract::Contract;
use kaizala_actions_http::Activity;
use serde_json::{Value, json};

use super::{
    answer::{Answer, streamed},
    body::{AnswerBody, Pieces},
    intake::{self, Limits},
    recorder::har,
    service::{Service, UNKNOWN_TOKEN},
};

/// The prefix of the sandbox's own endpoints.
pub(super) const CONTROL: &str = "/_sandbox/";

/// A snapshot may be larger than any body of the API.
const MOST_BYTES: usize = 256 << 20;

/// Needs no token: it only has numbers of things.
const HEALTH: &str = "health";

static ENDPOINTS: [(&str, &[Method]); 6] = [
    (HEALTH, &[Method::GET]),
    ("reset", &[Method::POST]),
    ("snapshot", &[Method::GET]),
    ("restore", &[Method::POST]),
    ("exchanges", &[Method::GET, Method::DELETE]),
    ("faults", &[Method::GET, Method::PUT]),
];

pub(super) async fn answer(
    service: &Arc<Service>,
    parts: &Parts,
    body: Incoming,
    activity: &Activity,
) -> Result<Response<AnswerBody>, Box<Answer>> {
    let name = parts.uri.path().strip_prefix(CONTROL).unwrap_or_default();
    if name != HEALTH && !service.options.takes(token(parts)) {
        return Err(Answer::refusal(401, UNKNOWN_TOKEN));
    }
    let mut endpoints = ENDPOINTS.iter();
    let Some((_, methods)) = endpoints.find(|(other, _)| *other == name) else {
        let names = ENDPOINTS.map(|(name, _)| name).join(", ");
        return Err(Answer::refusal(404, format!("{CONTROL} has {names}")));
    };
    Answer::only(&parts.method, methods)?;
    let body_limit = match name {
        "restore" => MOST_BYTES,
        _ => service.options.limits.body,
    };
    let limits = Limits {
        body: body_limit,
        ..service.options.limits
    };
    let text = intake::read(&parts.headers, body, &limits).await?;
    activity.busy();
    let value = match (name, &parts.method) {
        ("snapshot", _) => return Ok(streamed(Pieces::new(service.snapshot().pieces()))),
        ("exchanges", method) => {
            if *method == Method::DELETE {
                service.recorder.clear();
            }
            har(&service.url, &service.recorder.all())
        }
        ("faults", method) => {
            if *method == Method::PUT {
                set_faults(service, &text)
                    .map_err(|error| Answer::refusal(400, error.to_string()))?;
            }
            json!(service.faults.get())
        }
        ("reset", _) => elsewhere(service, Service::reset).await?,
        ("restore", _) => elsewhere(service, move |service| service.restore(&text)).await?,
        _ => return Ok(health(service).into_response()),
    };
    Ok(Answer::ok(&value).into_response())
}

fn token(parts: &Parts) -> &str {
    let token = parts.headers.get(&Contract::get().token_header);
    let token = token.and_then(|token| token.to_str().ok());
    token.unwrap_or_default().trim()
}

fn health(service: &Service) -> Answer {
    let (is_well, health) = service.health();
    if is_well {
        Answer::ok(&health)
    } else {
        Answer::unavailable(&health)
    }
}

fn set_faults(service: &Service, text: &[u8]) -> Result<(), Box<dyn Error>> {
    service.faults.set(serde_json::from_slice(text)?)?;
    Ok(())
}

/// Runs what takes long in a thread where it does not delay others; returns the state of the
/// sandbox afterwards.
async fn elsewhere(
    service: &Arc<Service>,
    change: impl FnOnce(&Service) -> Result<(), Box<Answer>> + Send + 'static,
) -> Result<Value, Box<Answer>> {
    let service = service.clone();
    let changed = move || change(&service).map(|()| service.health().1);
    let changed = tokio::task::spawn_blocking(changed).await;
    changed.unwrap_or_else(|_| Err(Answer::refusal(500, "the sandbox failed")))
}
