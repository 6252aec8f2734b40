//! What a sandbox can be told before it starts.

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
use tokio::net::TcpListener;

use super::{
    answers::Answers,
    cors,
    document::SeedError,
    endpoint,
    fault::Fault,
    faults::Faults,
    gate,
    id::Generator,
    journal::JournalError,
    loader::Loader,
    recorder::{RecordedExchange, Recorder},
    sandbox::Sandbox,
    service::{Options, Service},
    store::Store,
    throttle::Throttle,
};

/// The seed of whoever gives none.
const OPEN: &str = r#"{"open": true, "groups": {}}"#;

impl Sandbox {
    /// A sandbox to be.
    #[must_use]
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }
}

/// How a sandbox is to be; made by [`Sandbox::builder`].
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
    options: Options,
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the tokens nor the seed, which holds phone numbers.
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
    /// Where to listen; a free port of the loopback unless told.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// A token that is taken. Without any, every token is, as long as there is one.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.options.tokens.insert(token.to_owned());
        self
    }

    /// A name of this machine, as in `sandbox`, that requests may have in their header `host`.
    ///
    /// Without any, they have an address or `localhost` there: a web page could make another name
    /// lead here, and read what the sandbox remembers.
    #[must_use]
    pub fn host(mut self, name: &str) -> Self {
        self.options.hosts.push(name.to_owned());
        self
    }

    /// An origin, as in `http://localhost:3000`, whose pages may call the API and read its answers and
    /// the documents (CORS). Without any, no page of another origin may.
    ///
    /// The sandbox's own endpoints, below `/_sandbox/`, stay closed to them.
    #[must_use]
    pub fn cors(mut self, origin: &str) -> Self {
        self.options.origins.push(origin.to_owned());
        self
    }

    /// What judges the requests: one that allows, ignores or denies more than the usual.
    #[must_use]
    pub fn linter(mut self, linter: Linter) -> Self {
        self.linter = linter;
        self
    }

    /// What there is from the start, as a JSON document: `{"groups": {GROUP: [{"body": ACTION}]}}`;
    /// the whole format is in the documentation of this module. With it, only its groups exist.
    #[must_use]
    pub fn seed(mut self, document: impl Into<Vec<u8>>) -> Self {
        self.seed = Some(document.into());
        self
    }

    /// Lets ids, times and media addresses be the same in every run with the same number and the
    /// same calls.
    #[must_use]
    pub fn deterministic(mut self, number: u64) -> Self {
        self.deterministic = Some(number);
        self
    }

    /// Keeps the state in a file; one that holds a state already goes before the seed.
    #[must_use]
    pub fn state(mut self, file: impl Into<PathBuf>) -> Self {
        self.state = Some(file.into());
        self
    }

    /// Refuses more calls a minute with 429, for each token.
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

    /// Something that is to go wrong; of several that are due at once, latencies add up, and the
    /// first other one happens.
    #[must_use]
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The most bytes that a body may have; 1 MiB unless told.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.options.limits.body = bytes;
        self
    }

    /// How long the head of a request, and then its body, may take; 30 s unless told.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.limits.time = timeout;
        self
    }

    /// The most connections at once; one more closes that which has been idle for the longest time.
    #[must_use]
    pub fn connection_limit(mut self, connections: usize) -> Self {
        self.options.limits.connections = connections;
        self
    }

    /// Is told of every exchange, before its answer leaves. Secrets are masked.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&RecordedExchange) + Send + Sync + 'static) -> Self {
        self.options.observer = Some(Arc::new(observer));
        self
    }

    /// Starts the sandbox, on a thread of its own.
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

    /// Refuses what would never work.
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
        if !self.options.hosts.iter().all(|name| gate::is_name(name)) {
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

    /// All that the connections will share.
    fn service(self, address: SocketAddr) -> Result<Service, StartError> {
        let loader = Loader {
            answers: Answers::new(),
            linter: self.linter,
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

/// Why a sandbox does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// It cannot listen at this address.
    Listen(SocketAddr, io::Error),
    /// The seed is refused.
    Seed(SeedError),
    /// The state cannot be kept.
    State(JournalError),
    /// An option cannot be used.
    Option {
        /// Which.
        option: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The system gives no thread.
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
