//! The limits of requests, and the refusals of those beyond them.

use std::time::Duration;

use hyper::{
    HeaderMap,
    body::{Bytes, Incoming},
};
use kaizala_actions_http::{self as http, Unread};

use super::answer::Answer;

/// How long running requests may take once the sandbox stops.
const GRACE: Duration = Duration::from_secs(1);

/// Limits of requests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The size of a body in bytes.
    pub body: usize,
    /// The time for each part of a request: the head, and then the body.
    pub time: Duration,
    /// The number of connections.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            time: Duration::from_secs(30),
            connections: 16_384,
        }
    }
}

impl Limits {
    /// Those of connections.
    pub fn of_connections(&self) -> http::Limits {
        http::Limits {
            connections: self.connections,
            head: self.time,
            grace: GRACE,
            keeps_case: false,
        }
    }
}

/// Reads the whole body.
///
/// # Errors
/// 413 if it is too large, 408 if it is too slow, 400 if it is incomplete.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Incoming,
    limits: &Limits,
) -> Result<Bytes, Box<Answer>> {
    let read = http::read(headers, body, limits.body, limits.time).await;
    read.map_err(|unread| {
        let message = match unread {
            Unread::TooLarge(_) => format!("{unread}, the most that this sandbox takes"),
            _ => unread.to_string(),
        };
        Answer::refusal(unread.status(), message)
    })
}
