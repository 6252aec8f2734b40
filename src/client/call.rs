//! One call, from the request that progenitor's builder has made to its answer.

use std::time::{Duration, Instant, SystemTime};

use progenitor_client::{ClientInfo as _, ResponseValue};
use reqwest::{
    Request, StatusCode, Url,
    header::{HeaderName, HeaderValue, LOCATION},
};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tracing::{Instrument as _, field::Empty};

use super::{
    Error, answer::RawResponse, checks, generated::Client, path, retry::Tries,
    retry_after::retry_after,
};
use crate::{body::BodyKind, contract::Contract, mask::Hidden, operation::OperationId};

/// Progenitor sends the version of the document in it, which the service does not know.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

/// More moves than this in one call are a circle.
const MOST_MOVES: usize = 3;

impl Client {
    /// The beginning of the URLs of all requests.
    pub(super) fn base(&self) -> &Url {
        self.inner().state.moves.original()
    }

    /// The URL of an operation, with the values of its path parameters.
    pub(crate) fn url(&self, operation: OperationId, values: &[&str]) -> Result<Url, Error> {
        path::url(self.base(), operation, values)
    }

    /// Sends the request of an operation and reads the answer, whose body has this kind.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        mut request: Request,
        operation: OperationId,
        kind: BodyKind,
    ) -> Result<ResponseValue<T>, Error> {
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
        // D-28.
        let token = self.inner().token.header().clone();
        headers.insert(Contract::get().token_header.as_str(), token);
        checks::request(&request, operation)?;
        // Before anything is awaited, which takes a runtime too.
        Handle::try_current().map_err(|_| Error::NoRuntime { operation })?;

        let group = group(&request);
        let (status, duration_ms) = (Empty, Empty);
        let span = tracing::info_span!(
            "call",
            operation = operation.as_str(),
            group,
            status,
            duration_ms
        );
        let started = Instant::now();
        let outcome = self
            .answer(request, operation)
            .instrument(span.clone())
            .await;
        let answer = outcome.as_ref().map_or_else(Error::answer, Some);
        span.record("status", answer.map(|answer| answer.status.as_u16()));
        span.record("duration_ms", milliseconds(started.elapsed()));
        let answer = outcome?;
        span.in_scope(|| self.read(answer, operation, kind))
    }

    /// The answer with status 200, after as many tries as the options allow.
    async fn answer(
        &self,
        mut request: Request,
        operation: OperationId,
    ) -> Result<RawResponse, Error> {
        let state = &self.inner().state;
        let mut tries = Tries::new(state.retry);
        let mut moves = 0;
        loop {
            if let Some(pacer) = &state.pacer {
                pacer.turn().await;
            }
            state.moves.aim(&mut request);
            let Some(again) = request.try_clone() else {
                return self.attempt(request, operation).await;
            };
            let method = request.method().clone();
            let error = match self.attempt(request, operation).await {
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
                        tracing::debug!(wait_ms = milliseconds(wait), "trying again: {error}");
                        tokio::time::sleep(wait).await;
                    }
                    None => return Err(error),
                },
            }
            request = again;
        }
    }

    /// Sends one request; returns its answer if it has status 200.
    async fn attempt(
        &self,
        request: Request,
        operation: OperationId,
    ) -> Result<RawResponse, Error> {
        let failed = |error| Error::transport(operation, error);
        let runtime = Handle::try_current().map_err(|_| Error::NoRuntime { operation })?;
        let pools = &self.inner().state.pools;
        let client = pools.client(runtime.id(), request.url()).map_err(failed)?;
        let response = client.execute(request).await.map_err(failed)?;
        let most = self.inner().state.max_answer;
        let answer = RawResponse::read(response, most).await.map_err(failed)?;
        let answer = answer.ok_or(Error::TooLarge { operation, most })?;
        if answer.status == StatusCode::OK {
            return Ok(answer);
        }
        let answer = Box::new(answer.without(&self.inner().token));
        let location = answer.headers.get(LOCATION).map(HeaderValue::as_bytes);
        Err(match (answer.status, location) {
            (StatusCode::TOO_MANY_REQUESTS, _) => Error::Throttled {
                operation,
                retry_after: retry_after(&answer.headers, SystemTime::now().into()),
                answer,
            },
            (StatusCode::PERMANENT_REDIRECT, Some(location)) => Error::EndpointMoved {
                operation,
                endpoint: String::from_utf8_lossy(location).into_owned(),
                answer,
            },
            (status, _) => Error::Service {
                operation,
                status,
                error: serde_json::from_slice(&answer.body).unwrap_or_default(),
                answer,
            },
        })
    }

    /// The value in an answer with status 200.
    fn read<T: DeserializeOwned>(
        &self,
        answer: RawResponse,
        operation: OperationId,
        kind: BodyKind,
    ) -> Result<ResponseValue<T>, Error> {
        let (status, headers) = (answer.status, answer.headers.clone());
        let value = serde_json::from_slice(&answer.body);
        // Others may see the texts about the answer.
        let answer = answer.without(&self.inner().token);
        if let Some(error) = checks::error_in_success(operation, &answer) {
            return Err(error);
        }
        self.inner().state.checks.answer(operation, kind, &answer)?;
        match value {
            Ok(value) => Ok(ResponseValue::new(value, status, headers)),
            // The linter knows the location, serde only the line; and serde's message may quote the
            // body.
            Err(error) => Err(
                checks::first_error(operation, kind, &answer).unwrap_or_else(|| {
                    let (line, column) = (error.line(), error.column());
                    Error::Contract {
                        operation,
                        pointer: String::new(),
                        problem: format!("line {line} cannot be read, from column {column} on"),
                        expected: None,
                        answer: Box::new(answer),
                    }
                }),
            ),
        }
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// The group in the path of every operation.
fn group(request: &Request) -> String {
    let segments = request.url().path_segments().into_iter().flatten();
    let group = segments.skip_while(|segment| *segment != "groups").nth(1);
    let group = group.unwrap_or_default();
    Hidden::nothing().words(group).into_owned()
}
