//! The options of a sandbox.

use std::{
    error::Error,
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use hyper::header::HeaderValue;
use kaizala_actions::lint::Linter;
use kaizala_actions_http::is_name;
use tokio::net::TcpListener;

use super::{
    answers::Answers,
    cors,
    document::SeedError,
    endpoint,
    fault::Fault,
    faults::Faults,
    id::Generator,
    journal::JournalError,
    loader::Loader,
    recorder::{RecordedExchange, Recorder},
    sandbox::Sandbox,
    service::{Options, Service},
    store::Store,
    throttle::Throttle,
};

/// The default seed.
const OPEN: &str = r#"{"open": true, "groups": {}}"#;

impl Sandbox {
    /// A sandbox that has not started yet.
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }
}

/// Options of a sandbox; made by [`Sandbox::builder`].
///
/// ```
/// use kaizala_actions_sandbox::Sandbox;
///
/// # async fn example() -> Result<(), kaizala_actions_sandbox::StartError> {
/// // The same ids and times in every run, and one token that opens it.
/// let sandbox = Sandbox::builder().deterministic(7).token("secret").start().await?;
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(example()).unwrap();
/// ```
#[derive(Clone)]
pub struct SandboxBuilder {
    listen: SocketAddr,
    linter: Linter,
    seed: Option<Vec<u8>>,
    deterministic: Option<u64>,
    state: Option<PathBuf>,
    throttle: Option<u32>,
    faults: Vec<Fault>,
    pub(super) options: Options,
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Hides the tokens, and the seed, which contains phone numbers.
        f.debug_struct("SandboxBuilder")
            .field("listen", &self.listen)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            linter: Linter::new(),
            seed: None,
            deterministic: None,
            state: None,
            throttle: None,
            faults: Vec::new(),
            options: Options::default(),
        }
    }
}

impl SandboxBuilder {
    /// Sets the address to listen at; the default is a free port of the loopback interface.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Adds an accepted token. Without any, every token is accepted, but one is required.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.options.tokens.insert(token.to_owned());
        self
    }

    /// Adds a name of this machine, as in `sandbox`, that the `host` header of requests may have.
    ///
    /// By default, it must be an address or `localhost`: otherwise a web page could make its own
    /// name lead here, and read what the sandbox stores.
    #[must_use]
    pub fn host(mut self, name: &str) -> Self {
        self.options.hosts.push(name.to_owned());
        self
    }

    /// Adds an origin, as in `http://localhost:3000`, whose pages may call the API and read its
    /// answers and the documents (CORS). By default, pages of other origins may not.
    ///
    /// They can never use the sandbox's own endpoints, below `/_sandbox/`.
    #[must_use]
    pub fn cors(mut self, origin: &str) -> Self {
        self.options.origins.push(origin.to_owned());
        self
    }

    /// Sets the linter that judges requests, for example one that allows a type or ignores a rule.
    #[must_use]
    pub fn linter(mut self, linter: Linter) -> Self {
        self.linter = linter;
        self
    }

    /// Sets the initial state, as a JSON document: `{"groups": {GROUP: [{"body": ACTION}]}}`; the
    /// documentation of this module has the whole format. Only the groups in it exist then.
    #[must_use]
    pub fn seed(mut self, document: impl Into<Vec<u8>>) -> Self {
        self.seed = Some(document.into());
        self
    }

    /// Makes ids, times and media addresses reproducible: they only depend on this number and on
    /// the calls.
    #[must_use]
    pub fn deterministic(mut self, number: u64) -> Self {
        self.deterministic = Some(number);
        self
    }

    /// Keeps the state in a file; if the file already has a state, that replaces the seed.
    #[must_use]
    pub fn state(mut self, file: impl Into<PathBuf>) -> Self {
        self.state = Some(file.into());
        self
    }

    /// Sets the maximum number of calls a minute for each token; more are refused with 429.
    #[must_use]
    pub fn throttle(mut self, per_minute: u32) -> Self {
        self.throttle = Some(per_minute);
        self
    }

    /// Answers every call with 308 and this endpoint.
    #[must_use]
    pub fn moved_to(mut self, endpoint: &str) -> Self {
        self.options.moved_to = Some(endpoint.to_owned());
        self
    }

    /// Adds a fault. If several apply to a call, latencies add up, and the first other one happens.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Sets the maximum size of a body in bytes; the default is 1 MiB.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.options.limits.body = bytes;
        self
    }

    /// Sets the timeout of the head of a request, and then of its body; the default is 30 s.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.limits.time = timeout;
        self
    }

    /// Sets the maximum number of connections; one more closes the one that has been idle for the
    /// longest time.
    #[must_use]
    pub fn connection_limit(mut self, connections: usize) -> Self {
        self.options.limits.connections = connections;
        self
    }

    /// Calls a function with every exchange, before its answer is sent. Secrets are masked.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&RecordedExchange) + Send + Sync + 'static) -> Self {
        self.options.observer = Some(Arc::new(observer));
        self
    }

    /// Starts the sandbox in a thread of its own.
    ///
    /// # Errors
    /// [`StartError`] if it cannot listen there, or cannot use the seed, the file or an option.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        self.check()?;
        Sandbox::start(async move {
            let address = self.listen;
            let listen = |error| StartError::Listen(address, error);
            let listener = TcpListener::bind(address).await.map_err(listen)?;
            let address = listener.local_addr().map_err(listen)?;
            Ok((listener, self.service(address)?))
        })
        .await
    }

    /// Refuses options that could never work.
    fn check(&self) -> Result<(), StartError> {
        let refuse = |option, problem: &str| {
            let problem = problem.to_owned();
            Err(StartError::Option { option, problem })
        };
        let is_token = |token: &String| {
            !token.trim().is_empty()
                && token.trim() == token
                && HeaderValue::from_str(token).is_ok()
        };
        if !self.options.tokens.iter().all(is_token) {
            return refuse(
                "token",
                "it is empty, or no header can have it as its value",
            );
        }
        if !self.options.hosts.iter().all(|name| is_name(name)) {
            return refuse(
                "host",
                "give a name without scheme, port and path, as in sandbox.example",
            );
        }
        let moved_to = self.options.moved_to.iter();
        let mut origins = self.options.origins.iter();
        for (option, problem) in [
            (
                "origin",
                origins.find_map(|origin| cors::check(origin).err()),
            ),
            (
                "endpoint to move to",
                moved_to.map(|to| endpoint::check(to)).find_map(Result::err),
            ),
            (
                "fault",
                self.faults
                    .iter()
                    .find_map(|fault| Some(fault.check().err()?.to_string())),
            ),
        ] {
            if let Some(problem) = problem {
                return refuse(option, &problem);
            }
        }
        Ok(())
    }

    /// The state that all connections share.
    fn service(self, address: SocketAddr) -> Result<Service, StartError> {
        let loader = Loader {
            answers: Answers::new(),
            // Only what is found is wanted.
            linter: self.linter.skip_clean_parts(),
            generator: Generator::new(self.deterministic),
        };
        let seed = self.seed.unwrap_or_else(|| OPEN.into());
        let state = loader.state(&seed).map_err(StartError::Seed)?;
        Ok(Service {
            address,
            url: format!("http://{address}"),
            loader,
            store: Store::open(state, self.state.as_deref()).map_err(StartError::State)?,
            seed,
            throttle: self.throttle.map(Throttle::new),
            faults: Faults::new(self.faults, self.deterministic.unwrap_or_default()),
            recorder: Recorder::default(),
            options: self.options,
        })
    }
}

/// Why a sandbox could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// It cannot listen at this address.
    Listen(SocketAddr, io::Error),
    /// The seed is refused.
    Seed(SeedError),
    /// The state cannot be kept.
    State(JournalError),
    /// An option is invalid.
    Option {
        /// The name of the option.
        option: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The system provides no thread.
    Thread(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, _) => write!(f, "the sandbox cannot listen at {address}"),
            Self::Seed(_) => f.write_str("the seed is refused"),
            Self::State(_) => f.write_str("the state file cannot be used"),
            Self::Option { option, problem } => write!(f, "the {option} is refused: {problem}"),
            Self::Thread(_) => f.write_str("the sandbox has no thread to run on"),
        }
    }
}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        Self::Thread(error)
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Listen(_, error) | Self::Thread(error) => error,
            Self::Seed(error) => error,
            Self::State(error) => error,
            Self::Option { .. } => return None,
        })
    }
}
