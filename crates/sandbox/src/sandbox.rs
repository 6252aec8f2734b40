//! A running sandbox.

use std::{fmt, io, net::SocketAddr, sync::Arc, thread::JoinHandle};

use serde_json::Value;
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
};

use super::{
    fault::{Fault, FaultError},
    recorder::{self, RecordedExchange},
    server,
    service::Service,
};

/// The maximum number of large bodies that are judged at once; each takes memory, so others wait.
const MOST_JUDGED: usize = 4;

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    /// Dropped to end the thread without waiting for running requests.
    now: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
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
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = watch::channel(false);
        let (now, at_once) = oneshot::channel();
        let serve = async move {
            let (listener, service) = match prepare.await {
                Ok((listener, service)) => (listener, Arc::new(service)),
                Err(error) => {
                    // The caller may be gone.
                    let _ = ready.send(Err(error));
                    return;
                }
            };
            let _ = ready.send(Ok(service.clone()));
            tokio::select! {
                () = server::run(listener, service, stopped) => {}
                _ = at_once => {}
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(MOST_JUDGED)
            .build()?;
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(serve);
                // Running requests are no longer awaited.
                runtime.shutdown_background();
            })?;
        let gone = |_| io::Error::other("the thread ended");
        let service = started.await.map_err(gone)??;
        Ok(Self {
            service,
            stop,
            now: Some(now),
            thread: Some(thread),
        })
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
    pub async fn stop(mut self) {
        let thread = self.thread.take();
        // The thread may have ended already.
        let _ = self.stop.send(true);
        if let Some(now) = &mut self.now {
            now.closed().await;
        }
        if let Some(thread) = thread {
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
