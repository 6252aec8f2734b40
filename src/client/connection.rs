//! How a client is built, and what it has in addition to progenitor's part.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use reqwest::Url;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::{
    Checks, Pace, Retry,
    endpoint::{self, EndpointError},
    generated::Client,
    moves::Moves,
    pace::Pacer,
    pools::Pools,
    token::AccessToken,
};

/// What the API's documentation suggests.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Far more than a list of documented bodies has.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// The state that all clones of a client share. Only [`ClientBuilder::connect`] makes it.
#[derive(Clone, Debug)]
pub struct Connection {
    pub(super) token: AccessToken,
    pub(super) state: Arc<State>,
}

#[derive(Debug)]
pub(super) struct State {
    pub moves: Moves,
    pub retry: Option<Retry>,
    pub pacer: Option<Pacer>,
    pub checks: Checks,
    pub max_answer: usize,
    pub pools: Pools,
}

impl Client {
    /// Builds a client for the endpoint that came with an access token, with the default options of
    /// [`Client::builder`].
    ///
    /// The endpoint may or may not end in a slash, and may or may not have the `/v1` of all paths.
    /// The client
    ///
    /// - sends the token in the header `accessToken`;
    /// - refuses a request that breaks the contract, in a parameter or in the body, with
    ///   [`Error::Refused`](super::Error::Refused), before it opens a socket;
    /// - accepts `http` for this machine only, since the token could be read on the way to any
    ///   other, unless that is [allowed](ClientBuilder::allow_insecure);
    /// - uses the proxies of the environment, but none for this machine;
    /// - follows no redirect: status 308 names a new endpoint, which may belong to anyone, and the
    ///   token would go there;
    /// - gives up after a minute, as the documentation of the API suggests;
    /// - keeps connections open for the next call, and shares them with its clones, which cost next
    ///   to nothing. They live by the Tokio runtime that they were opened in: a client may be used
    ///   in several runtimes, at once or one after another, and has connections for each.
    ///
    /// # Panics
    /// Not here, but a call panics in a Tokio runtime whose I/O or time is not enabled; see
    /// [`enable_all`](tokio::runtime::Builder::enable_all). Without any runtime a call fails with
    /// [`Error::NoRuntime`](super::Error::NoRuntime).
    ///
    /// # Errors
    /// [`ConnectError`] for an endpoint that is not an http(s) URL, or if TLS cannot be set up.
    pub fn connect(endpoint: &str, token: AccessToken) -> Result<Self, ConnectError> {
        Self::builder().connect(endpoint, token)
    }

    /// Options to connect with.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use kaizala_actions::client::{AccessToken, Checks, Client, Pace, Retry};
    ///
    /// let client = Client::builder()
    ///     .timeout(Duration::from_secs(20))
    ///     .retry(Retry::default())
    ///     .pace(Pace::DOCUMENTED)
    ///     .checks(Checks::Strict)
    ///     .follow_moves_to(["kms2.kaiza.la"])
    ///     .connect("https://api.kaiza.la", AccessToken::new("the-token")?)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            timeout: TIMEOUT,
            retry: None,
            pace: None,
            checks: Checks::Off,
            hosts: Vec::new(),
            max_answer: MAX_ANSWER,
            insecure: false,
        }
    }
}

/// Options of a client; see [`Client::builder`].
#[derive(Clone, Debug)]
#[must_use = "nothing happens before connect"]
pub struct ClientBuilder {
    timeout: Duration,
    retry: Option<Retry>,
    pace: Option<Pace>,
    checks: Checks,
    hosts: Vec<String>,
    max_answer: usize,
    insecure: bool,
}

impl ClientBuilder {
    /// Sets the timeout of a single request, to the end of its answer; the default is a minute.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Retries calls that were throttled or could not reach the service; off by default.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Keeps calls below a rate limit, to avoid throttling; off by default.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Validates answers against the contract; off by default.
    pub fn checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self
    }

    /// Names the hosts that the endpoint may move to, as in `kms2.kaiza.la` or `127.0.0.1:4010`;
    /// none by default.
    ///
    /// Status 308 is followed with the token to these hosts only: the call is repeated there with
    /// its path and query, since the header `Location` only holds the new base, and all following
    /// calls of all clones use the new base. The scheme must not change.
    pub fn follow_moves_to(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.hosts = hosts.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the maximum size of an answer, in bytes; the default is 16 MiB.
    pub fn max_answer(mut self, bytes: usize) -> Self {
        self.max_answer = bytes;
        self
    }

    /// Allows an endpoint that is `http` on another machine, for example in a trusted network: the
    /// access token and all bodies can be read on the way. Refused by default.
    pub fn allow_insecure(mut self) -> Self {
        self.insecure = true;
        self
    }

    /// Builds a client with these options; see [`Client::connect`].
    ///
    /// # Errors
    /// [`ConnectError`] for an endpoint that is not an http(s) URL, or if TLS cannot be set up.
    pub fn connect(self, endpoint: &str, token: AccessToken) -> Result<Client, ConnectError> {
        let base = endpoint::base(endpoint).map_err(ConnectError::Endpoint)?;
        if !self.insecure && !endpoint::is_secure(&base) {
            return Err(ConnectError::Insecure);
        }
        let tls = tls(&base).map_err(ConnectError::Tls)?;
        let pools = Pools::new(tls, self.timeout);
        // Makes requests but does not send any.
        let client = pools.build(false).map_err(ConnectError::Http)?;
        let state = State {
            moves: Moves::new(base.clone(), self.hosts, self.insecure),
            retry: self.retry,
            pacer: self.pace.map(Pacer::new),
            checks: self.checks,
            max_answer: self.max_answer,
            pools,
        };
        Ok(Client::new_with_client(
            base.as_str(),
            client,
            Connection {
                token,
                state: Arc::new(state),
            },
        ))
    }
}

/// Rustls with ring and the system's certificates.
fn tls(base: &Url) -> Result<ClientConfig, rustls::Error> {
    // Set explicitly, so that the application can choose the default of the process.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = if base.scheme() == "https" {
        builder.with_platform_verifier()?
    } else {
        // Moves keep the scheme, so TLS is not used, and a machine without certificates can still
        // connect to a loopback address.
        builder.with_root_certificates(RootCertStore::empty())
    };
    Ok(builder.with_no_client_auth())
}

/// Why a client could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// The endpoint is not an http(s) URL.
    Endpoint(EndpointError),
    /// The endpoint is `http` on another machine; see [`ClientBuilder::allow_insecure`].
    Insecure,
    /// TLS could not be set up, for example because the system has no certificates.
    Tls(rustls::Error),
    /// The HTTP client could not be set up.
    Http(reqwest::Error),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Endpoint(_) => "the endpoint cannot be used",
            Self::Insecure => {
                "the endpoint is http on another machine, and the access token could be read on \
                 the way: use https, or allow it with ClientBuilder::allow_insecure"
            }
            Self::Tls(_) => "TLS cannot be set up",
            Self::Http(_) => "the HTTP client cannot be set up",
        })
    }
}

impl Error for ConnectError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Endpoint(error) => Some(error),
            Self::Insecure => None,
            Self::Tls(error) => Some(error),
            Self::Http(error) => Some(error),
        }
    }
}
