//! The sandbox: an embedded server of the `/actions` API that holds every call to the contract and
//! remembers what was posted. The service itself is retired; this is what a client can be tested
//! against.
//!
//! ```
//! use kaizala_actions_sandbox::Sandbox;
//!
//! # async fn example() -> Result<(), kaizala_actions_sandbox::StartError> {
//! let sandbox = Sandbox::builder().start().await?;
//! println!("curl -H 'accessToken: any' {}/v1/groups/any/actions?actionType=job", sandbox.url());
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(example()).unwrap();
//! ```
//!
//! Routes, bodies, what is listed of which type and where its members come from are the contract's:
//! this module names no action type. Errors of the linter refuse a request, warnings do not.
//!
//! At `/` it has the [reference of the contract](kaizala_actions_reference) for a browser.
//!
//! Where the sources are silent, it does what a reader of the documentation would expect:
//!
//! - Actions are listed in the order in which they were posted; `fromDate` is inclusive.
//! - Every response without a `responseId` is another response. A job is complete once as many
//!   responses say so as it has assignees; who sent them does not matter.
//! - A sender is a phone number made from the token: one token, one member.
//! - Nothing ever expires, no file is behind a media address, and nobody is sent anything.
//!
//! # Seeds and snapshots
//!
#![doc = include_str!("snapshot.md")]

mod answers;
mod builder;
mod control;
mod envelope;
mod exchange;
mod fault;
mod id;
mod intake;
mod journal;
mod operations;
mod pages;
mod parameters;
mod refusal;
mod routes;
mod server;
mod service;
mod snapshot;
mod state;
mod store;
mod throttle;
mod time;
mod verdicts;

use std::{fmt, net::SocketAddr, sync::Arc, thread::JoinHandle};

use serde_json::Value;
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
};

pub use builder::{Builder, StartError};
pub use exchange::{Exchange, Headers};
pub use fault::{Fault, FaultKind};
pub use journal::JournalError;
pub use snapshot::SeedError;

use service::Service;

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    /// Dropped to let the thread end without waiting for what is under way.
    now: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// A sandbox to be.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    async fn start(builder: Builder) -> Result<Self, StartError> {
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = watch::channel(false);
        let (now, at_once) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || {
                let runtime = match tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                {
                    Ok(runtime) => runtime,
                    Err(error) => {
                        let _ = ready.send(Err(StartError::Thread(error)));
                        return;
                    }
                };
                runtime.block_on(async move {
                    let (listener, service) = match prepare(builder).await {
                        Ok(prepared) => prepared,
                        Err(error) => {
                            // Whoever started it may be gone.
                            let _ = ready.send(Err(error));
                            return;
                        }
                    };
                    let _ = ready.send(Ok(service.clone()));
                    tokio::select! {
                        () = server::run(listener, service, stopped) => {}
                        _ = at_once => {}
                    }
                });
            });
        let thread = thread.map_err(StartError::Thread)?;
        let service = match started.await {
            Ok(service) => service?,
            Err(_) => {
                return Err(StartError::Thread(std::io::Error::other(
                    "the thread ended",
                )));
            }
        };
        Ok(Self {
            address: service.address,
            service,
            stop,
            now: Some(now),
            thread: Some(thread),
        })
    }

    /// Where it is: an endpoint for a client, as in `http://127.0.0.1:4010`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.service.url
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The latest exchanges, the oldest first.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.service.recorder.all()
    }

    /// The latest exchanges as an HTTP archive (HAR 1.2).
    #[must_use]
    pub fn har(&self) -> Value {
        exchange::har(self.url(), &self.exchanges())
    }

    /// All that it remembers, in the format of a seed.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        self.service.snapshot()
    }

    /// Lets these faults happen from now on, and no others.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.service.faults.set(faults);
    }

    /// Stops when what is under way is done, or has taken too long.
    pub async fn stop(mut self) {
        // The thread may have ended already.
        let _ = self.stop.send(true);
        if let (Some(now), Some(thread)) = (self.now.take(), self.thread.take()) {
            let mut now = now;
            now.closed().await;
            let _ = thread.join();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.now = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn prepare(builder: Builder) -> Result<(TcpListener, Arc<Service>), StartError> {
    let address = builder.listen;
    let listen = |error| StartError::Listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let service = builder.service(listener.local_addr().map_err(listen)?)?;
    Ok((listener, Arc::new(service)))
}

/// The Rust blocks of the README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
