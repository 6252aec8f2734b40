//! The heads of messages: which are refused, and what of them passes.

use hyper::{
    HeaderMap, Method, StatusCode, Uri, Version,
    header::{
        CONNECTION, CONTENT_LENGTH, HOST, HeaderName, HeaderValue, TE, TRANSFER_ENCODING, UPGRADE,
    },
    http::{request, response, uri::Authority},
};
use kaizala_actions_http::{BOTH_LENGTHS, Wire, host};

use super::refusal::Refusal;

/// Fields for one connection alone (RFC 9110, 7.6.1), in addition to those that `Connection` names.
const HOP_BY_HOP: [HeaderName; 6] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    TE,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Refuses a request that two servers could read in two ways, and what a proxy cannot pass.
///
/// # Errors
/// The refusal.
pub(super) fn check(parts: &request::Parts, wire: &Wire) -> Result<(), Refusal> {
    let is_ambiguous = wire.is_next_ambiguous(&parts.headers);
    if parts.version >= Version::HTTP_11 || parts.headers.contains_key(HOST) {
        host(parts).map_err(|problem| Refusal::new(400, problem))?;
    }
    if is_ambiguous {
        return Err(Refusal::new(400, BOTH_LENGTHS));
    }
    if !is_chunked_alone(&parts.headers) {
        let problem = "only the transfer coding `chunked` is known";
        return Err(Refusal::new(501, problem));
    }
    if parts.method == Method::CONNECT || parts.uri.path() == "*" {
        let problem =
            "this proxy passes no tunnel, and nothing that is meant for a server as a whole";
        return Err(Refusal::new(501, problem));
    }
    if !is_target(&parts.uri) {
        let problem = "the target is neither a path nor an http or https URL without a user";
        return Err(Refusal::new(400, problem));
    }
    // `h2c` is an offer, which is not taken: RFC 9110, 7.8.
    let mut upgrades = tokens(&parts.headers, &UPGRADE);
    if upgrades.any(|protocol| !protocol.eq_ignore_ascii_case("h2c")) {
        let problem = "this proxy does not change to another protocol";
        return Err(Refusal::new(501, problem));
    }
    Ok(())
}

/// Whether a target is a path, or a URL that a proxy may be sent.
fn is_target(uri: &Uri) -> bool {
    match (uri.scheme_str(), uri.authority()) {
        (None, None) => true,
        (Some("http" | "https"), Some(authority)) => !authority.as_str().contains('@'),
        // As in `a:80`, which is for tunnels.
        _ => false,
    }
}

/// An absolute target has the host in it (RFC 9112, 3.2.2).
pub(super) fn set_host(headers: &mut HeaderMap, uri: &Uri) {
    let host = uri.authority().map(Authority::as_str);
    if let Some(host) = host.and_then(|host| HeaderValue::from_str(host).ok()) {
        headers.insert(HOST, host);
    }
}

/// Writes the length of a response once, if it is there several times.
///
/// # Errors
/// What is wrong with the head, so that it cannot pass.
pub(super) fn settle(parts: &mut response::Parts) -> Result<(), &'static str> {
    let headers = &mut parts.headers;
    if parts.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err("the upstream changes to another protocol");
    }
    if headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH) {
        return Err(BOTH_LENGTHS);
    }
    if !is_chunked_alone(headers) {
        return Err("the upstream uses another transfer coding than `chunked`");
    }
    let mut lengths = tokens(headers, &CONTENT_LENGTH);
    let Some(length) = lengths.next() else {
        return Ok(());
    };
    let mut is_repeated = false;
    for other in lengths {
        if other != length {
            return Err(SEVERAL_LENGTHS);
        }
        is_repeated = true;
    }
    if is_repeated {
        let length = HeaderValue::from_str(length).map_err(|_| SEVERAL_LENGTHS)?;
        headers.insert(CONTENT_LENGTH, length);
    }
    Ok(())
}

const SEVERAL_LENGTHS: &str = "the upstream gives several lengths of the body";

fn is_chunked_alone(headers: &HeaderMap) -> bool {
    if !headers.contains_key(TRANSFER_ENCODING) {
        return true;
    }
    let codings: Vec<_> = tokens(headers, &TRANSFER_ENCODING).collect();
    match codings[..] {
        [coding] => coding.eq_ignore_ascii_case("chunked"),
        _ => false,
    }
}

/// The members of all fields of this name. What is not text is passed over.
fn tokens<'h>(headers: &'h HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'h str> {
    let values = headers.get_all(name).into_iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .filter(|token| !token.is_empty())
}

/// The fields that pass: all but those for one connection alone. Their order stays.
pub(super) fn passing(headers: HeaderMap) -> HeaderMap {
    let named: Vec<_> = tokens(&headers, &CONNECTION)
        .filter_map(|name| name.parse::<HeaderName>().ok())
        .collect();
    let stays = |name: &HeaderName| !HOP_BY_HOP.contains(name) && !named.contains(name);
    if headers.keys().all(stays) {
        return headers;
    }
    let mut left = HeaderMap::with_capacity(headers.len());
    let mut is_left = None;
    for (name, value) in headers {
        // The name is only there for the first of its values.
        if let Some(name) = name {
            is_left = stays(&name).then_some(name);
        }
        if let Some(name) = &is_left {
            left.append(name, value);
        }
    }
    left
}

/// Says where a request came from, as `--forwarded` asks for.
pub(super) fn add_forwarded(
    headers: &mut HeaderMap,
    peer: &str,
    scheme: &'static str,
    host: Option<HeaderValue>,
) {
    let name = |name| HeaderName::from_static(name);
    if let Ok(peer) = HeaderValue::from_str(peer) {
        headers.append(name("x-forwarded-for"), peer);
    }
    headers.insert(name("x-forwarded-proto"), HeaderValue::from_static(scheme));
    if let Some(host) = host {
        headers.insert(name("x-forwarded-host"), host);
    }
    let via = HeaderValue::from_static("1.1 kaizala-actions");
    headers.append(name("via"), via);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in text.lines() {
            let (name, value) = line.split_once(": ").unwrap();
            let name: HeaderName = name.parse().unwrap();
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn fields_for_one_connection_stay_behind() {
        let headers = fields(
            "accept: a\nconnection: close, X-One\nx-one: 1\naccept: b\nte: trailers\nx-two: 2\n\
             connection: x-three,\nx-three: 3\nkeep-alive: timeout=5\nupgrade: h2c\nx-four: 4",
        );
        let left: Vec<_> = passing(headers)
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        assert_eq!(left, ["accept: a", "accept: b", "x-two: 2", "x-four: 4"]);
    }

    #[test]
    fn a_length_is_there_once() {
        for (text, expected) in [
            ("a: b", Ok("a: b")),
            ("content-length: 5", Ok("content-length: 5")),
            ("content-length: 5, 5", Ok("content-length: 5")),
            (
                "content-length: 5\ncontent-length: 5",
                Ok("content-length: 5"),
            ),
            ("content-length: 5\ncontent-length: 6", Err(SEVERAL_LENGTHS)),
            ("content-length: 5, 05", Err(SEVERAL_LENGTHS)),
            (
                "content-length: 5\ntransfer-encoding: chunked",
                Err(BOTH_LENGTHS),
            ),
        ] {
            let (mut parts, ()) = hyper::Response::new(()).into_parts();
            parts.headers = fields(text);
            let settled = settle(&mut parts).map(|()| parts.headers);
            assert_eq!(settled, expected.map(fields), "{text}");
        }
    }

    #[test]
    fn a_target_is_a_path_or_a_url() {
        for (text, expected) in [
            ("/a?b", true),
            ("http://a/b", true),
            ("HTTPS://a:1", true),
            ("a:80", false),
            ("ftp://a/b", false),
            ("http://user@a/b", false),
        ] {
            assert_eq!(is_target(&text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn chunked_is_the_only_transfer_coding() {
        for (text, expected) in [
            ("", true),
            ("transfer-encoding: chunked", true),
            ("transfer-encoding: Chunked", true),
            ("transfer-encoding: gzip, chunked", false),
            ("transfer-encoding: gzip\ntransfer-encoding: chunked", false),
            ("transfer-encoding: chunked, chunked", false),
            ("transfer-encoding: identity", false),
            ("transfer-encoding: ,", false),
        ] {
            assert_eq!(is_chunked_alone(&fields(text)), expected, "{text}");
        }
    }
}
