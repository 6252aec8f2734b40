//! A server in a thread of its own, for programs without a runtime and tests with any.

use std::{fmt, future::Future, io, thread::JoinHandle};

use tokio::sync::{oneshot, watch};

/// The maximum number of large bodies that are judged at once; each takes memory, so others wait.
const MOST_JUDGED: usize = 4;

/// A running server. It ends when it is dropped.
pub struct Running {
    stop: watch::Sender<bool>,
    /// Dropped to end the thread without waiting for running requests.
    now: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").finish_non_exhaustive()
    }
}

impl Running {
    /// Starts a thread of this name, in which it awaits `prepare` and then what `serve` makes of
    /// that until it ends. `serve` gets what says when to stop.
    ///
    /// # Errors
    /// The error of `prepare`, or that a thread could not be started.
    pub async fn start<T, L, E, P, F, S>(name: &str, prepare: P, serve: F) -> Result<(T, Self), E>
    where
        T: Clone + Send + 'static,
        E: From<io::Error> + Send + 'static,
        P: Future<Output = Result<(T, L), E>> + Send + 'static,
        F: FnOnce(T, L, watch::Receiver<bool>) -> S + Send + 'static,
        S: Future<Output = ()> + Send,
    {
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = watch::channel(false);
        let (now, at_once) = oneshot::channel::<()>();
        let work = async move {
            let (prepared, listener) = match prepare.await {
                Ok(prepared) => prepared,
                Err(error) => {
                    // The caller may be gone.
                    let _ = ready.send(Err(error));
                    return;
                }
            };
            let _ = ready.send(Ok(prepared.clone()));
            tokio::select! {
                () = serve(prepared, listener, stopped) => {}
                _ = at_once => {}
            }
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(MOST_JUDGED)
            .build()?;
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                runtime.block_on(work);
                // Running requests are no longer awaited.
                runtime.shutdown_background();
            })?;
        let gone = |_| io::Error::other("the thread ended");
        let prepared = started.await.map_err(gone)??;
        let running = Self {
            stop,
            now: Some(now),
            thread: Some(thread),
        };
        Ok((prepared, running))
    }

    /// Stops when running requests are done.
    ///
    /// If the future is dropped earlier, the server ends as soon as it can, in the background.
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

impl Drop for Running {
    fn drop(&mut self) {
        self.now = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
