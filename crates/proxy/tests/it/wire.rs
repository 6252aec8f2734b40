//! What all these tests share.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use kaizala_actions_proxy::{ProxiedExchange, Proxy, ProxyBuilder};

pub use crate::{
    http::{Answer, raw, read, request, send},
    upstream::{Upstream, ok, split},
};

pub const PATH: &str = "/v1/groups/g/actions";
pub const JOB: &str =
    r#"{"actionType":"Job","actionBody":{"title":"Doors","assignedTo":["+911234500001"]}}"#;
pub const UNTITLED: &str = r#"{"actionType":"Job","actionBody":{"assignedTo":["+911234500001"]}}"#;
/// What the contract wants as the answer to a post.
pub const POSTED: &str = r#"{"referenceId":"64bf61b5-12ff-4be7-a530-49a82f30da44","actionId":"ae4c043b-8aee-41b8-9fd6-1f50b3e63afc"}"#;

/// A proxy, and what it tells.
pub struct Started {
    pub proxy: Proxy,
    told: Arc<Mutex<Vec<ProxiedExchange>>>,
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// Starts a proxy; it has a thread of its own, so that a test needs no runtime.
pub fn start(builder: ProxyBuilder) -> Started {
    let told: Arc<Mutex<Vec<ProxiedExchange>>> = Arc::default();
    let own = told.clone();
    let builder = builder.observe(move |exchange| own.lock().unwrap().push(exchange.clone()));
    let proxy = runtime().block_on(builder.start()).expect("it starts");
    Started { proxy, told }
}

impl Started {
    pub fn send(&self, method: &str, path: &str, body: &str) -> Answer {
        send(self.proxy.address(), method, path, body)
    }

    pub fn raw(&self, text: impl AsRef<[u8]>) -> Answer {
        let text = text.as_ref();
        raw(self.proxy.address(), text)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(text)))
    }

    /// The exchanges so far, once there are this many.
    pub fn told(&self, count: usize) -> Vec<ProxiedExchange> {
        until("the exchanges are told", || {
            self.told.lock().unwrap().len() >= count
        });
        self.told.lock().unwrap().clone()
    }

    /// The rules of the findings about the only exchange.
    pub fn rules(&self) -> Vec<String> {
        rules(&self.told(1)[0])
    }

    /// The value of a metric.
    pub fn metric(&self, name: &str) -> u64 {
        let metrics = self.proxy.metrics();
        let line = metrics
            .lines()
            .find_map(|line| line.strip_prefix(&format!("kaizala_proxy_{name} ")));
        let value = line.unwrap_or_else(|| panic!("{name}: {metrics}"));
        value.parse().unwrap()
    }
}

pub fn rules(exchange: &ProxiedExchange) -> Vec<String> {
    let rows = exchange.findings.iter();
    rows.map(|row| row.finding.rule.to_string()).collect()
}

/// Waits, but not for ever.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < end, "not within 10 s: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The header fields of a message, without these, by their names.
pub fn fields(head: &str, without: &[&str]) -> Vec<String> {
    let lines = head.lines().skip(1);
    let is_named = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default().to_lowercase();
        !without.contains(&&*name)
    };
    let mut fields: Vec<_> = lines
        .filter(is_named)
        // White space after a value is not part of it.
        .map(|line| line.trim_end().to_owned())
        .collect();
    fields.sort();
    fields
}
