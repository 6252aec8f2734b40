//! Reading a body, within bounds of size and time.

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::{
    HeaderMap,
    body::{Body as _, Bytes, Incoming},
    header::CONTENT_LENGTH,
};
use tokio::time::timeout;

use super::answer::{Answer, Cause};

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
    match timeout(limits.time, collect(&mut body, limits.body)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(too_large(body, limits).await),
        // Nobody is there to read the answer; the record has it.
        Ok(Err(_)) => Err(Answer::refusal(
            Cause::Parameters,
            "the body breaks off before its end",
        )),
        Err(_) => {
            let seconds = limits.time.as_secs_f64();
            Err(Answer::refusal(
                Cause::TooSlow,
                format!("the body was not there within {seconds} s"),
            ))
        }
    }
}

/// The body, unless it is larger than `most`.
async fn collect(body: &mut Incoming, most: usize) -> Result<Option<Bytes>, hyper::Error> {
    let mut first = Bytes::new();
    let mut rest = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        if first.len() + rest.len() + data.len() > most {
            return Ok(None);
        }
        if first.is_empty() && rest.is_empty() {
            // Nearly always there is no other.
            first = data;
            if body.is_end_stream() {
                return Ok(Some(first));
            }
        } else {
            if rest.is_empty() {
                rest.extend_from_slice(&std::mem::take(&mut first));
            }
            rest.extend_from_slice(&data);
        }
    }
    Ok(Some(if rest.is_empty() { first } else { rest.into() }))
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
        Cause::TooLarge,
        format!("the body is larger than {most} bytes, the most that this sandbox takes"),
    )
}
