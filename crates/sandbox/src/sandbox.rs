//! A running sandbox.

use std::{fmt, io, net::SocketAddr, sync::Arc};

use kaizala_actions_http::{self as http, Plain, Running};
use serde_json::Value;
use tokio::net::TcpListener;

use super::{
    fault::{Fault, FaultError},
    recorder::{self, RecordedExchange},
    service::Service,
};

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    service: Arc<Service>,
    running: Running,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("address", &self.service.address)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Serves in a thread of its own what `prepare` makes there.
    ///
    /// # Errors
    /// The error of `prepare`, or that a thread could not be started.
    pub(super) async fn start<E: From<io::Error> + Send + 'static>(
        prepare: impl Future<Output = Result<(TcpListener, Service), E>> + Send + 'static,
    ) -> Result<Self, E> {
        let prepare = async {
            let (listener, service) = prepare.await?;
            Ok::<_, E>((Arc::new(service), listener))
        };
        let serve = |service: Arc<Service>, listener, stopped| {
            let limits = service.options.limits.of_connections();
            http::serve(listener, Arc::new(Plain), service, limits, stopped)
        };
        let (service, running) = Running::start("sandbox", prepare, serve).await?;
        Ok(Self { service, running })
    }

    /// Its URL: an endpoint for a client, as in `http://127.0.0.1:4010`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.service.url
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.service.address
    }

    /// The latest exchanges, the oldest first.
    #[must_use]
    pub fn exchanges(&self) -> Vec<RecordedExchange> {
        self.service.recorder.all()
    }

    /// The latest exchanges as an HTTP archive (HAR 1.2).
    #[must_use]
    pub fn har(&self) -> Value {
        recorder::har(self.url(), &self.exchanges())
    }

    /// The whole state, in the format of a seed.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        self.service.snapshot().value()
    }

    /// The length of an incomplete change at the end of the state file, which was ignored: an
    /// earlier sandbox was killed before it acknowledged that change.
    #[must_use]
    pub fn dropped_bytes(&self) -> usize {
        self.service.store.dropped()
    }

    /// Replaces the current faults.
    ///
    /// # Errors
    /// [`FaultError`] for the first impossible fault, for example with a rate of 7. The current
    /// faults are then kept.
    pub fn set_faults(&self, faults: Vec<Fault>) -> Result<(), FaultError> {
        self.service.faults.set(faults)
    }

    /// Stops when running requests are done, but after a second at most.
    ///
    /// If the future is dropped earlier, the sandbox ends as soon as it can, in the background.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}
