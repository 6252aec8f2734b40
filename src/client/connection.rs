//! How a client comes about, and what its hooks know.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use reqwest::{Url, redirect::Policy};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::{
    endpoint::{self, EndpointError},
    generated::Client,
    token::AccessToken,
};

/// What the API's documentation suggests.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What the client's hooks know. Made by [`Client::connect`] alone.
#[derive(Clone, Debug)]
pub struct Connection {
    pub(super) token: AccessToken,
}

impl Client {
    /// A client for the endpoint that came with an access token.
    ///
    /// The endpoint may end in a slash or not, and have the `/v1` of all paths or not. The client
    ///
    /// - sends the token in the header `accessToken`;
    /// - refuses a request that breaks the contract with [`Error::Custom`](super::Error::Custom), before it opens a socket;
    /// - follows no redirect: status 308 names a new endpoint, which may belong to anyone, and the token would go there;
    /// - gives up after a minute, as the documentation of the API suggests.
    ///
    /// # Errors
    /// [`ConnectError`] for an endpoint that is no http(s) URL, or when TLS cannot be set up.
    pub fn connect(endpoint: &str, token: AccessToken) -> Result<Self, ConnectError> {
        let base = endpoint::base(endpoint).map_err(ConnectError::Endpoint)?;
        let client = reqwest::Client::builder()
            // D-27. Reqwest takes only the standard headers of authorisation out of what it sends to another host.
            .redirect(Policy::none())
            .timeout(TIMEOUT)
            .tls_backend_preconfigured(tls(&base).map_err(ConnectError::Tls)?)
            .build()
            .map_err(ConnectError::Http)?;
        Ok(Self::new_with_client(base.as_str(), client, Connection { token }))
    }
}

/// Rustls with ring and the system's certificates.
fn tls(base: &Url) -> Result<ClientConfig, rustls::Error> {
    // Given explicitly, so that the default of the process stays for the application to choose.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = if base.scheme() == "https" {
        builder.with_platform_verifier()?
    } else {
        // Without redirects TLS is never spoken, and a machine without certificates can still talk to a loopback.
        builder.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

/// Why there is no client.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// The endpoint is no http(s) URL.
    Endpoint(EndpointError),
    /// TLS could not be set up, for want of the system's certificates, say.
    Tls(rustls::Error),
    /// The HTTP client could not be set up.
    Http(reqwest::Error),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Endpoint(_) => "the endpoint cannot be used",
            Self::Tls(_) => "TLS cannot be set up",
            Self::Http(_) => "the HTTP client cannot be set up",
        })
    }
}

impl Error for ConnectError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Endpoint(error) => error,
            Self::Tls(error) => error,
            Self::Http(error) => error,
        })
    }
}
