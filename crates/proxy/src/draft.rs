//! What there is of an exchange.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use hyper::{
    HeaderMap, Method, StatusCode,
    body::Bytes,
    http::{Extensions, request::Parts, uri::PathAndQuery},
};
use kaizala_actions::{
    lint::{Called, Linter, Request, Response},
    operation::OperationId,
};
use kaizala_actions_http::{PartFinding, fields};
use tokio::time::Instant;

use super::{
    copy::{BodyCopy, Unjudged},
    exchange::Outcome,
    head::{passing, set_host},
    rules::Rules,
    target::plain,
};

/// Which message of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

/// How a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Complete,
    TimedOut,
    /// The peer went away.
    Cut,
    /// The rest was not needed.
    Dropped,
}

/// The head of a request, as it is passed on.
#[derive(Debug)]
pub(super) struct Head {
    pub method: Method,
    /// As it was sent.
    pub target: PathAndQuery,
    /// What is judged, if that is not what was sent.
    pub meant: Option<String>,
    pub headers: HeaderMap,
}

impl Head {
    /// What of a head passes, and what it calls.
    pub fn new(parts: Parts, linter: &Linter) -> (Self, Called) {
        let target = parts.uri.path_and_query().cloned();
        let mut head = Self {
            method: parts.method,
            target: target.unwrap_or(PathAndQuery::from_static("/")),
            meant: None,
            headers: passing(parts.headers),
        };
        set_host(&mut head.headers, &parts.uri);
        let called = linter.called(&head.line());
        if matches!(called, Called::Foreign) {
            head.meant = plain(head.target.as_str());
        }
        if head.meant.is_none() {
            return (head, called);
        }
        let called = linter.called(&head.line());
        head.meant = head.meant.filter(|_| !matches!(called, Called::Foreign));
        (head, called)
    }

    /// The method and the target as the linter reads them.
    pub fn line(&self) -> Request<'_> {
        let target = self.meant.as_deref().unwrap_or(self.target.as_str());
        Request::new(self.method.as_str(), target)
    }

    /// The request as the linter reads it; a body that was not read is not judged.
    pub fn request<'r>(&'r self, body: Option<&'r [u8]>) -> Request<'r> {
        let mut request = self.line();
        request.headers = fields(&self.headers);
        request.body = body.map(Into::into);
        request
    }
}

/// The head of the upstream's response, as it is passed on.
#[derive(Debug)]
pub(super) struct AnswerHead {
    pub status: StatusCode,
    pub headers: HeaderMap,
}

impl AnswerHead {
    pub fn response<'r>(&'r self, body: Option<&'r [u8]>) -> Response<'r> {
        let mut response = Response::new(self.status.as_u16());
        response.headers = fields(&self.headers);
        response.body = body.map(Into::into);
        response
    }
}

/// Whether a message has been judged.
#[derive(Debug)]
pub(super) enum Judged {
    /// It is not to be judged.
    Never,
    /// It is judged at the end.
    Later,
    /// It was judged before it was passed on or refused.
    Done(Vec<PartFinding>),
}

/// One message.
#[derive(Debug)]
pub(super) struct Message {
    pub body: BodyCopy,
    pub judged: Judged,
    /// Whether its body is copied, also if it is not judged.
    pub is_copied: bool,
    /// `None` while it is on its way.
    pub end: Option<End>,
}

/// What there is of an exchange.
#[derive(Debug)]
pub(super) struct Draft {
    pub started: SystemTime,
    pub begun: Instant,
    /// When the client last sent something.
    pub progress: Instant,
    pub operation: Option<OperationId>,
    pub is_foreign: bool,
    /// Those at its beginning.
    pub rules: Arc<Rules>,
    pub head: Arc<Head>,
    pub answer: Option<Arc<AnswerHead>>,
    /// The header fields that the upstream got, if the mirror gets a copy.
    pub sent: Option<(HeaderMap, Extensions)>,
    pub request: Message,
    pub response: Message,
    /// The status that the client got.
    pub status: Option<u16>,
    pub upstream: Option<Duration>,
    /// How long it took, once it is over.
    pub duration: Duration,
    pub judging: Duration,
    pub outcome: Outcome,
    /// Why the proxy answered by itself, unless findings say so.
    pub problem: Option<String>,
}

impl Message {
    /// One that has not come yet.
    pub fn new(body: BodyCopy, is_judged: bool, is_copied: bool) -> Self {
        Self {
            body,
            is_copied: is_judged || is_copied,
            judged: if is_judged {
                Judged::Later
            } else {
                Judged::Never
            },
            end: None,
        }
    }

    /// The body that is judged.
    ///
    /// # Errors
    /// Why there is none.
    pub fn text(&self) -> Result<Bytes, Unjudged> {
        match self.judged {
            Judged::Never => Err(Unjudged::Incomplete),
            _ => self.body.whole(),
        }
    }
}

impl Draft {
    /// Of an exchange that begins now.
    pub fn new(rules: Arc<Rules>, head: Arc<Head>, [request, response]: [Message; 2]) -> Self {
        let begun = Instant::now();
        Self {
            started: SystemTime::now(),
            begun,
            progress: begun,
            operation: None,
            is_foreign: false,
            rules,
            head,
            answer: None,
            sent: None,
            request,
            response,
            status: None,
            upstream: None,
            duration: Duration::ZERO,
            judging: Duration::ZERO,
            outcome: Outcome::Cut,
            problem: None,
        }
    }

    pub fn message(&mut self, side: Side) -> &mut Message {
        match side {
            Side::Request => &mut self.request,
            Side::Response => &mut self.response,
        }
    }
}
