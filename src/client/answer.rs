//! An answer of the service, read no further than it is worth.

use std::{borrow::Cow, fmt};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Response, StatusCode,
    header::{HeaderMap, HeaderValue},
};

use super::{Error, token::AccessToken};

/// As much of an error's body as is kept: the documented one is three short texts.
const MOST_OF_AN_ERROR: usize = 64 * 1024;

/// A token as short as this is a placeholder, and its letters are those of innocent words.
const SHORTEST_SECRET: usize = 8;

/// What stands where a service repeated the token.
const REDACTED: &[u8] = b"[access token]";

/// What the service answered: status, headers and body, as they came.
///
/// The body may be that of anything, a proxy's HTML page say, and is not shown by `Debug`. Should
/// the service repeat the access token anywhere, it is replaced.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; of an error no more than its first 64 KiB.
    pub body: Bytes,
    /// Whether the body goes on after what is kept of it.
    pub is_cut: bool,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Reads a response to its end, or to the limit: `most` for a success.
    pub(super) async fn read(mut response: Response, most: usize) -> Result<Self, Error> {
        let status = response.status();
        let most = if status.is_success() {
            most
        } else {
            MOST_OF_AN_ERROR
        };
        let headers = std::mem::take(response.headers_mut());
        let (mut body, mut is_cut) = (BytesMut::new(), false);
        while let Some(chunk) = response.chunk().await? {
            let room = most - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                is_cut = true;
                break;
            }
        }
        if is_cut && status.is_success() {
            return Err(Error::TooLarge { most });
        }
        Ok(Self {
            status,
            headers,
            body: body.freeze(),
            is_cut,
        })
    }

    /// The answer without the token, should the service repeat it.
    pub(super) fn without(mut self, token: &AccessToken) -> Self {
        let secret = token.header().as_bytes();
        if secret.len() < SHORTEST_SECRET {
            return self;
        }
        for value in self.headers.values_mut() {
            if let Some(redacted) = redact(value.as_bytes(), secret) {
                *value = HeaderValue::from_bytes(&redacted).unwrap_or(HeaderValue::from_static(""));
            }
        }
        if let Some(redacted) = redact(&self.body, secret) {
            self.body = redacted.into();
        }
        self
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            status,
            headers,
            body,
            is_cut,
        } = self;
        let body = format_args!("{} bytes", body.len());
        f.debug_struct("Answer")
            .field("status", status)
            .field("headers", headers)
            .field("body", &body)
            .field("is_cut", is_cut)
            .finish()
    }
}

/// The text with every copy of the secret replaced, if there is one.
fn redact(text: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let find = |from: usize| {
        text[from..]
            .windows(secret.len())
            .position(|window| window == secret)
            .map(|at| from + at)
    };
    let mut next = find(0);
    next?;
    let (mut safe, mut done) = (Vec::with_capacity(text.len()), 0);
    while let Some(at) = next {
        safe.extend_from_slice(&text[done..at]);
        safe.extend_from_slice(REDACTED);
        done = at + secret.len();
        next = find(done);
    }
    safe.extend_from_slice(&text[done..]);
    Some(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_copy_of_the_token_is_replaced() {
        assert_eq!(redact(b"no such thing", b"token"), None);
        assert_eq!(redact(b"tok", b"token"), None);
        assert_eq!(
            redact(b"token: tokentoken.", b"token").unwrap(),
            b"[access token]: [access token][access token]."
        );
    }
}
