//! A sandbox that runs.

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

/// How many large bodies are judged at once; each takes memory, and others wait.
const MOST_JUDGED: usize = 4;

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    service: Arc<Service>,
    stop: watch::Sender<bool>,
    /// Dropped to let the thread end without waiting for what is under way.
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
    /// Serves on a thread of its own what `prepare` makes there.
    ///
    /// # Errors
    /// What `prepare` says, or that there is no thread.
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
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(MOST_JUDGED)
            .build()?;
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(serve);
                // Nobody waits for the answer that is still being worked on.
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

    /// Where it is: an endpoint for a client, as in `http://127.0.0.1:4010`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.service.url
    }

    /// Where it listens.
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

    /// All that it remembers, in the format of a seed.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        self.service.snapshot().value()
    }

    /// The bytes of a change at the end of the state file that was cut when an earlier sandbox was
    /// killed, and was left out: nobody had been answered.
    #[must_use]
    pub fn dropped_bytes(&self) -> usize {
        self.service.store.dropped()
    }

    /// Lets these faults happen from now on, and no others.
    ///
    /// # Errors
    /// [`FaultError`] for the first that cannot be: with a rate of 7, say. Those that were set stay.
    pub fn set_faults(&self, faults: Vec<Fault>) -> Result<(), FaultError> {
        self.service.faults.set(faults)
    }

    /// Stops when what is under way is done, or has taken a second.
    ///
    /// Whoever drops the future before that does not wait for it, and the sandbox ends as soon as
    /// it can.
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
