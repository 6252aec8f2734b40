//! Reads a body into memory, to be judged before it passes.

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::{
    HeaderMap,
    body::{Body as _, Bytes, Incoming},
};
use kaizala_actions_http::{announced, discard};
use tokio::time::{Instant, timeout_at};

use super::{
    copy::Unjudged,
    draft::{End, Side},
    watch::Watch,
};

/// Why a body is not in memory.
pub(super) enum Unread {
    Unjudged(Unjudged),
    TimedOut,
    Cut,
}

/// How a body is read.
pub(super) struct Reading<'c> {
    /// Gets the body.
    pub watch: &'c Watch,
    pub side: Side,
    pub headers: &'c HeaderMap,
    pub most: usize,
    pub idle: Duration,
    pub deadline: Instant,
}

impl Reading<'_> {
    /// The body and its trailers.
    ///
    /// # Errors
    /// Why it could not be read. What is left of a request has been discarded.
    pub async fn read(&self, mut body: Incoming) -> Result<(Bytes, Option<HeaderMap>), Unread> {
        let mut trailers = None;
        if announced(self.headers).is_some_and(|length| length > self.most as u64)
            && !body.is_end_stream()
        {
            let reason = Unjudged::TooLarge;
            self.watch
                .with(|draft| draft.message(self.side).body.give_up(reason));
            if self.side == Side::Request {
                discard(self.headers, body).await;
            }
            return Err(Unread::Unjudged(reason));
        }
        if let Some(length) = body.size_hint().exact() {
            self.watch
                .with(|draft| draft.message(self.side).body.announce(length));
        }
        loop {
            let next = self.deadline.min(Instant::now() + self.idle);
            match timeout_at(next, body.frame()).await {
                Err(_) => {
                    self.watch.ended(self.side, End::TimedOut);
                    return Err(Unread::TimedOut);
                }
                Ok(Some(Err(_))) => {
                    self.watch.ended(self.side, End::Cut);
                    return Err(Unread::Cut);
                }
                Ok(None) => break,
                Ok(Some(Ok(frame))) => match frame.into_data() {
                    Ok(part) => {
                        self.watch.saw(self.side, &part);
                        let problem = self
                            .watch
                            .with(|draft| draft.message(self.side).body.problem());
                        if let Some(problem) = problem {
                            if self.side == Side::Request {
                                discard(self.headers, body).await;
                            }
                            return Err(Unread::Unjudged(problem));
                        }
                    }
                    Err(frame) => trailers = frame.into_trailers().ok(),
                },
            }
        }
        self.watch.ended(self.side, End::Complete);
        let whole = self
            .watch
            .with(|draft| draft.message(self.side).body.whole().ok());
        Ok((whole.unwrap_or_default(), trailers))
    }
}
