//! Reading a body, within bounds of size and time.

use std::time::Duration;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    HeaderMap,
    body::{Bytes, Incoming},
    header::EXPECT,
};
use tokio::time::timeout;

use super::{answer::Answer, wire::announced};

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

/// How long what is refused is still read, and how many bytes of it.
const DRAIN: Duration = Duration::from_secs(1);
const DRAINED: usize = 1 << 20;

/// The whole body.
///
/// # Errors
/// 413 for one that is too large, 408 for one that is too slow, 400 for one that breaks off.
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

fn too_large(limits: &Limits) -> Box<Answer> {
    let most = limits.body;
    Answer::refusal(
        413,
        format!("the body is larger than {most} bytes, the most that this sandbox takes"),
    )
}

/// Reads on for a while, so that whoever sends a body without looking gets to read the answer. Who
/// waits to be asked for it is not asked.
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
    // However it ends.
    let _ = timeout(DRAIN, drain).await;
}
