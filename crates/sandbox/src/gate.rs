//! Decides which requests are accepted: only those with an unambiguous host, and none from a page
//! of another origin that is not allowed.
//!
//! A browser sends requests to any address that a page names, including a sandbox on the user's
//! machine. `Origin` and `Sec-Fetch-Site` name the page, but not if the page's own name was made to
//! lead here after the page was loaded (DNS rebinding): only `Host` shows that. Addresses cannot be
//! rebound, and `localhost` belongs to this machine. All of this applies to the calls of the API
//! too, since a page under a rebound name could send any access token and read the answers. Pages
//! of allowed origins may make such calls (`cors.rs`), but cannot use the sandbox's own endpoints.

use std::net::IpAddr;

use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue, ORIGIN},
    http::{request::Parts, uri::Authority},
};

use super::{answer::Answer, cors};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The host of a request (RFC 9112, 3.2).
///
/// # Errors
/// 400 if it has no host, several, or an invalid one.
pub(super) fn host(parts: &Parts) -> Result<Authority, Box<Answer>> {
    kaizala_actions_http::host(parts).map_err(|problem| Answer::refusal(400, problem))
}

/// Refuses requests from pages of other origins. `names` are those of this machine. `allowed` are
/// the other origins that are accepted; `None` if no option can allow one.
///
/// Returns the origin of a request from an allowed one.
///
/// # Errors
/// 403, with the reason.
pub(super) fn admit<'h>(
    headers: &'h HeaderMap,
    host: &Authority,
    names: &[String],
    allowed: Option<&[String]>,
) -> Result<Option<&'h HeaderValue>, Box<Answer>> {
    let name = host.host();
    if !is_address(name) && !names.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Err(Answer::refusal(
            403,
            format!(
                "the host {name:?} is neither an address, nor localhost, nor a name that this sandbox was given"
            ),
        ));
    }
    if let Some(origin) = allowed.and_then(|allowed| cors::origin(headers, allowed)) {
        return Ok(Some(origin));
    }
    let is_own = |origin: &HeaderValue| {
        let origin = origin.to_str().unwrap_or_default();
        let authority = ["http://", "https://"]
            .into_iter()
            .find_map(|scheme| origin.strip_prefix(scheme));
        authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host.as_str()))
    };
    let is_near = |site: &HeaderValue| matches!(site.as_bytes(), b"same-origin" | b"none");
    if headers.get_all(ORIGIN).iter().all(is_own) && headers.get_all(SITE).iter().all(is_near) {
        return Ok(None);
    }
    let help = if allowed.is_some() {
        "; `serve --cors ORIGIN` allows an origin"
    } else {
        ""
    };
    Err(Answer::refusal(
        403,
        format!("a page of another origin has sent this{help}"),
    ))
}

fn is_address(host: &str) -> bool {
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    bare.unwrap_or(host).parse::<IpAddr>().is_ok() || host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(host: &str, fields: &[(HeaderName, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(name, value.parse().unwrap());
        }
        let host = host.parse().unwrap();
        admit(&headers, &host, &["sandbox".to_owned()], None).is_ok()
    }

    #[test]
    fn an_address_is_let_in_and_a_name_only_if_it_is_known() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:4010",
            "[::1]",
            "[::1]:4010",
            "192.168.7.1:80",
            "localhost",
            "LocalHost:4010",
            "sandbox",
            "SANDBOX:80",
        ] {
            assert!(admitted(host, &[]), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4010",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.localhost",
            "sandbox.evil.example",
            "127.0.0.1.",
            "2130706433",
            "0x7f.1",
            "localhost.",
        ] {
            assert!(!admitted(host, &[]), "{host}");
        }
    }

    #[test]
    fn a_page_is_let_in_from_here_alone() {
        let here = "127.0.0.1:4010";
        for fields in [
            &[(ORIGIN, "http://127.0.0.1:4010")][..],
            &[(SITE, "same-origin"), (ORIGIN, "http://127.0.0.1:4010")],
            &[(SITE, "none")],
        ] {
            assert!(admitted(here, fields), "{fields:?}");
        }
        for fields in [
            &[(ORIGIN, "null")][..],
            &[(ORIGIN, "")],
            &[(ORIGIN, "http://127.0.0.1")],
            &[(ORIGIN, "http://127.0.0.1:3000")],
            &[(ORIGIN, "http://localhost:4010")],
            &[(ORIGIN, "127.0.0.1:4010")],
            &[(ORIGIN, "http://127.0.0.1:4010.evil.example")],
            &[
                (ORIGIN, "http://127.0.0.1:4010"),
                (ORIGIN, "http://evil.example"),
            ],
            &[(SITE, "cross-site")],
            &[(SITE, "same-site")],
            &[(SITE, "none"), (SITE, "cross-site")],
            &[(SITE, "cross-site"), (ORIGIN, "http://127.0.0.1:4010")],
        ] {
            assert!(!admitted(here, fields), "{fields:?}");
        }
    }
}
