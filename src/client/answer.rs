//! An answer of the service, read up to a limit.

use std::{borrow::Cow, fmt};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Response, StatusCode,
    header::{HeaderMap, HeaderValue},
};

use super::token::AccessToken;
use crate::lint::Headers;

/// How much of an error's body is kept: the documented one is three short texts.
const MOST_OF_AN_ERROR: usize = 64 * 1024;

/// The replacement for the token.
const REPLACED: &str = "[access token]";

/// What the service answered: status, headers and body, unchanged.
///
/// The body may be anything, such as a proxy's HTML page, and `Debug` does not show it. If the
/// service repeats the access token anywhere, it is replaced.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawResponse {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; for an error, at most its first 64 KiB.
    pub body: Bytes,
    /// Whether the body is longer than what is kept of it.
    pub is_cut: bool,
}

impl RawResponse {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Reads a response to its end, or to the limit: a success that is larger than `most` returns
    /// nothing.
    pub(super) async fn read(
        mut response: Response,
        most: usize,
    ) -> Result<Option<Self>, reqwest::Error> {
        let status = response.status();
        let most = if status.is_success() {
            most
        } else {
            MOST_OF_AN_ERROR
        };
        let headers = std::mem::take(response.headers_mut());
        let (mut body, mut is_cut) = (BytesMut::new(), false);
        while !is_cut && let Some(chunk) = response.chunk().await? {
            let room = most - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            is_cut = chunk.len() > room;
        }
        let answer = Self {
            status,
            headers,
            body: body.freeze(),
            is_cut,
        };
        Ok(Some(answer).filter(|_| !(is_cut && status.is_success())))
    }

    /// The answer without the token, which the service may repeat.
    pub(super) fn without(mut self, token: &AccessToken) -> Self {
        let hidden = token.hidden();
        for value in self.headers.values_mut() {
            if let Some(replaced) = hidden.replaced(value.as_bytes(), REPLACED) {
                *value = HeaderValue::from_bytes(&replaced).unwrap_or(HeaderValue::from_static(""));
            }
        }
        if let Some(replaced) = hidden.replaced(&self.body, REPLACED) {
            self.body = replaced.into();
        }
        self
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            status,
            headers,
            body,
            is_cut,
        } = self;
        let body = format_args!("{} bytes", body.len());
        let mut fields = Headers::default();
        for (name, value) in headers {
            fields.add(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
        }
        f.debug_struct("RawResponse")
            .field("status", status)
            .field("headers", &fields)
            .field("body", &body)
            .field("is_cut", is_cut)
            .finish()
    }
}
