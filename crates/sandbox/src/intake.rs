//! Reads bodies, with limits of size and time.

use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    HeaderMap,
    body::{Bytes, Incoming},
    header::EXPECT,
};
use tokio::time::timeout;

use super::{answer::Answer, wire::announced};

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

/// How long, and how many bytes, to read on after a refusal.
const DRAIN: Duration = Duration::from_secs(1);
const DRAINED: usize = 1 << 20;

/// Reads the whole body.
///
/// # Errors
/// 413 if it is too large, 408 if it is too slow, 400 if it is incomplete.
pub(super) async fn read(
    headers: &HeaderMap,
    mut body: Incoming,
    limits: &Limits,
) -> Result<Bytes, Box<Answer>> {
    if announced(headers).is_some_and(|bytes| bytes > limits.body as u64) {
        discard(headers, body).await;
        return Err(too_large(limits));
    }
    let limited = Limited::new(&mut body, limits.body).collect();
    let (status, message) = match timeout(limits.time, limited).await {
        Ok(Ok(collected)) => return Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            discard(headers, body).await;
            return Err(too_large(limits));
        }
        // The peer is gone; the answer is only recorded.
        Ok(Err(_)) => (400, "the body breaks off before its end".to_owned()),
        Err(_) => {
            let seconds = limits.time.as_secs_f64();
            let message = format!("the body was not there within {seconds} s");
            (408, message)
        }
    };
    Err(Answer::refusal(status, message))
}

fn too_large(limits: &Limits) -> Box<Answer> {
    let most = limits.body;
    Answer::refusal(
        413,
        format!("the body is larger than {most} bytes, the most that this sandbox takes"),
    )
}

/// Reads on for a while, so that a client that sends its whole body first can read the answer. A
/// client that waits for `100 Continue` is not asked for the body.
pub(super) async fn discard(headers: &HeaderMap, mut body: Incoming) {
    if headers.contains_key(EXPECT) {
        return;
    }
    let drain = async {
        let mut left = DRAINED;
        while let Some(Ok(frame)) = body.frame().await {
            match left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
                Some(less) => left = less,
                None => break,
            }
        }
    };
    // The result does not matter.
    let _ = timeout(DRAIN, drain).await;
}
