//! What all connections share.

use std::{
    fmt,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use kaizala_actions_http as http;

use super::{
    budget::Budget,
    exchange::ProxiedExchange,
    metrics::{Metrics, Now},
    mirror::Mirror,
    record::Recorder,
    refusal::Wording,
    rules::Rules,
    tls::Tls,
    upstream::Upstream,
};

/// Called with every exchange.
pub(super) type Observer = Arc<dyn Fn(&ProxiedExchange) + Send + Sync>;

/// Limits of size and time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The size of all bodies in memory.
    pub buffer: usize,
    /// The number of connections.
    pub connections: usize,
    /// The time for the head of a request.
    pub head: Duration,
    /// The time between two parts of a body.
    pub idle: Duration,
    /// The time to connect to the upstream.
    pub connect: Duration,
    /// The time from the end of a request to the head of the upstream's response.
    pub upstream: Duration,
    /// The time for an exchange.
    pub total: Duration,
    /// The time for running exchanges once the proxy stops.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            buffer: 64 << 20,
            connections: 16_384,
            head: seconds(30),
            idle: seconds(60),
            connect: seconds(5),
            upstream: seconds(60),
            total: seconds(300),
            grace: seconds(10),
        }
    }
}

impl Limits {
    pub fn of_connections(&self) -> http::Limits {
        http::Limits {
            connections: self.connections,
            head: self.head,
            grace: self.grace,
            keeps_case: true,
        }
    }
}

/// What all connections share.
pub(super) struct Service {
    /// Those for exchanges that begin now.
    pub rules: RwLock<Arc<Rules>>,
    /// Whether paths of other APIs are refused.
    pub is_closed: bool,
    pub adds_forwarded: bool,
    pub wording: Wording,
    pub limits: Limits,
    pub upstream: Upstream,
    pub mirror: Option<Arc<Mirror>>,
    /// If clients speak TLS.
    pub tls: Option<Arc<Tls>>,
    pub budget: Arc<Budget>,
    pub metrics: Metrics,
    pub recorder: Option<Recorder>,
    pub observer: Option<Observer>,
    /// Exchanges that have not been judged to the end.
    pub in_flight: AtomicUsize,
    /// Whether no new connections are accepted.
    pub is_draining: AtomicBool,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

impl Service {
    pub fn rules(&self) -> Arc<Rules> {
        let rules = self.rules.read();
        rules.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_rules(&self, rules: Rules) {
        let now = self.rules.write();
        *now.unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
    }

    /// What clients speak.
    pub fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }

    /// What happened so far.
    pub fn told(&self) -> String {
        let recorder = self.recorder.as_ref();
        self.metrics.text(&Now {
            records: recorder.map(Recorder::counts).unwrap_or_default(),
            in_flight: self.in_flight.load(Ordering::Relaxed),
            buffered: self.budget.used(),
            mirrored: self.mirror.as_ref().map(|mirror| mirror.counts()),
            without_tls: self.tls.as_ref().map(|tls| tls.failures()),
        })
    }

    /// Waits until all exchanges have been judged and mirrored, but not for long.
    pub async fn drained(&self) {
        let end = tokio::time::Instant::now() + self.limits.grace;
        let is_busy = || {
            let mut mirror = self.mirror.iter();
            self.in_flight.load(Ordering::Relaxed) > 0 || mirror.any(|mirror| !mirror.is_idle())
        };
        while is_busy() && tokio::time::Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if let Some(recorder) = &self.recorder {
            recorder.flush();
        }
    }
}
