//! Copies of requests for a second server, whose answers are dropped.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use http_body_util::BodyExt as _;
use hyper::header::EXPECT;
use tokio::{sync::Semaphore, time::timeout};

use super::{bodies::Passing, draft::Draft, upstream::Upstream};

/// How many copies are on their way at once. If the server is slower than the upstream, others are
/// dropped: they must not wait in memory.
const MOST: usize = 256;

/// Where copies go.
pub(super) struct Mirror {
    server: Upstream,
    /// The time for a copy and its answer.
    time: Duration,
    room: Arc<Semaphore>,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    sent: AtomicU64,
    failed: AtomicU64,
    dropped: AtomicU64,
}

impl fmt::Debug for Mirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mirror").finish_non_exhaustive()
    }
}

impl Mirror {
    pub fn new(server: Upstream, time: Duration) -> Self {
        Self {
            server,
            time,
            room: Arc::new(Semaphore::new(MOST)),
            counts: Counts::default(),
        }
    }

    /// Sends a copy of the request of an exchange that is over, in the background. The draft's share
    /// of the memory for bodies is held until then.
    pub fn send(self: Arc<Self>, mut draft: Draft) {
        let Some((mut headers, extensions)) = draft.sent.take() else {
            // It never reached the upstream.
            return;
        };
        // The whole body is sent at once.
        headers.remove(EXPECT);
        let request = draft.request;
        let (Ok(bytes), Ok(place)) = (
            request.body.whole(),
            Arc::clone(&self.room).try_acquire_owned(),
        ) else {
            return count(&self.counts.dropped);
        };
        let body = Passing::own(bytes);
        let copy = self.server.request(&draft.head, headers, extensions, body);
        tokio::spawn(async move {
            let answer = async {
                let mut answer = self.server.send(copy?).await.ok()?;
                // To its end, so that the connection can be used again.
                while let Some(Ok(_)) = answer.frame().await {}
                Some(())
            };
            match timeout(self.time, answer).await {
                Ok(Some(())) => count(&self.counts.sent),
                _ => count(&self.counts.failed),
            }
            drop((request, place));
        });
    }

    /// Where copies go.
    pub fn server(&self) -> &Upstream {
        &self.server
    }

    /// Whether no copy is on its way.
    pub fn is_idle(&self) -> bool {
        self.room.available_permits() == MOST
    }

    /// How many copies there were, by what became of them.
    pub fn counts(&self) -> [(&'static str, u64); 3] {
        let now = |count: &AtomicU64| count.load(Ordering::Relaxed);
        [
            ("sent", now(&self.counts.sent)),
            ("failed", now(&self.counts.failed)),
            ("dropped", now(&self.counts.dropped)),
        ]
    }
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
