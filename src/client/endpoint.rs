//! The address of the service: the `endpointUrl` that comes with an access token, in any spelling.

use std::{error::Error, fmt, net::IpAddr};

use reqwest::Url;

use crate::contract::Contract;

/// The base of all requests: the endpoint with `/v1` and without a slash at its end.
///
/// # Errors
/// [`EndpointError`] for anything but a plain http(s) URL.
pub(super) fn base(endpoint: &str) -> Result<Url, EndpointError> {
    let refuse = |problem: &str| {
        // A user name, a query or a fragment may be secret.
        let shown = (!endpoint.contains(['@', '?', '#'])).then_some(endpoint);
        EndpointError {
            endpoint: shown.unwrap_or_default().to_owned(),
            problem: shown.map_or(problem.to_owned(), |shown| format!("{shown:?} {problem}")),
        }
    };
    let mut url = Url::parse(endpoint)
        .map_err(|_| refuse("is not a URL; write it as in https://api.kaiza.la"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("is neither http nor https"));
    }
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !is_plain {
        return Err(refuse(
            "has a user name, a query or a fragment; write it as in https://api.kaiza.la",
        ));
    }
    let version = Contract::get().base.as_str();
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(version).unwrap_or(path);
    url.set_path(&format!("{path}{version}"));
    Ok(url)
}

/// Whether what is sent cannot be read on the way.
pub(super) fn is_secure(url: &Url) -> bool {
    url.scheme() == "https" || is_local(url)
}

/// Whether the host is this machine, by its address or as `localhost`.
pub(super) fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    address.map_or(host == "localhost", |address| {
        address.to_canonical().is_loopback()
    })
}

/// An endpoint that is not a plain http(s) URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointError {
    /// The endpoint as given; empty if it may hold a secret.
    pub endpoint: String,
    /// The rest of the message, after `the endpoint`.
    problem: String,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the endpoint {}", self.problem)
    }
}

impl Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        let table = [
            ("http://127.0.0.1:4010", true),
            ("http://127.1", true),
            ("http://0x7f000001", true),
            ("http://127.255.0.9", true),
            ("http://[::1]:80", true),
            ("http://[::ffff:127.0.0.1]", true),
            ("http://localhost", true),
            ("http://LOCALHOST:8080/v1/", true),
            ("https://api.kaiza.la", true),
            ("http://api.kaiza.la", false),
            ("http://192.0.2.1", false),
            ("http://0.0.0.0", false),
            ("http://[::]", false),
            ("http://[::ffff:192.0.2.1]", false),
            ("http://localhost.example.com", false),
            ("http://localhost.", false),
            ("http://127.0.0.1.example.com", false),
        ];
        for (endpoint, expected) in table {
            assert_eq!(is_secure(&base(endpoint).unwrap()), expected, "{endpoint}");
        }
    }
}
