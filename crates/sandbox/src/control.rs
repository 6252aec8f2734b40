//! The sandbox's own endpoints, below `/_sandbox/`.

use std::error::Error;

use hyper::{Method, body::Incoming, http::request::Parts};
use kaizala_actions::contract::Contract;
use serde_json::json;

use super::{
    activity::Activity,
    answer::Answer,
    intake::{self, Limits},
    recorder::har,
    service::{Service, UNKNOWN_TOKEN},
};

/// What a request that is for the sandbox itself starts with.
pub(super) const CONTROL: &str = "/_sandbox/";

/// A snapshot may be larger than any body of the API.
const MOST_BYTES: usize = 256 << 20;

/// What needs no token: it says how many of each there are, and nothing else.
const HEALTH: &str = "health";

const ENDPOINTS: &str = "health, reset, snapshot, restore, exchanges, faults";

pub(super) async fn answer(
    service: &Service,
    parts: &Parts,
    body: Incoming,
    activity: &Activity,
) -> Result<Answer, Box<Answer>> {
    let name = parts.uri.path().strip_prefix(CONTROL).unwrap_or_default();
    let method = &parts.method;
    let read = async |body_limit| {
        let limits = Limits {
            body: body_limit,
            ..service.options.limits
        };
        let bytes = intake::read(&parts.headers, body, &limits).await?;
        activity.busy();
        Ok::<_, Box<_>>(bytes)
    };
    let token = parts.headers.get(&Contract::get().token_header);
    let token = token
        .and_then(|token| token.to_str().ok())
        .unwrap_or_default();
    if name != HEALTH && !service.options.takes(token.trim()) {
        return Err(Answer::refusal(401, UNKNOWN_TOKEN));
    }
    let allowed: &[_] = match name {
        HEALTH | "snapshot" => &[Method::GET],
        "reset" | "restore" => &[Method::POST],
        "exchanges" => &[Method::GET, Method::DELETE],
        "faults" => &[Method::GET, Method::PUT],
        _ => {
            let message = format!("{CONTROL} has {ENDPOINTS}");
            return Err(Answer::refusal(404, message));
        }
    };
    Answer::only(method, allowed)?;
    let value = match name {
        "snapshot" => service.snapshot(),
        "exchanges" => {
            if *method == Method::DELETE {
                service.recorder.clear();
            }
            har(&service.url, &service.recorder.all())
        }
        "faults" => {
            if *method == Method::PUT {
                let faults = read(service.options.limits.body).await?;
                let refusal = |error: &dyn Error| Answer::refusal(400, error.to_string());
                let faults = serde_json::from_slice(&faults).map_err(|error| refusal(&error))?;
                service
                    .faults
                    .set(faults)
                    .map_err(|error| refusal(&error))?;
            }
            json!(service.faults.get())
        }
        _ => {
            match name {
                "reset" => service.reset()?,
                "restore" => service.restore(&read(MOST_BYTES).await?)?,
                _ => {}
            }
            service.health()
        }
    };
    Ok(Answer::ok(&value))
}
