//! How a client comes about, and what it holds beside progenitor's part.

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

/// What all clones of a client share. Made by [`ClientBuilder::connect`] alone.
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
    /// A client for the endpoint that came with an access token, with the options of
    /// [`Client::builder`] as they are.
    ///
    /// The endpoint may end in a slash or not, and have the `/v1` of all paths or not. The client
    ///
    /// - sends the token in the header `accessToken`;
    /// - refuses a request that breaks the contract, be it a parameter or the body, with
    ///   [`Error::Refused`](super::Error::Refused), before it opens a socket;
    /// - takes `http` for this machine alone, since the token would be readable on the way to any
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
    /// [`enable_all`](tokio::runtime::Builder::enable_all). Without any runtime a call is
    /// [`Error::NoRuntime`](super::Error::NoRuntime).
    ///
    /// # Errors
    /// [`ConnectError`] for an endpoint that is no http(s) URL, or when TLS cannot be set up.
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
    /// How long a single request may take, to the end of its answer; a minute unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Tries again what was throttled or could not be reached; off unless set.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Keeps calls below a limit, so as not to be throttled; off unless set.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Holds answers against the contract; off unless set.
    pub fn checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self
    }

    /// Names the hosts that the endpoint may move to, as in `kms2.kaiza.la` or `127.0.0.1:4010`;
    /// none unless set.
    ///
    /// To these, and to no others, status 308 is followed with the token: the call is repeated
    /// there with its path and query, since the header `Location` holds the new base alone, and the
    /// following calls of all clones go there at once. The scheme has to stay the same.
    pub fn follow_moves_to(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.hosts = hosts.into_iter().map(Into::into).collect();
        self
    }

    /// The largest answer to take, in bytes; 16 MiB unless set.
    pub fn max_answer(mut self, bytes: usize) -> Self {
        self.max_answer = bytes;
        self
    }

    /// Takes an endpoint that is `http` on another machine, in a network that is trusted, say: the
    /// access token and all bodies can be read on the way. Refused unless set.
    pub fn allow_insecure(mut self) -> Self {
        self.insecure = true;
        self
    }

    /// A client with these options; see [`Client::connect`].
    ///
    /// # Errors
    /// [`ConnectError`] for an endpoint that is no http(s) URL, or when TLS cannot be set up.
    pub fn connect(self, endpoint: &str, token: AccessToken) -> Result<Client, ConnectError> {
        let base = endpoint::base(endpoint).map_err(ConnectError::Endpoint)?;
        if !self.insecure && !endpoint::is_secure(&base) {
            return Err(ConnectError::Insecure);
        }
        let tls = tls(&base).map_err(ConnectError::Tls)?;
        let pools = Pools::new(tls, self.timeout);
        // Makes requests and sends none.
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
    // Given explicitly, so that the default of the process stays for the application to choose.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = if base.scheme() == "https" {
        builder.with_platform_verifier()?
    } else {
        // Moves keep the scheme, so TLS is never spoken, and a machine without certificates can
        // still talk to a loopback.
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
    /// The endpoint is `http` on another machine; see [`ClientBuilder::allow_insecure`].
    Insecure,
    /// TLS could not be set up, for want of the system's certificates, say.
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
