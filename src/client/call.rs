//! One call, from a request that progenitor's builder has made to its answer.

use std::time::{Duration, Instant};

use progenitor_client::{ClientInfo as _, ResponseValue};
use reqwest::{
    Request, StatusCode,
    header::{HeaderMap, HeaderName, LOCATION, RETRY_AFTER},
};
use serde::de::DeserializeOwned;
use tracing::{Instrument as _, field::Empty};

use super::{
    Error,
    answer::Answer,
    checks::{self, body_kind},
    generated::Client,
    retry::Tries,
};
use crate::body::BodyKind;

/// D-28. Header names have no case on the wire, and reqwest takes lower case alone.
const ACCESS_TOKEN: HeaderName = HeaderName::from_static("accesstoken");

/// Progenitor sends the version of the document in it, of which the service knows nothing.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// More moves in one call are a circle.
const MOST_MOVES: usize = 3;

impl Client {
    /// Sends the request of an operation, by the name that progenitor gives it (`post_action`), and
    /// reads the answer.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        mut request: Request,
        operation: &'static str,
    ) -> Result<ResponseValue<T>, Error> {
        checks::request(&request, operation)?;
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
        headers.insert(ACCESS_TOKEN, self.inner().token.header().clone());

        let group = group(&request).to_owned();
        let id = body_kind(operation, "response").and_then(BodyKind::operation_id);
        let span = tracing::info_span!(
            "call",
            operation = id,
            group,
            status = Empty,
            duration_ms = Empty
        );
        let started = Instant::now();
        let outcome = self.answer(request).instrument(span.clone()).await;
        let status = outcome
            .as_ref()
            .ok()
            .or_else(|| outcome.as_ref().err().and_then(Error::answer))
            .map(|answer| answer.status.as_u16());
        span.record("status", status);
        span.record(
            "duration_ms",
            u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        );
        let answer = outcome?;
        span.in_scope(|| self.read(answer, operation))
    }

    /// The answer of status 200, after as many tries as the options allow.
    async fn answer(&self, mut request: Request) -> Result<Answer, Error> {
        let state = &self.inner().state;
        let mut tries = Tries::new(state.retry);
        let mut moves = 0;
        loop {
            if let Some(pacer) = &state.pacer {
                pacer.turn().await;
            }
            state.moves.aim(&mut request);
            let Some(again) = request.try_clone() else {
                return self.attempt(request).await;
            };
            let method = request.method().clone();
            let error = match self.attempt(request).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match &error {
                Error::EndpointMoved { endpoint, .. }
                    if moves < MOST_MOVES && state.moves.accept(endpoint) =>
                {
                    moves += 1;
                    tracing::debug!("following the endpoint to a host that was named");
                }
                _ => match tries.wait(&method, &error, fastrand::f64()) {
                    Some(wait) => {
                        tracing::debug!(
                            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                            "trying again: {error}"
                        );
                        tokio::time::sleep(wait).await;
                    }
                    None => return Err(error),
                },
            }
            request = again;
        }
    }

    /// One request and its answer, if that has status 200.
    async fn attempt(&self, request: Request) -> Result<Answer, Error> {
        let response = self.client().execute(request).await?;
        let answer = Answer::read(response, self.inner().state.max_answer).await?;
        if answer.status == StatusCode::OK {
            return Ok(answer);
        }
        let answer = answer.without(&self.inner().token);
        match answer.status {
            StatusCode::TOO_MANY_REQUESTS => Err(Error::Throttled {
                retry_after: retry_after(&answer.headers),
                answer: Box::new(answer),
            }),
            StatusCode::PERMANENT_REDIRECT if answer.headers.contains_key(LOCATION) => {
                let endpoint = answer
                    .headers
                    .get(LOCATION)
                    .map_or_else(String::new, |value| {
                        String::from_utf8_lossy(value.as_bytes()).into_owned()
                    });
                Err(Error::EndpointMoved {
                    endpoint,
                    answer: Box::new(answer),
                })
            }
            status => {
                let error = serde_json::from_slice(&answer.body).unwrap_or_default();
                Err(Error::Service {
                    status,
                    error,
                    answer: Box::new(answer),
                })
            }
        }
    }

    /// What an answer of status 200 says.
    fn read<T: DeserializeOwned>(
        &self,
        answer: Answer,
        operation: &str,
    ) -> Result<ResponseValue<T>, Error> {
        let (status, headers) = (answer.status, answer.headers.clone());
        let value = serde_json::from_slice(&answer.body);
        // What is said about the answer may be seen by others.
        let answer = answer.without(&self.inner().token);
        if let Some(error) = checks::error_in_success(&answer) {
            return Err(error);
        }
        let kind = body_kind(operation, "response");
        if let Some(kind) = kind {
            self.inner().state.checks.answer(kind, &answer)?;
        }
        match value {
            Ok(value) => Ok(ResponseValue::new(value, status, headers)),
            // The linter knows the place, serde only the line; and serde's own words may quote the
            // body.
            Err(error) => Err(kind
                .and_then(|kind| checks::first_error(kind, &answer))
                .unwrap_or_else(|| Error::Contract {
                    pointer: String::new(),
                    problem: format!(
                        "line {} cannot be read, from column {} on",
                        error.line(),
                        error.column()
                    ),
                    expected: None,
                    answer: Box::new(answer),
                })),
        }
    }
}

/// `Retry-After` in seconds; the other form that HTTP knows, a date, is not documented for this
/// service.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}

/// The group in the path of every operation.
fn group(request: &Request) -> &str {
    request
        .url()
        .path_segments()
        .and_then(|mut segments| {
            segments
                .by_ref()
                .skip_while(|segment| *segment != "groups")
                .nth(1)
        })
        .unwrap_or_default()
}
