//! An exchange, from the head of its request to the body of its response.

use std::{
    mem,
    sync::{Arc, atomic::Ordering},
};

use hyper::{
    HeaderMap, Method, Request, Response, Version,
    body::{Bytes, Incoming},
    header::{EXPECT, HOST},
    http::{Extensions, request::Parts},
};
use kaizala_actions::{contract::Operation, lint::Called};
use kaizala_actions_http::{ClientConnection, Timer, discard};
use tokio::time::Instant;

use super::{
    bodies::{Live, Passing, Whole},
    copy::{BodyCopy, Unjudged},
    draft::{AnswerHead, Draft, End, Head, Judged, Message, Side},
    exchange::Outcome,
    head, judging,
    mode::Mode,
    refusal::Refusal,
    rules::Rules,
    service::Service,
    stop::Stop,
    watch::Watch,
    whole::{Reading, Unread},
};

/// The answer of the proxy or of the upstream.
type Answer = Result<Response<Passing>, Stop>;

/// Answers a request whose head may pass.
///
/// # Errors
/// The connection must be cut without an answer, because the peer is gone or the linter failed.
pub(super) async fn answer(
    service: &Arc<Service>,
    mut parts: Parts,
    body: Incoming,
    connection: &ClientConnection,
) -> Result<Response<Passing>, &'static str> {
    let extensions = mem::take(&mut parts.extensions);
    let call = Call::new(service, parts);
    match call.pass(extensions, body, connection).await {
        Ok(response) => Ok(response),
        Err(Stop::Cut(reason)) => {
            call.watch.with(|draft| draft.outcome = Outcome::Cut);
            Err(reason)
        }
        Err(Stop::Refused(outcome, refusal)) => {
            call.watch.with(|draft| {
                draft.outcome = outcome;
                draft.status = Some(refusal.status);
                draft.problem = refusal.problem();
                let message = match outcome {
                    Outcome::RequestRefused => &mut draft.request,
                    _ => &mut draft.response,
                };
                // Everything about it has been said.
                if matches!(outcome, Outcome::RequestRefused | Outcome::ResponseRefused) {
                    message.judged = Judged::Done(refusal.rows.clone());
                }
            });
            let response = refusal.response(&service.wording);
            Ok(response.map(Passing::own))
        }
    }
}

struct Call {
    service: Arc<Service>,
    rules: Arc<Rules>,
    head: Arc<Head>,
    watch: Arc<Watch>,
    requests: Mode,
    responses: Mode,
    is_hidden: bool,
    deadline: Instant,
}

impl Call {
    fn new(service: &Arc<Service>, parts: Parts) -> Self {
        let rules = service.rules();
        let (head, called) = Head::new(parts, &rules.linter);
        let is_foreign = matches!(called, Called::Foreign);
        let operation = called.operation().map(Operation::id);
        // Browsers send OPTIONS as a preflight, which no contract describes.
        let is_judged = !is_foreign && head.method != Method::OPTIONS;
        let (requests, responses) = if is_judged {
            rules.modes.of(operation)
        } else {
            (Mode::Off, Mode::Off)
        };
        let message = |mode, is_mirrored| {
            let body = BodyCopy::new(&service.budget, rules.body_limit);
            Message::new(body, mode != Mode::Off, is_mirrored)
        };
        let head = Arc::new(head);
        let mut draft = Draft::new(
            rules.clone(),
            head.clone(),
            [
                message(requests, service.mirror.is_some()),
                message(responses, false),
            ],
        );
        (draft.operation, draft.is_foreign) = (operation, is_foreign);
        let deadline = draft.begun + service.limits.total;
        service.in_flight.fetch_add(1, Ordering::Relaxed);
        Self {
            service: service.clone(),
            rules,
            is_hidden: head.meant.is_some(),
            head,
            watch: Watch::new(draft, service.clone()),
            requests,
            responses,
            deadline,
        }
    }

    /// Passes a request on, with hyper's extensions of it, and then the response.
    async fn pass(
        &self,
        extensions: Extensions,
        body: Incoming,
        connection: &ClientConnection,
    ) -> Answer {
        let service = &self.service;
        if service.is_closed && self.watch.with(|draft| draft.is_foreign) {
            discard(&self.head.headers, body).await;
            return Err(Stop::request(Refusal::new(
                404,
                "the contract has no such path",
            )));
        }
        let body = match self.requests {
            Mode::Enforce => self.judged_request(body).await?,
            _ => self.live(body, Side::Request),
        };
        let mut headers = self.head.headers.clone();
        if service.adds_forwarded {
            let host = headers.get(HOST).cloned();
            let scheme = service.scheme();
            head::add_forwarded(
                &mut headers,
                &connection.peer.ip().to_string(),
                scheme,
                host,
            );
        }
        if service.mirror.is_some() {
            let copy = (headers.clone(), extensions.clone());
            self.watch.with(|draft| draft.sent = Some(copy));
        }
        let request = service
            .upstream
            .request(&self.head, headers, extensions, body);
        let request = request.ok_or("the target cannot be passed on")?;
        let response = self.sent(request, &connection.timer).await?;
        self.answered(response).await
    }

    fn live(&self, body: Incoming, side: Side) -> Passing {
        let times = (self.service.limits.idle, self.deadline);
        Passing::Live(Live::new(body, side, self.watch.clone(), times))
    }

    /// Reads and judges a request before it passes.
    async fn judged_request(&self, body: Incoming) -> Result<Passing, Stop> {
        let (rules, headers) = (&self.rules, &self.head.headers);
        if self.is_hidden {
            discard(headers, body).await;
            let problem = "the path is written so that another server may read it as another; write it plainly";
            return Err(Stop::request(Refusal::new(400, problem)));
        }
        // A client that waits gets a refusal before it sends its body.
        if headers.contains_key(EXPECT) {
            judging::request(rules, &self.head, None).map_err(Stop::request)?;
        }
        let (bytes, trailers) = match self.whole(Side::Request, headers, body).await {
            Ok(whole) => whole,
            Err(Unread::Unjudged(reason)) => {
                let (status, problem) = match reason {
                    Unjudged::NoMemory => (503, NO_MEMORY.to_owned()),
                    _ => (413, judging::too_large(rules.body_limit)),
                };
                return Err(Stop::request(Refusal::new(status, problem).closing()));
            }
            Err(Unread::TimedOut) => {
                return Err(Stop::request(
                    Refusal::new(408, "the body is too slow").closing(),
                ));
            }
            Err(Unread::Cut) => return Err(Stop::Cut("the client is gone")),
        };
        let (shared, head, text) = (rules.clone(), self.head.clone(), bytes.clone());
        let is_large = judging::is_large(headers, &bytes);
        let begun = Instant::now();
        let judge = move || judging::request(&shared, &head, Some(&text));
        let verdict = judging::apart(is_large, judge).await?;
        self.watch.with(|draft| draft.judging += begun.elapsed());
        let rows = verdict.map_err(Stop::request)?;
        self.watch
            .with(|draft| draft.request.judged = Judged::Done(rows));
        Ok(self.held(bytes, trailers))
    }

    fn held(&self, bytes: Bytes, trailers: Option<HeaderMap>) -> Passing {
        Passing::Whole(Whole {
            bytes: Some(bytes),
            trailers,
            watch: Some(self.watch.clone()),
        })
    }

    /// Reads a body into memory.
    async fn whole(
        &self,
        side: Side,
        headers: &HeaderMap,
        body: Incoming,
    ) -> Result<(Bytes, Option<HeaderMap>), Unread> {
        let limits = &self.service.limits;
        let reading = Reading {
            watch: &self.watch,
            side,
            headers,
            most: self.rules.body_limit,
            idle: limits.idle,
            deadline: self.deadline,
        };
        reading.read(body).await
    }

    /// Sends a request, and waits for the head of the response.
    async fn sent(
        &self,
        request: Request<Passing>,
        timer: &Timer,
    ) -> Result<Response<Incoming>, Stop> {
        let begun = Instant::now();
        let mut sending = std::pin::pin!(self.service.upstream.send(request));
        let sent = loop {
            // A client may take its time to send the body.
            let progress = self.watch.with(|draft| Some(draft.progress));
            let since = progress.unwrap_or(begun).max(begun);
            let end = self.deadline.min(since + self.service.limits.upstream);
            if let Some(sent) = timer.until(end, sending.as_mut()).await {
                break sent;
            }
            let (now, is_sent) = self
                .watch
                .with(|draft| (Some(draft.progress), draft.request.end.is_some()));
            let is_over = Instant::now() >= self.deadline;
            if is_over && !is_sent {
                return Err(slow_client());
            }
            if is_over || now == progress {
                let refusal = Refusal::new(504, "the upstream does not answer");
                return Err(Stop::upstream(refusal));
            }
        };
        self.watch
            .with(|draft| draft.upstream = Some(begun.elapsed()));
        sent.map_err(|failure| {
            let end = self.watch.with(|draft| draft.request.end);
            let problem = match end {
                _ if failure.is_unreached => "the upstream cannot be reached",
                Some(End::TimedOut) => return slow_client(),
                Some(End::Cut) => return Stop::Cut("the client is gone"),
                _ => "the upstream gives no answer",
            };
            Stop::upstream(Refusal::new(502, problem).because(failure.cause))
        })
    }

    /// Passes a response on, as far as it may pass.
    async fn answered(&self, response: Response<Incoming>) -> Answer {
        let (mut parts, body) = response.into_parts();
        head::settle(&mut parts)
            .map_err(|flaw| Stop::Refused(Outcome::UpstreamFailed, Refusal::new(502, flaw)))?;
        parts.headers = head::passing(parts.headers);
        parts.version = Version::HTTP_11;
        let answer = Arc::new(AnswerHead {
            status: parts.status,
            headers: parts.headers.clone(),
        });
        self.watch.with(|draft| {
            draft.answer = Some(answer.clone());
            draft.status = Some(parts.status.as_u16());
            draft.outcome = Outcome::Passed;
        });
        let body = match self.responses {
            Mode::Enforce => self.judged_response(&answer, body).await?,
            _ => self.live(body, Side::Response),
        };
        Ok(Response::from_parts(parts, body))
    }

    /// Reads and judges a response before it passes.
    async fn judged_response(
        &self,
        answer: &Arc<AnswerHead>,
        body: Incoming,
    ) -> Result<Passing, Stop> {
        let refused = |status, problem: String| {
            Stop::Refused(Outcome::ResponseRefused, Refusal::new(status, problem))
        };
        let whole = self.whole(Side::Response, &answer.headers, body).await;
        let (bytes, trailers) = whole.map_err(|unread| match unread {
            Unread::Unjudged(Unjudged::NoMemory) => refused(503, NO_MEMORY.to_owned()),
            Unread::Unjudged(_) => refused(502, judging::too_large(self.rules.body_limit)),
            Unread::TimedOut => refused(504, "the response is too slow".to_owned()),
            Unread::Cut => refused(502, "the response breaks off before its end".to_owned()),
        })?;
        let asked = self.watch.with(|draft| draft.request.body.whole().ok());
        let (rules, head) = (self.rules.clone(), self.head.clone());
        let (shared, text) = (answer.clone(), bytes.clone());
        let is_large = judging::is_large(&answer.headers, &bytes);
        let begun = Instant::now();
        let judge = move || judging::response(&rules, &head, asked.as_ref(), &shared, &text);
        let verdict = judging::apart(is_large, judge).await?;
        self.watch.with(|draft| draft.judging += begun.elapsed());
        let rows = verdict.map_err(|refusal| Stop::Refused(Outcome::ResponseRefused, refusal))?;
        self.watch
            .with(|draft| draft.response.judged = Judged::Done(rows));
        Ok(self.held(bytes, trailers))
    }
}

const NO_MEMORY: &str = "there are too many bodies in memory; try again";

/// The client did not send all of its request in time.
fn slow_client() -> Stop {
    let refusal = Refusal::new(408, "the body is too slow").closing();
    Stop::Refused(Outcome::Cut, refusal)
}
