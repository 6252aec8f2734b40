//! Cross-origin requests (CORS; Fetch, 3.3) from the origins that the sandbox was started with.
//!
//! They are for the API and the documents. `gate.rs` decides who may use the sandbox's own
//! endpoints, and no option changes that.

use std::sync::LazyLock;

use http_body_util::Full;
use hyper::{
    HeaderMap, Method, Response, StatusCode, Uri,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, HeaderValue,
        ORIGIN, VARY,
    },
    http::request::Parts,
};
use kaizala_actions::contract::{Contract, Operation};

use super::{answer::FINDINGS, body::AnswerBody};

/// The methods of the contract's operations.
static METHODS: LazyLock<HeaderValue> = LazyLock::new(|| {
    let operations = Contract::get().operations.iter();
    list(operations.map(|operation| operation.method.as_str()))
});

/// The header fields of a call besides those that any page may send.
static HEADERS: LazyLock<HeaderValue> =
    LazyLock::new(|| list([&*Contract::get().token_header, CONTENT_TYPE.as_str()]));

/// The header fields that the contract declares for answers, and that of the findings.
static EXPOSED: LazyLock<HeaderValue> = LazyLock::new(|| {
    let operations = Contract::get().operations.iter();
    let responses = operations.flat_map(Operation::responses);
    let headers = responses.flat_map(|response| &response.headers);
    let names = headers.map(|header| header.name.as_str());
    list(names.chain([FINDINGS.as_str()]))
});

fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> HeaderValue {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    HeaderValue::from_str(&names.join(", ")).unwrap_or(HeaderValue::from_static(""))
}

/// Whether a text is an origin as a browser sends it.
///
/// # Errors
/// What to write instead.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.contains('*') {
        return Err(
            "name each origin; otherwise every page that you open could call the sandbox"
                .to_owned(),
        );
    }
    let wanted = "write scheme, host and port as a browser does, as in http://localhost:3000";
    let origin = text.parse().ok().as_ref().and_then(origin_of);
    match origin {
        Some(origin) if origin == text => Ok(()),
        Some(origin) => Err(format!("a browser writes it {origin}")),
        None => Err(wanted.to_owned()),
    }
}

/// The origin of a URL that consists of nothing else (URL, 4.7).
fn origin_of(url: &Uri) -> Option<String> {
    let (scheme, authority) = (url.scheme_str()?, url.authority()?);
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
    // Without a user, and with a valid port.
    let is_plain = authority.port_u16().is_some() || authority.as_str() == authority.host();
    let has_user = authority.as_str().contains('@');
    if !is_bare || !is_plain || has_user || authority.host().is_empty() {
        return None;
    }
    let origin = format!("{scheme}://{}", authority.host()).to_ascii_lowercase();
    let is_default = |port| matches!((scheme, port), ("http", 80) | ("https", 443));
    Some(match url.port_u16().filter(|port| !is_default(*port)) {
        Some(port) => format!("{origin}:{port}"),
        None => origin,
    })
}

/// The origin of a request, if it is one of the allowed.
pub(super) fn origin<'h>(headers: &'h HeaderMap, allowed: &[String]) -> Option<&'h HeaderValue> {
    let mut fields = headers.get_all(ORIGIN).iter();
    let origin = fields.next()?;
    let is_allowed = allowed.iter().any(|other| other == origin);
    (is_allowed && fields.next().is_none()).then_some(origin)
}

/// Whether a request is a preflight, by which a browser asks what a page may send.
pub(super) fn is_preflight(parts: &Parts) -> bool {
    parts.method == Method::OPTIONS && parts.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight: the methods and header fields of the contract. Browsers do not send
/// the access token with it, so it needs none.
pub(super) fn preflight() -> Response<AnswerBody> {
    let mut response = Response::new(AnswerBody::Left(Full::default()));
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS.clone());
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HEADERS.clone());
    response
}

/// Allows pages of an allowed origin to read the answer.
pub(super) fn allow(response: &mut Response<AnswerBody>, origin: Option<HeaderValue>) {
    let headers = response.headers_mut();
    // A cache must not give the answer to another origin.
    headers.insert(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_a_browser_sends_it() {
        for origin in [
            "http://localhost:3000",
            "https://app.example",
            "http://[::1]:8080",
            "https://app.example:80",
            "tauri://localhost",
        ] {
            assert_eq!(check(origin), Ok(()), "{origin}");
        }
        for (text, hint) in [
            ("HTTP://LocalHost:3000", "http://localhost:3000"),
            ("http://localhost:3000/", "http://localhost:3000"),
            ("http://localhost:80", "http://localhost"),
            ("https://app.example:443/", "https://app.example"),
            ("*", "name each origin"),
            ("", "write scheme"),
            ("null", "write scheme"),
            ("localhost", "write scheme"),
            ("localhost:3000", "write scheme"),
            ("http://", "write scheme"),
            ("file:///", "write scheme"),
            ("http://a@b", "write scheme"),
            ("http://a/b", "write scheme"),
            ("http://a?b", "write scheme"),
            ("http://a b", "write scheme"),
            ("http://*.example", "name each origin"),
            ("http://a:99999", "write scheme"),
            ("http://a\r\nb: c", "write scheme"),
            ("http://ä.example", "write scheme"),
        ] {
            let problem = check(text).expect_err(text);
            assert!(problem.contains(hint), "{text}: {problem}");
        }
    }

    #[test]
    fn what_a_call_has_is_asked_of_the_contract() {
        assert_eq!(*METHODS, "GET, POST");
        assert_eq!(*HEADERS, "accessToken, content-type");
        assert_eq!(*EXPOSED, "Retry-After, location, sandbox-findings");
    }
}
