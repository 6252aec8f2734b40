//! Endpoints that a client can be redirected to.

use hyper::Uri;

/// Checks that a text is an endpoint: that a client can connect to it, and a header can hold it.
///
/// # Errors
/// What it must be. The text is not quoted: it may contain a password.
pub(super) fn check(text: &str) -> Result<(), String> {
    let uri = text.parse::<Uri>().ok();
    let is_endpoint = uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri
                .authority()
                .is_some_and(|authority| !authority.as_str().contains('@'))
            && uri.host().is_some_and(|host| !host.is_empty())
    });
    let wanted = "write an http or https URL without a user, as in https://kms2.kaiza.la";
    is_endpoint.then_some(()).ok_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_an_absolute_url_of_http() {
        for text in [
            "https://kms2.kaiza.la",
            "http://127.0.0.1:4010",
            "HTTPS://[::1]/v1",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "foo",
            "",
            "/v1",
            "elsewhere.example",
            "elsewhere.example:443",
            "https:///v1",
            "ftp://a",
            "https://user:secret@a",
            "https://a b",
            "https://a\r\nb: c",
            "javascript:alert(1)",
        ] {
            let problem = check(text).unwrap_err();
            assert!(
                text.is_empty() || !problem.contains(text),
                "{text}: {problem}"
            );
        }
    }
}
