//! Judges messages with the linter: before they pass, or once an exchange is over.

use std::{
    borrow::Cow,
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use hyper::{HeaderMap, body::Bytes, header::CONTENT_ENCODING};
use kaizala_actions::lint::{Exchange, RequestReport};
use kaizala_actions_http::{PartFinding, rows};
use tokio::runtime::Handle;

use super::{
    coding::decoded,
    copy::Unjudged,
    draft::{AnswerHead, Draft, Head, Judged},
    exchange::ProxiedExchange,
    line,
    refusal::Refusal,
    rules::Rules,
    service::Service,
    watch::Finisher,
};

/// Larger bodies are judged in another thread, where they do not delay others.
const LARGE: usize = 64 << 10;

/// What is found before a message passes: the findings, or the refusal that has them.
pub(super) type Verdict = Result<Vec<PartFinding>, Refusal>;

/// A body as the linter reads it; `None` if it cannot be judged.
type Text<'b> = Result<Cow<'b, [u8]>, Unjudged>;

/// Judges a request before it passes. Without a body, only its head is judged.
pub(super) fn request(rules: &Rules, head: &Head, body: Option<&Bytes>) -> Verdict {
    let most = rules.body_limit;
    let body = body.map(|body| decoded(&head.headers, body, most));
    let body = body.transpose().map_err(|unjudged| match unjudged {
        Unjudged::TooLarge => Refusal::new(413, too_large(most)),
        _ => Refusal::new(415, undecoded()),
    })?;
    let request = head.request(body.as_deref());
    let report = rules.linter.lint_request(&request);
    match refusal(rules, &report) {
        Some(status) => {
            Err(Refusal::linted(status, &report.parts, rules.least).methods(report.methods.clone()))
        }
        None => Ok(rows(&report.parts)),
    }
}

/// The status to refuse a request with.
fn refusal(rules: &Rules, report: &RequestReport<'_>) -> Option<u16> {
    let is_refused = || {
        report
            .findings()
            .any(|finding| finding.severity >= rules.least)
    };
    let status = report.refusal().filter(|_| !report.parts.is_empty());
    status.or_else(|| is_refused().then_some(400))
}

/// Judges a response before it passes. The bodies are there, as far as they could be read.
pub(super) fn response(
    rules: &Rules,
    head: &Head,
    asked: Option<&Bytes>,
    answer: &AnswerHead,
    body: &Bytes,
) -> Verdict {
    let most = rules.body_limit;
    let body = decoded(&answer.headers, body, most).map_err(|unjudged| match unjudged {
        Unjudged::TooLarge => Refusal::new(502, too_large(most)),
        _ => Refusal::new(502, undecoded()),
    })?;
    of_response(rules, head, asked, answer, Some(&body))
}

/// Judges a response, with a body that is decoded.
fn of_response(
    rules: &Rules,
    head: &Head,
    asked: Option<&Bytes>,
    answer: &AnswerHead,
    body: Option<&[u8]>,
) -> Verdict {
    let Some(operation) = rules.linter.called(&head.line()).operation() else {
        return Ok(Vec::new());
    };
    // A finding may repeat secrets of the request.
    let asked = asked.and_then(|body| decoded(&head.headers, body, rules.body_limit).ok());
    let (request, response) = (head.request(asked.as_deref()), answer.response(body));
    let parts = rules.linter.lint_response(operation, &request, &response);
    let mut findings = parts.iter().flat_map(|part| &part.report.findings);
    if findings.any(|finding| finding.severity >= rules.least) {
        Err(Refusal::linted(502, &parts, rules.least))
    } else {
        Ok(rows(&parts))
    }
}

/// Runs what judges bodies, in a thread where it may take long if they are large.
///
/// # Errors
/// The linter failed.
pub(super) async fn apart<T: Send + 'static>(
    is_large: bool,
    judge: impl FnOnce() -> T + Send + 'static,
) -> Result<T, &'static str> {
    if is_large {
        let judged = tokio::task::spawn_blocking(judge).await;
        judged.map_err(|_| "the linter failed")
    } else {
        Ok(judge())
    }
}

/// Whether judging a body takes long.
pub(super) fn is_large(headers: &HeaderMap, body: &Bytes) -> bool {
    body.len() > LARGE || !body.is_empty() && headers.contains_key(CONTENT_ENCODING)
}

impl Finisher for Service {
    fn finish(self: Arc<Self>, draft: Draft) {
        finish(self, draft);
    }
}

/// Judges what has not been judged of an exchange that is over, and reports it.
fn finish(service: Arc<Service>, draft: Draft) {
    // Without a runtime, the proxy has ended.
    let Ok(runtime) = Handle::try_current() else {
        service.in_flight.fetch_sub(1, Ordering::Relaxed);
        return;
    };
    let is_large = [
        (Some(&draft.head.headers), &draft.request),
        (
            draft.answer.as_ref().map(|answer| &answer.headers),
            &draft.response,
        ),
    ]
    .into_iter()
    .any(|(headers, message)| {
        let body = message.body.whole().unwrap_or_default();
        matches!(message.judged, Judged::Later) && headers.is_some_and(|it| is_large(it, &body))
    });
    let tell = move || {
        let mut draft = draft;
        tell(&service, &mut draft);
        service.in_flight.fetch_sub(1, Ordering::Relaxed);
        if let Some(mirror) = &service.mirror {
            mirror.clone().send(draft);
        }
    };
    if is_large {
        runtime.spawn_blocking(tell);
    } else {
        // Not here: the client waits for the end of the response.
        runtime.spawn(async { tell() });
    }
}

fn tell(service: &Service, draft: &mut Draft) {
    let begun = Instant::now();
    let rules = draft.rules.clone();
    let most = rules.body_limit;
    let mut unjudged = Vec::new();
    let is_off = [&draft.request, &draft.response]
        .iter()
        .all(|message| matches!(message.judged, Judged::Never));
    let (asked, answered) = (draft.request.text(), draft.response.text());
    let answer = draft.answer.clone();
    let head = draft.head.clone();
    let request = text(&head.headers, asked.as_ref(), most);
    let response = match &answer {
        Some(answer) => text(&answer.headers, answered.as_ref(), most),
        None => Err(Unjudged::Incomplete),
    };
    for (message, text, is_there) in [
        (&draft.request, &request, true),
        (&draft.response, &response, answer.is_some()),
    ] {
        let is_missed = match message.judged {
            Judged::Never => false,
            Judged::Later => is_there,
            Judged::Done(_) => message.body.problem().is_some(),
        };
        if let (Err(reason), true) = (text, is_missed) {
            unjudged.push(*reason);
        }
    }
    let (request, response) = (request.ok(), response.ok());
    let is_later = |judged: &Judged| matches!(judged, Judged::Later);
    let mut findings = Vec::new();
    if is_later(&draft.request.judged) {
        let mut exchange = Exchange::new(head.request(request.as_deref()));
        if let (Some(answer), true) = (&answer, is_later(&draft.response.judged)) {
            exchange = exchange.response(answer.response(response.as_deref()));
        }
        let report = rules.linter.lint_exchange(&exchange);
        findings.extend(rows(report.parts.iter().filter(|part| !part.is_absent)));
    } else {
        if let Judged::Done(rows) = std::mem::replace(&mut draft.request.judged, Judged::Never) {
            findings.extend(rows);
        }
        if let (Some(answer), true) = (&answer, is_later(&draft.response.judged)) {
            let asked = asked.as_ref().ok();
            let body = response.as_deref();
            let verdict = of_response(&rules, &head, asked, answer, body);
            findings.extend(verdict.unwrap_or_else(|refusal| refusal.rows));
        }
    }
    if let Judged::Done(rows) = std::mem::replace(&mut draft.response.judged, Judged::Never) {
        findings.extend(rows);
    }
    draft.judging += begun.elapsed();
    service.metrics.exchange(draft, &unjudged, &findings);
    let fails = findings
        .iter()
        .any(|row| row.finding.severity >= rules.least);
    if let Some(recorder) = service
        .recorder
        .as_ref()
        .filter(|_| !is_off && !draft.is_foreign)
        && recorder.wants(fails)
    {
        // A record without its bodies would be another exchange.
        let is_whole = request.is_some() && unjudged.is_empty();
        let line = is_whole.then(|| {
            line::line(
                draft,
                request.as_deref(),
                response.as_deref(),
                recorder.masks(),
            )
        });
        match line {
            Some(line) => recorder.add(line),
            None => recorder.dropped(),
        }
    }
    if let Some(observer) = &service.observer {
        observer(&told(draft, unjudged, findings));
    }
}

fn text<'b>(headers: &HeaderMap, body: Result<&'b Bytes, &Unjudged>, most: usize) -> Text<'b> {
    decoded(headers, body.map_err(|reason| *reason)?, most)
}

fn told(draft: &Draft, unjudged: Vec<Unjudged>, findings: Vec<PartFinding>) -> ProxiedExchange {
    let request = draft.head.request(None);
    let hidden = request.hidden(None);
    let mut sent = request.clone();
    sent.url = draft.head.target.as_str().into();
    let (method, target) = (
        hidden.words(draft.head.method.as_str()).into_owned(),
        hidden.words(&sent.masked_url()).into_owned(),
    );
    ProxiedExchange {
        started: draft.started,
        duration: draft.duration,
        upstream: draft.upstream,
        judging: draft.judging,
        operation: draft.operation,
        is_foreign: draft.is_foreign,
        method,
        target,
        status: draft.status,
        outcome: draft.outcome,
        problem: draft.problem.clone(),
        unjudged,
        findings,
    }
}

pub(super) fn too_large(most: usize) -> String {
    format!("the body is larger than {most} bytes, the most that is judged")
}

fn undecoded() -> String {
    let known = super::coding::KNOWN;
    format!("the body is in a content coding that cannot be decoded; known are {known}")
}
