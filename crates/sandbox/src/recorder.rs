//! Records the exchanges of the sandbox, and exports them as HAR 1.2.

use std::{
    borrow::Cow,
    collections::VecDeque,
    sync::Mutex,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, SecondsFormat, Utc};
use hyper::{Method, StatusCode};
use kaizala_actions::{
    lint::{Headers, Request, Response},
    mask::Hidden,
    operation::OperationId,
};
use kaizala_actions_http::{Extent, Masking, lock};
use serde::Serialize;
use serde_json::{Value, json};

/// The maximum number of recorded exchanges; the oldest are dropped.
const MOST: usize = 1_000;

/// The maximum number of recorded bytes, in all and of one body; each header field counts with a
/// fixed amount.
const MOST_BYTES: usize = 4 << 20;
const EACH_FIELD: usize = 64;
const MOST_BYTES_OF_ONE: usize = 64 << 10;

/// A request to the sandbox and its answer.
///
/// Secrets in it are masked before it can be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedExchange {
    /// When the head of the request had been read.
    pub started: SystemTime,
    /// The time from then until the answer was ready.
    pub duration: Duration,
    /// The operation; `None` if the contract has none for the request.
    pub operation: Option<OperationId>,
    /// The method.
    pub method: Method,
    /// The path, and the query if there was one.
    pub target: String,
    /// The request's header fields, with names in lower case.
    pub request_headers: Headers<'static>,
    /// The request's body, if it was read; truncated if it is long.
    pub request_body: Box<[u8]>,
    /// The status of the answer; `None` if the connection was cut instead.
    pub status: Option<StatusCode>,
    /// The answer's header fields.
    pub response_headers: Headers<'static>,
    /// The answer's body; truncated if it is long.
    pub response_body: Box<[u8]>,
    /// The number of findings about the request.
    pub findings: usize,
}

impl RecordedExchange {
    /// The same with phone numbers masked too, for a record that others may read.
    #[must_use]
    pub fn masked(&self) -> Self {
        self.without(Hidden::all)
    }

    /// The same with secrets masked.
    pub(super) fn without_secrets(&self) -> Self {
        self.without(Hidden::secrets)
    }

    fn without(&self, extent: Extent) -> Self {
        let mut request = Request::new(self.method.as_str(), &*self.target);
        request.headers = self.request_headers.clone();
        request.body = Some((&*self.request_body).into());
        let mut response = Response::new(self.status.unwrap_or_default().as_u16());
        response.headers = self.response_headers.clone();
        response.body = Some((&*self.response_body).into());
        let masking = Masking::new(&request, Some(&response), extent);
        let method = masking.words(self.method.as_str());
        Self {
            method: Method::from_bytes(method.as_bytes()).unwrap_or_default(),
            target: masking.words(&request.masked_url()),
            request_headers: masking.fields(&self.request_headers),
            request_body: masking.bytes(&self.request_body).into(),
            response_headers: masking.fields(&self.response_headers),
            response_body: masking.bytes(&self.response_body).into(),
            ..*self
        }
    }

    fn bytes(&self) -> usize {
        let fields = self
            .request_headers
            .iter()
            .chain(self.response_headers.iter());
        let fields = fields.map(|(name, value)| EACH_FIELD + name.len() + value.len());
        let bodies = self.request_body.len() + self.response_body.len();
        self.target.len() + fields.sum::<usize>() + bodies
    }
}

/// The beginning of a body that is recorded.
pub(super) fn kept(body: &[u8]) -> Box<[u8]> {
    body[..body.len().min(MOST_BYTES_OF_ONE)].into()
}

/// The latest exchanges, with phone numbers.
#[derive(Default)]
pub(super) struct Recorder(Mutex<(VecDeque<RecordedExchange>, usize)>);

impl Recorder {
    pub fn add(&self, exchange: RecordedExchange) {
        let (exchanges, bytes) = &mut *lock(&self.0);
        *bytes += exchange.bytes();
        exchanges.push_back(exchange);
        while exchanges.len() > MOST || *bytes > MOST_BYTES {
            let Some(oldest) = exchanges.pop_front() else {
                break;
            };
            *bytes -= oldest.bytes();
        }
    }

    pub fn clear(&self) {
        *lock(&self.0) = Default::default();
    }

    pub fn all(&self) -> Vec<RecordedExchange> {
        // Not under the lock: new calls should not wait.
        let exchanges: Vec<_> = lock(&self.0).0.iter().cloned().collect();
        let shown = exchanges.iter().map(RecordedExchange::without_secrets);
        shown.collect()
    }
}

/// The exchanges as an HTTP archive, version 1.2, with phone numbers masked
/// (<http://www.softwareishard.com/blog/har-12-spec/>).
pub(super) fn har(base: &str, exchanges: &[RecordedExchange]) -> Value {
    let creator = json!({"name": "kaizala-actions", "version": env!("CARGO_PKG_VERSION")});
    let entries = exchanges
        .iter()
        .map(|exchange| entry(base, &exchange.masked()));
    let entries: Value = entries.collect();
    json!({"log": {"version": "1.2", "creator": creator, "entries": entries}})
}

fn entry(base: &str, exchange: &RecordedExchange) -> Value {
    let milliseconds = exchange.duration.as_secs_f64() * 1000.0;
    let query = exchange.target.split_once('?').unwrap_or_default().1;
    let query = form_urlencoded::parse(query.as_bytes());
    let mut request = json!({
        "method": exchange.method.as_str(),
        "url": format!("{base}{}", exchange.target),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": pairs(exchange.request_headers.iter()),
        "queryString": pairs(query),
        "headersSize": -1,
        "bodySize": exchange.request_body.len(),
    });
    if !exchange.request_body.is_empty() {
        request["postData"] = json!({
            "mimeType": media_type(&exchange.request_headers),
            "text": text_of(&exchange.request_body),
        });
    }
    let status = exchange.status.unwrap_or_default();
    let response = json!({
        // HAR writes a connection that was cut as status 0.
        "status": exchange.status.map_or(0, |status| status.as_u16()),
        "statusText": exchange.status.and(status.canonical_reason()).unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": pairs(exchange.response_headers.iter()),
        "content": {
            "size": exchange.response_body.len(),
            "mimeType": media_type(&exchange.response_headers),
            "text": text_of(&exchange.response_body),
        },
        "redirectURL": exchange.response_headers.get("location").unwrap_or_default(),
        "headersSize": -1,
        "bodySize": exchange.response_body.len(),
    });
    json!({
        "startedDateTime": DateTime::<Utc>::from(exchange.started)
            .to_rfc3339_opts(SecondsFormat::Millis, true),
        "time": milliseconds,
        "request": request,
        "response": response,
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
    })
}

/// Names and values, as HAR writes them.
fn pairs<T: Serialize>(pairs: impl Iterator<Item = (T, T)>) -> Value {
    pairs
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect()
}

fn media_type<'h>(headers: &'h Headers<'_>) -> &'h str {
    headers.get("content-type").unwrap_or_default()
}

fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
