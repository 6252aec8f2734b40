//! The heads of messages: which are refused, and what of them passes.

use hyper::{
    HeaderMap, Method, StatusCode, Version,
    header::{
        CONNECTION, CONTENT_LENGTH, HOST, HeaderName, HeaderValue, TE, TRANSFER_ENCODING, UPGRADE,
    },
    http::{request, response},
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
    // `h2c` is an offer, which is not taken: RFC 9110, 7.8.
    let mut upgrades = tokens(&parts.headers, &UPGRADE);
    if upgrades.any(|protocol| !protocol.eq_ignore_ascii_case("h2c")) {
        let problem = "this proxy does not change to another protocol";
        return Err(Refusal::new(501, problem));
    }
    Ok(())
}

/// What is wrong with the head of a response, so that it cannot pass.
pub(super) fn flaw(parts: &response::Parts) -> Option<&'static str> {
    let headers = &parts.headers;
    if parts.status == StatusCode::SWITCHING_PROTOCOLS {
        return Some("the upstream changes to another protocol");
    }
    if headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH) {
        return Some(BOTH_LENGTHS);
    }
    (!is_chunked_alone(headers))
        .then_some("the upstream uses another transfer coding than `chunked`")
}

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
