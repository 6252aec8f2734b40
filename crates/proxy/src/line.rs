//! The line of a record for an exchange, which `lint` reads.

use chrono::{DateTime, SecondsFormat, Utc};
use kaizala_actions::{
    lint::{Headers, Request, Response},
    mask::Hidden,
};
use kaizala_actions_http::Masking;
use serde_json::{Value, json};

use super::draft::{AnswerHead, Draft};

/// The line for an exchange, with these bodies.
pub(super) fn line(
    draft: &Draft,
    request: Option<&[u8]>,
    response: Option<&[u8]>,
    masks: bool,
) -> String {
    let head = &draft.head;
    let mut asked = head.request(request);
    asked.url = head.target.as_str().into();
    let answer: Option<&AnswerHead> = draft.answer.as_deref();
    let answered = answer.map(|answer| answer.response(response));
    let masking = masks.then(|| Masking::new(&asked, answered.as_ref(), Hidden::all));
    let mut line = json!({"request": of_request(&asked, masking.as_ref())});
    if let Some(answered) = &answered {
        line["response"] = of_response(answered, masking.as_ref());
    }
    let started = DateTime::<Utc>::from(draft.started);
    line["operation"] = json!(draft.operation);
    line["outcome"] = draft.outcome.name().into();
    line["started"] = started.to_rfc3339_opts(SecondsFormat::Millis, true).into();
    line["milliseconds"] = ((draft.duration.as_secs_f64() * 1e6).round() / 1e3).into();
    let mut line = line.to_string();
    line.push('\n');
    line
}

fn of_request(request: &Request<'_>, masking: Option<&Masking>) -> Value {
    let words = |text: &str| masking.map_or_else(|| text.to_owned(), |it| it.words(text));
    let url = match masking {
        Some(masking) => masking.words(&request.masked_url()),
        None => request.url.to_string(),
    };
    json!({
        "method": words(&request.method),
        "url": url,
        "headers": fields(&request.headers, masking),
        "body": body(request.body.as_deref(), masking),
    })
}

fn of_response(response: &Response<'_>, masking: Option<&Masking>) -> Value {
    json!({
        "status": response.status,
        "headers": fields(&response.headers, masking),
        "body": body(response.body.as_deref(), masking),
    })
}

fn fields(headers: &Headers<'_>, masking: Option<&Masking>) -> Value {
    let masked = masking.map(|masking| masking.fields(headers));
    let fields = masked.as_ref().unwrap_or(headers).iter();
    // The body is written as it was before it was coded.
    fields
        .filter(|(name, _)| *name != "content-encoding")
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

fn body(body: Option<&[u8]>, masking: Option<&Masking>) -> Value {
    let body = body.unwrap_or_default();
    let text = masking.map_or(body.into(), |masking| masking.bytes(body));
    if text.is_empty() {
        return Value::Null;
    }
    String::from_utf8_lossy(&text).into()
}
