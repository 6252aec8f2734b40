//! Reading a body, within bounds of size and time.

use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    HeaderMap,
    body::{Bytes, Incoming},
    header::CONTENT_LENGTH,
};
use tokio::time::timeout;

use super::answer::Answer;

/// How much a request may be, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// From one part of a request to its end: the head, and then the body.
    pub time: Duration,
    /// Connections at once.
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

/// How long what is too large is still read, so that whoever sends it without looking gets to read
/// the answer.
const DRAIN: Duration = Duration::from_secs(1);

/// The whole body.
///
/// # Errors
/// 413 for one that is too large, 408 for one that is too slow, 400 for one that breaks off.
pub(super) async fn read(
    headers: &HeaderMap,
    mut body: Incoming,
    limits: &Limits,
) -> Result<Bytes, Box<Answer>> {
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > limits.body as u64) {
        return Err(too_large(body, limits).await);
    }
    let limited = Limited::new(&mut body, limits.body).collect();
    let (status, message) = match timeout(limits.time, limited).await {
        Ok(Ok(collected)) => return Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            return Err(too_large(body, limits).await);
        }
        // Nobody is there to read the answer; the record has it.
        Ok(Err(_)) => (400, "the body breaks off before its end".to_owned()),
        Err(_) => {
            let seconds = limits.time.as_secs_f64();
            let message = format!("the body was not there within {seconds} s");
            (408, message)
        }
    };
    Err(Answer::refusal(status, message))
}

async fn too_large(mut body: Incoming, limits: &Limits) -> Box<Answer> {
    let most = limits.body;
    let drain = async {
        let mut left = most.max(1 << 20);
        while let Some(Ok(frame)) = body.frame().await {
            match left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
                Some(less) => left = less,
                None => break,
            }
        }
    };
    // However it ends.
    let _ = timeout(DRAIN, drain).await;
    Answer::refusal(
        413,
        format!("the body is larger than {most} bytes, the most that this sandbox takes"),
    )
}
