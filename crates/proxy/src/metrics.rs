//! What happened so far, in the text format of OpenMetrics 1.0.

use std::time::Duration;

use kaizala_actions_http::PartFinding;
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::{ConstCounter, Counter},
        family::Family,
        gauge::ConstGauge,
        histogram::Histogram,
    },
    registry::{Metric, Registry},
};

use super::{copy::Unjudged, draft::Draft};

/// The media type of the text.
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What all names begin with.
const PREFIX: &str = "kaizala_proxy";

/// The upper bounds of the classes of a time, in seconds.
const BOUNDS: [f64; 12] = [
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0,
];

/// Neither an operation of the contract nor a path of it.
const OTHER: &str = "other";
/// A path of the contract with a method or a spelling that it does not have.
const UNKNOWN: &str = "unknown";

/// What others know.
pub(super) struct Now {
    /// The exchanges in the record, and those that should be.
    pub records: (u64, u64),
    pub in_flight: usize,
    /// The memory for bodies.
    pub buffered: usize,
    /// Copies of requests, if there is a mirror.
    pub mirrored: Option<[(&'static str, u64); 3]>,
    /// Connections without TLS, if clients must speak it.
    pub without_tls: Option<u64>,
}

pub(super) struct Metrics {
    registry: Registry,
    exchanges: Family<OfExchange, Counter>,
    findings: Family<OfFinding, Counter>,
    unjudged: Family<OfBody, Counter>,
    malformed: Counter,
    upstream: Histogram,
    judging: Histogram,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfExchange {
    operation: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfFinding {
    operation: &'static str,
    rule: String,
    severity: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfBody {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfCopy {
    outcome: &'static str,
}

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        let all = &mut registry;
        let metrics = Self {
            exchanges: add(all, "exchanges", "Exchanges that are over"),
            findings: add(all, "findings", "Findings about them"),
            unjudged: add(all, "unjudged_bodies", "Bodies that were not judged"),
            malformed: add(
                all,
                "malformed_requests",
                "Requests refused for their heads",
            ),
            upstream: times(all, "upstream_seconds", "Time until the upstream answers"),
            judging: times(all, "judging_seconds", "Time to judge an exchange"),
            registry,
        };
        // There from the beginning, so that an increase is seen.
        for reason in Unjudged::ALL.map(Unjudged::name) {
            drop(metrics.unjudged.get_or_create(&OfBody { reason }));
        }
        metrics
    }

    /// A request was refused because of its head.
    pub fn malformed(&self) {
        self.malformed.inc();
    }

    /// An exchange is over.
    pub fn exchange(&self, draft: &Draft, unjudged: &[Unjudged], findings: &[PartFinding]) {
        let operation = match draft.operation {
            Some(operation) => operation.as_str(),
            None if draft.is_foreign => OTHER,
            None => UNKNOWN,
        };
        let outcome = draft.outcome.name();
        let labels = OfExchange { operation, outcome };
        self.exchanges.get_or_create(&labels).inc();
        for reason in unjudged.iter().map(|reason| reason.name()) {
            self.unjudged.get_or_create(&OfBody { reason }).inc();
        }
        for PartFinding { finding, .. } in findings {
            let labels = OfFinding {
                operation,
                rule: finding.rule.to_string(),
                severity: finding.severity.name(),
            };
            self.findings.get_or_create(&labels).inc();
        }
        let seconds = |time: Duration| time.as_secs_f64();
        if let Some(time) = draft.upstream {
            self.upstream.observe(seconds(time));
        }
        if !draft.is_foreign {
            self.judging.observe(seconds(draft.judging));
        }
    }

    /// All that is known now.
    pub fn text(&self, now: &Now) -> String {
        let mut text = String::new();
        let others = now.registry();
        // To write to a string does not fail.
        let _ = text::encode_registry(&mut text, &self.registry)
            .and_then(|()| text::encode(&mut text, &others));
        text
    }
}

fn add<M: Metric + Clone + Default>(registry: &mut Registry, name: &str, help: &str) -> M {
    let metric = M::default();
    registry.register(name, help, metric.clone());
    metric
}

fn times(registry: &mut Registry, name: &str, help: &str) -> Histogram {
    let times = Histogram::new(BOUNDS);
    registry.register(name, help, times.clone());
    times
}

impl Now {
    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix(PREFIX);
        let (written, dropped) = self.records;
        let written = ConstCounter::new(written);
        registry.register("records", "Exchanges in the record", written);
        let help = "Exchanges that should be in it and are not";
        registry.register("records_dropped", help, ConstCounter::new(dropped));
        let in_flight = ConstGauge::new(self.in_flight as u64);
        registry.register("in_flight", "Exchanges that are not over", in_flight);
        let buffered = ConstGauge::new(self.buffered as u64);
        registry.register("buffered_bytes", "Memory for bodies", buffered);
        if let Some(mirrored) = self.mirrored {
            let family = Family::<OfCopy, Counter>::default();
            for (outcome, count) in mirrored {
                family.get_or_create(&OfCopy { outcome }).inc_by(count);
            }
            registry.register("mirrored", "Copies of requests for the mirror", family);
        }
        if let Some(count) = self.without_tls {
            let help = "Connections without TLS, or closed during its handshake";
            registry.register("tls_failures", help, ConstCounter::new(count));
        }
        registry
    }
}
