//! Reads bodies, with limits of size and time.

use std::{fmt, time::Duration};

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::{
    HeaderMap,
    body::{Bytes, Incoming},
    header::EXPECT,
};
use tokio::time::timeout;

use super::wire::announced;

/// How long, and how many bytes, to read on after a refusal.
const DRAIN: Duration = Duration::from_secs(1);
const DRAINED: usize = 1 << 20;

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It has more than this number of bytes.
    TooLarge(usize),
    /// It was not there within this time.
    TooSlow(Duration),
    /// It ends before its end. The peer may be gone.
    Incomplete,
}

impl Unread {
    /// The status to refuse a request with.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::TooLarge(_) => 413,
            Self::TooSlow(_) => 408,
            Self::Incomplete => 400,
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(most) => write!(f, "the body is larger than {most} bytes"),
            Self::TooSlow(time) => {
                write!(f, "the body was not there within {} s", time.as_secs_f64())
            }
            Self::Incomplete => f.write_str("the body breaks off before its end"),
        }
    }
}

/// Reads the whole body, of at most `most` bytes, within this time.
///
/// # Errors
/// [`Unread`] says why it could not be read. What is left of it has been discarded.
pub async fn read(
    headers: &HeaderMap,
    mut body: Incoming,
    most: usize,
    time: Duration,
) -> Result<Bytes, Unread> {
    if announced(headers).is_some_and(|bytes| bytes > most as u64) {
        discard(headers, body).await;
        return Err(Unread::TooLarge(most));
    }
    let limited = Limited::new(&mut body, most).collect();
    match timeout(time, limited).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            discard(headers, body).await;
            Err(Unread::TooLarge(most))
        }
        Ok(Err(_)) => Err(Unread::Incomplete),
        Err(_) => Err(Unread::TooSlow(time)),
    }
}

/// Reads on for a while, so that a client that sends its whole body first can read the answer. A
/// client that waits for `100 Continue` is not asked for the body.
pub async fn discard(headers: &HeaderMap, mut body: Incoming) {
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
