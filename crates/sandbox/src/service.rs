//! One request, from its head to its answer: the order of the checks, the record of the exchange.

use std::{
    error::Error,
    fmt,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONNECTION, CONTENT_TYPE, HeaderValue},
    http::request::Parts,
};
use kaizala_actions::lint::Linter;

use super::{
    answers::Answers,
    control,
    exchange::{ACCESS_TOKEN, Exchange, Headers, Recorder, kept},
    fault::{self, FaultKind, Faults},
    intake::{self, Limits},
    operations::Checked,
    pages,
    parameters::Query,
    refusal::{Cause, Refusal},
    routes::{Matched, Routes},
    server::Activity,
    snapshot::Snapshot,
    store::Store,
    throttle::Throttle,
    verdicts::Verdicts,
};

/// What a request that is for the sandbox itself starts with.
pub(super) const CONTROL: &str = "/_sandbox/";

/// Is told of every exchange.
pub(super) type Observer = Arc<dyn Fn(&Exchange) + Send + Sync>;

/// All that connections share.
pub(super) struct Service {
    pub address: SocketAddr,
    /// `http://127.0.0.1:4010`.
    pub url: String,
    pub routes: Routes,
    pub answers: Answers,
    pub linter: Linter,
    pub verdicts: Verdicts,
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

/// The connection is to be cut without an answer.
#[derive(Debug)]
pub(super) struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is cut on purpose")
    }
}

impl Error for Cut {}

/// An answer, before it is put on the wire.
pub(super) struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answered {
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }
}

impl From<Refusal> for Answered {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status,
            body: refusal.text(),
            headers: refusal.headers,
        }
    }
}

/// What is known of an exchange while it goes on.
#[derive(Default)]
struct Trace {
    operation: Option<&'static str>,
    body: Bytes,
    cut: bool,
}

impl Service {
    /// Answers a request.
    ///
    /// # Errors
    /// [`Cut`], if a fault wants it.
    pub async fn answer(
        &self,
        request: Request<Incoming>,
        activity: &Activity,
    ) -> Result<Response<Full<Bytes>>, Cut> {
        let (started, begun) = (SystemTime::now(), Instant::now());
        let (parts, body) = request.into_parts();
        if parts.uri.path().starts_with(CONTROL) {
            // Not recorded: who asks for the exchanges does not want to find the asking among them.
            return Ok(respond(control::answer(self, &parts, body, activity).await).0);
        }
        if let Some(page) = pages::answer(&parts.method, parts.uri.path()) {
            return Ok(page);
        }
        let mut trace = Trace::default();
        let answered = self.call(&parts, body, activity, &mut trace).await;
        let (response, response_body) = respond(answered.0);
        self.record(
            parts,
            &trace,
            started,
            begun.elapsed(),
            &response,
            &response_body,
            answered.1,
        );
        if trace.cut { Err(Cut) } else { Ok(response) }
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "it takes an exchange apart, once"
    )]
    fn record(
        &self,
        parts: Parts,
        trace: &Trace,
        started: SystemTime,
        duration: Duration,
        response: &Response<Full<Bytes>>,
        response_body: &Bytes,
        findings: usize,
    ) {
        let exchange = Exchange {
            started,
            duration,
            operation: trace.operation,
            method: parts.method,
            target: parts
                .uri
                .path_and_query()
                .map(|target| target.as_str().to_owned())
                .unwrap_or_default(),
            request_headers: Headers::from(&parts.headers),
            request_body: kept(&trace.body),
            status: (!trace.cut).then_some(response.status()),
            response_headers: Headers::from(response.headers()),
            response_body: kept(response_body),
            findings,
        };
        if let Some(observer) = &self.observer {
            observer(&exchange);
        }
        self.recorder.add(exchange);
    }

    /// A call of the API, with whatever befalls it.
    async fn call(
        &self,
        parts: &Parts,
        body: Incoming,
        activity: &Activity,
        trace: &mut Trace,
    ) -> (Answered, usize) {
        let matched = match self.routes.find(&parts.method, parts.uri.path()) {
            Ok(matched) => matched,
            Err(refusal) => return refused(*refusal),
        };
        trace.operation = Some(matched.operation.declared.id());
        let befallen = self.faults.befall(matched.operation.declared.id());
        if !befallen.latency.is_zero() {
            tokio::time::sleep(befallen.latency).await;
        }
        match befallen.kind {
            Some(FaultKind::Cut) => {
                trace.cut = true;
                return (Answered::json(Bytes::new()), 0);
            }
            Some(FaultKind::Throttled { retry_after }) => {
                return refused(Refusal::throttled(
                    retry_after,
                    "too many calls, on purpose",
                ));
            }
            Some(FaultKind::Moved { location }) => return refused(Refusal::moved(&location)),
            Some(FaultKind::Failure) => {
                return refused(Refusal::new(Cause::Failed, "the sandbox fails on purpose"));
            }
            _ => {}
        }
        let mut findings = 0;
        let mut answered = match self
            .perform(parts, &matched, body, activity, trace, &mut findings)
            .await
        {
            Ok(answered) => answered,
            Err(refusal) => return refused(*refusal),
        };
        match befallen.kind {
            Some(FaultKind::CutAfter) => trace.cut = true,
            Some(FaultKind::Malformed) => answered.body.truncate(answered.body.len() / 2),
            Some(FaultKind::ListedAs { action_type }) => {
                if let Some(body) = fault::listed_as(&answered.body, &action_type) {
                    answered.body = body.into();
                }
            }
            _ => {}
        }
        (answered, findings)
    }

    /// The checks, in the order in which a caller can do something about them, and the call itself.
    async fn perform(
        &self,
        parts: &Parts,
        matched: &Matched<'_, '_>,
        body: Incoming,
        activity: &Activity,
        trace: &mut Trace,
        findings: &mut usize,
    ) -> Result<Answered, Box<Refusal>> {
        if let Some(endpoint) = &self.moved_to {
            return Err(Box::new(Refusal::moved(endpoint)));
        }
        let token = self.token(&parts.headers)?;
        if let Some(throttle) = &self.throttle {
            throttle.count(token, Instant::now()).map_err(|seconds| {
                Box::new(Refusal::throttled(
                    seconds,
                    format!("too many calls in this minute; wait {seconds} s"),
                ))
            })?;
        }
        let query = Query::read(
            matched.operation.declared,
            parts.uri.query().unwrap_or_default(),
        )?;
        let mut posted = Arc::default();
        if let Some(kind) = matched.operation.declared.body(true) {
            json(&parts.headers)?;
            trace.body = intake::read(&parts.headers, body, &self.limits).await?;
            activity.busy();
            let verdict = self.verdicts.of(&self.linter, kind, &trace.body);
            *findings = verdict.findings;
            if let Some(text) = verdict.refusal {
                return Err(Box::new(Refusal::told(
                    Cause::Parameters,
                    text,
                    verdict.findings,
                )));
            }
            posted = verdict.body;
        }
        let checked = Checked {
            matched,
            query: &query,
            token,
            body: &posted,
        };
        let answer = checked.run(&self.store, &self.answers).await?;
        Ok(Answered::json(answer.to_string().into_bytes()))
    }

    fn token<'h>(&self, headers: &'h HeaderMap) -> Result<&'h str, Box<Refusal>> {
        let refuse = |cause, message| Err(Box::new(Refusal::new(cause, message)));
        match headers.get(ACCESS_TOKEN).map(HeaderValue::to_str) {
            None => refuse(Cause::NoToken, "the header accessToken is missing"),
            Some(Ok("")) => refuse(Cause::NoToken, "the header accessToken is empty"),
            Some(Ok(token))
                if self.tokens.is_empty() || self.tokens.iter().any(|known| known == token) =>
            {
                Ok(token)
            }
            Some(_) => refuse(
                Cause::WrongToken,
                "the token is not one that this sandbox was started with",
            ),
        }
    }
}

fn refused(refusal: Refusal) -> (Answered, usize) {
    let findings = refusal.findings;
    (refusal.into(), findings)
}

/// Only JSON is taken, in UTF-8, as all JSON is.
fn json(headers: &HeaderMap) -> Result<(), Box<Refusal>> {
    let given = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let media_type = given
        .and_then(|given| given.split(';').next())
        .map(str::trim);
    if media_type.is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json")) {
        return Ok(());
    }
    let given = given.map_or("none".to_owned(), |given| format!("{given:?}"));
    Err(Box::new(Refusal::new(
        Cause::MediaType,
        format!("the content type is {given}; send application/json"),
    )))
}

/// The answer on the wire, and its body for the record.
pub(super) fn respond(answered: Answered) -> (Response<Full<Bytes>>, Bytes) {
    let body = answered.body;
    let mut response = Response::new(Full::new(body.clone()));
    *response.status_mut() = answered.status;
    *response.headers_mut() = answered.headers;
    if !body.is_empty() {
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if matches!(
        answered.status,
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT
    ) {
        // What is left of the request may never end.
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    (response, body)
}

/// Whether a method is one of these; 405 names them.
pub(super) fn only(method: &Method, allowed: &[Method]) -> Result<(), Box<Refusal>> {
    if allowed.contains(method) {
        return Ok(());
    }
    let names: Vec<_> = allowed.iter().map(Method::as_str).collect();
    Err(Box::new(Refusal::method(&names.join(", "))))
}
