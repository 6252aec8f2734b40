//! Handles a call of the API: it is judged once, and the findings decide whether it is performed or
//! refused.

use std::{
    sync::Arc,
    time::{Instant, SystemTime},
};

use hyper::{
    Response, StatusCode,
    body::{Bytes, Incoming},
    http::request::Parts,
};
use kaizala_actions::{
    contract::{Contract, Operation},
    lint::{self, Headers, RequestReport},
};
use kaizala_actions_http::{Activity, fields, owned, request};

use super::{
    answer::Answer,
    body::AnswerBody,
    fault::FaultKind,
    faults::listed_as,
    intake,
    operations::Call,
    recorder::{RecordedExchange, kept},
    service::{Service, UNKNOWN_TOKEN},
};

/// Larger bodies are judged in another thread, where they do not delay others.
const LARGE: usize = 64 << 10;

/// Answers a call.
///
/// # Errors
/// The connection must be cut without an answer, because of a fault or because the linter failed.
pub(super) async fn answer(
    service: &Arc<Service>,
    parts: Parts,
    body: Incoming,
    activity: &Activity,
) -> Result<Response<AnswerBody>, &'static str> {
    let (started, begun) = (SystemTime::now(), Instant::now());
    let read = intake::read(&parts.headers, body, &service.options.limits).await;
    activity.busy();
    let (body, unread) = match read {
        Ok(body) => (Some(body), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let request = request(&parts, body.as_deref());
    let report = if body.as_ref().is_some_and(|body| body.len() > LARGE) {
        judged_elsewhere(service.clone(), parts.clone(), body.clone()).await?
    } else {
        service.loader.linter.lint_request(&request)
    };
    let mut exchange = RecordedExchange {
        started,
        duration: begun.elapsed(),
        operation: report.operation.map(Operation::id),
        method: parts.method.clone(),
        target: request.url.clone().into_owned(),
        request_headers: owned(&request.headers),
        request_body: kept(body.as_deref().unwrap_or_default()),
        status: None,
        response_headers: Headers::default(),
        response_body: Box::default(),
        findings: report.findings().count(),
    };
    let answer = call(service, &request, &report, unread).await;
    let response = answer.map(|answer| {
        exchange.response_body = kept(&answer.body);
        let response = answer.into_response();
        exchange.status = Some(response.status());
        exchange.response_headers = owned(&fields(response.headers()));
        response
    });
    exchange.duration = begun.elapsed();
    if let Some(observer) = &service.options.observer {
        observer(&exchange.without_secrets());
    }
    service.recorder.add(exchange);
    response.ok_or("the connection is cut on purpose")
}

/// Judges a request, in a thread where it may take long.
async fn judged_elsewhere(
    service: Arc<Service>,
    parts: Parts,
    body: Option<Bytes>,
) -> Result<RequestReport<'static>, &'static str> {
    let judge = move || {
        let request = request(&parts, body.as_deref());
        service.loader.linter.lint_request(&request).into_owned()
    };
    let report = tokio::task::spawn_blocking(judge).await;
    report.map_err(|_| "the linter failed")
}

/// A call of the API, with the current faults; `None` if the connection must be cut. `unread` is
/// the refusal of a body that could not be read.
async fn call(
    service: &Service,
    request: &lint::Request<'_>,
    report: &RequestReport<'_>,
    unread: Option<Box<Answer>>,
) -> Option<Answer> {
    let plan = report
        .operation
        .map(|operation| service.faults.plan_for(operation.id()));
    let plan = plan.unwrap_or_default();
    if !plan.latency.is_zero() {
        tokio::time::sleep(plan.latency).await;
    }
    let refusal = match &plan.kind {
        Some(FaultKind::Cut) => return None,
        Some(FaultKind::Throttled { retry_after }) => Some(Answer::throttled(
            *retry_after,
            "too many calls, on purpose",
        )),
        Some(FaultKind::Moved { location }) => Some(Answer::moved(location)),
        Some(FaultKind::Failure) => Some(Answer::refusal(500, "the sandbox fails on purpose")),
        _ => None,
    };
    let performed = refusal.map_or_else(|| perform(service, request, report, unread), Err);
    let mut answer = performed.unwrap_or_else(|refusal| *refusal);
    if answer.status == StatusCode::OK {
        match plan.kind {
            Some(FaultKind::CutAfter) => return None,
            Some(FaultKind::Truncated) => answer.body.truncate(answer.body.len() / 2),
            Some(FaultKind::ListedAs { action_type }) => {
                if let Some(body) = listed_as(&answer.body, &action_type) {
                    answer.body = body.into();
                }
            }
            _ => {}
        }
    }
    Some(answer)
}

/// Checks the call, in the order in which a caller can fix problems, and performs it.
fn perform(
    service: &Service,
    request: &lint::Request<'_>,
    report: &RequestReport<'_>,
    unread: Option<Box<Answer>>,
) -> Result<Answer, Box<Answer>> {
    let refusal = report.refusal();
    if let (Some(404), true) = (refusal, report.parts.is_empty()) {
        return Err(Answer::refusal(404, no_such_path()));
    }
    let refuse = |status| Err(Answer::linted(status, report));
    if let Some(status @ (404 | 405)) = refusal {
        return refuse(status);
    }
    if let Some(endpoint) = &service.options.moved_to {
        return Err(Answer::moved(endpoint));
    }
    if let Some(401) = refusal {
        return refuse(401);
    }
    let token = request.headers.get(&Contract::get().token_header);
    let token = token.unwrap_or_default().trim();
    if !service.options.takes(token) {
        return Err(Answer::with_findings(401, UNKNOWN_TOKEN, report));
    }
    if let Some(throttle) = &service.throttle {
        throttle.count(token, Instant::now()).map_err(|seconds| {
            let message = format!("too many calls in this minute; wait {seconds} s");
            Answer::throttled(seconds, message)
        })?;
    }
    if let Some(status) = refusal {
        return refuse(status);
    }
    if let Some(refusal) = unread {
        return Err(refusal);
    }
    let body = request.body.as_deref().unwrap_or_default();
    let call = Call {
        store: &service.store,
        loader: &service.loader,
        report,
        token,
        body: String::from_utf8_lossy(body),
    };
    call.run().map(|answer| Answer::ok(&answer).noting(report))
}

fn no_such_path() -> String {
    let contract = Contract::get();
    let operations = contract.operations.iter();
    let mut paths: Vec<_> = operations
        .map(|operation| format!("{}{}", contract.base, operation.path))
        .collect();
    paths.dedup();
    format!("no such path; there are {}", paths.join(", "))
}
