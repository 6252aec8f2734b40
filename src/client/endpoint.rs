//! Where the service is: the `endpointUrl` that comes with an access token, in all the spellings
//! that it has.

use std::{error::Error, fmt};

use reqwest::Url;

use crate::contract::Contract;

/// The base of all requests: the endpoint with `/v1` and without a slash at its end.
///
/// # Errors
/// [`EndpointError`] for what is no plain http(s) URL.
pub(super) fn base(endpoint: &str) -> Result<Url, EndpointError> {
    let refuse = |problem| EndpointError {
        endpoint: endpoint.to_owned(),
        problem: format!("{endpoint:?} {problem}"),
    };
    let mut url = Url::parse(endpoint)
        .map_err(|_| refuse("is no URL; write it as in https://api.kaiza.la"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse("is neither http nor https"));
    }
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    if !is_plain {
        // Not kept in the error either: a user name or a query may be a secret.
        let problem = "has a user name, a query or a fragment; \
                       write it as in https://api.kaiza.la";
        return Err(EndpointError {
            endpoint: String::new(),
            problem: problem.to_owned(),
        });
    }
    let version = Contract::get().base.as_str();
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(version).unwrap_or(path);
    url.set_path(&format!("{path}{version}"));
    Ok(url)
}

/// An endpoint that is no plain http(s) URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointError {
    /// The endpoint as given; empty where it may hold a secret.
    pub endpoint: String,
    /// What follows `the endpoint` in the message.
    problem: String,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the endpoint {}", self.problem)
    }
}

impl Error for EndpointError {}
