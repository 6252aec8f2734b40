//! The access token, which is never printed.

use std::{error::Error, fmt};

use reqwest::header::HeaderValue;

use crate::mask::{Hidden, Learner};

/// An access token, as the service's token endpoint returns it: without a prefix such as `Bearer`
/// (D-28).
///
/// It has no `Display`, and its `Debug` does not show it.
#[derive(Clone)]
pub struct AccessToken(HeaderValue);

impl AccessToken {
    /// Takes the token without changing it.
    ///
    /// # Errors
    /// [`TokenError`] for a text that is not a token, for example because of a trailing line break.
    pub fn new(token: &str) -> Result<Self, TokenError> {
        let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let mut value = HeaderValue::from_str(token)
            .ok()
            .filter(|_| is_token)
            .ok_or(TokenError)?;
        // Hides it in the `Debug` of requests, too.
        value.set_sensitive(true);
        Ok(Self(value))
    }

    pub(super) fn header(&self) -> &HeaderValue {
        &self.0
    }

    /// The token, for code that has to mask it in a text.
    pub(super) fn hidden(&self) -> Hidden {
        let mut learner = Learner::default();
        learner.secret(self.0.as_bytes());
        learner.finish()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

/// The text is not an access token. It is not kept, since it may contain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenError;

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an access token is printable ASCII without spaces, \
             and without a word such as Bearer in front of it",
        )
    }
}

impl Error for TokenError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_header_map_shows_it() {
        let token = AccessToken::new("the-token").unwrap();
        assert!(token.header().is_sensitive());
        assert_eq!(
            format!("{:?} {token:?}", token.header()),
            "Sensitive AccessToken(..)"
        );
    }
}
