//! What happened so far, in the text format of OpenMetrics 1.0.
//!
//! Written by hand: the crate `prometheus-client` brings macros and locks for labels that are known
//! here, and the text of them is all that is needed.

use std::{
    collections::BTreeMap,
    fmt::{Display, Write as _},
    sync::Mutex,
    time::Duration,
};

use kaizala_actions::lint::Severity;
use kaizala_actions_http::{PartFinding, lock};

use super::{copy::Unjudged, draft::Draft, exchange::Outcome};

/// The media type of the text.
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

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

#[derive(Default)]
pub(super) struct Metrics(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    exchanges: BTreeMap<(&'static str, Outcome), u64>,
    findings: BTreeMap<(&'static str, String, Severity), u64>,
    unjudged: BTreeMap<Unjudged, u64>,
    malformed: u64,
    upstream: Times,
    judging: Times,
}

/// How often which time was needed.
#[derive(Default)]
struct Times {
    /// One more than there are bounds.
    classes: [u64; BOUNDS.len() + 1],
    sum: f64,
}

impl Times {
    fn add(&mut self, time: Duration) {
        let seconds = time.as_secs_f64();
        let class = BOUNDS.partition_point(|bound| *bound < seconds);
        self.classes[class] += 1;
        self.sum += seconds;
    }
}

impl Metrics {
    /// A request was refused because of its head.
    pub fn malformed(&self) {
        lock(&self.0).malformed += 1;
    }

    /// An exchange is over.
    pub fn exchange(&self, draft: &Draft, unjudged: &[Unjudged], findings: &[PartFinding]) {
        let counts = &mut *lock(&self.0);
        let operation = match draft.operation {
            Some(operation) => operation.as_str(),
            None if draft.is_foreign => OTHER,
            None => UNKNOWN,
        };
        *counts
            .exchanges
            .entry((operation, draft.outcome))
            .or_default() += 1;
        for reason in unjudged {
            *counts.unjudged.entry(*reason).or_default() += 1;
        }
        for row in findings {
            let key = (
                operation,
                row.finding.rule.to_string(),
                row.finding.severity,
            );
            *counts.findings.entry(key).or_default() += 1;
        }
        if let Some(time) = draft.upstream {
            counts.upstream.add(time);
        }
        if !draft.is_foreign {
            counts.judging.add(draft.judging);
        }
    }

    /// All that is known now.
    pub fn text(&self, now: &Now) -> String {
        let counts = lock(&self.0);
        let mut text = Text::default();
        text.family("exchanges", "counter", "Exchanges that are over");
        for ((operation, outcome), count) in &counts.exchanges {
            let labels = format!("operation=\"{operation}\",outcome=\"{outcome}\"");
            text.sample("exchanges_total", &labels, count);
        }
        text.family("findings", "counter", "Findings about them");
        for ((operation, rule, severity), count) in &counts.findings {
            let severity = severity.name();
            let labels =
                format!("operation=\"{operation}\",rule=\"{rule}\",severity=\"{severity}\"");
            text.sample("findings_total", &labels, count);
        }
        text.family("unjudged_bodies", "counter", "Bodies that were not judged");
        for reason in Unjudged::ALL {
            let count = counts.unjudged.get(&reason).copied().unwrap_or_default();
            text.sample(
                "unjudged_bodies_total",
                &format!("reason=\"{reason}\""),
                count,
            );
        }
        text.family(
            "malformed_requests",
            "counter",
            "Requests refused for their heads",
        );
        text.sample("malformed_requests_total", "", counts.malformed);
        let (written, dropped) = now.records;
        text.family("records", "counter", "Exchanges in the record");
        text.sample("records_total", "", written);
        text.family(
            "records_dropped",
            "counter",
            "Exchanges that should be in it and are not",
        );
        text.sample("records_dropped_total", "", dropped);
        text.family("in_flight", "gauge", "Exchanges that are not over");
        text.sample("in_flight", "", now.in_flight);
        text.family("buffered_bytes", "gauge", "Memory for bodies");
        text.sample("buffered_bytes", "", now.buffered);
        if let Some(mirrored) = now.mirrored {
            text.family("mirrored", "counter", "Copies of requests for the mirror");
            for (outcome, count) in mirrored {
                text.sample("mirrored_total", &format!("outcome=\"{outcome}\""), count);
            }
        }
        if let Some(count) = now.without_tls {
            text.family(
                "tls_failures",
                "counter",
                "Connections without TLS, or closed during its handshake",
            );
            text.sample("tls_failures_total", "", count);
        }
        text.times(
            "upstream_seconds",
            "Time until the upstream answers",
            &counts.upstream,
        );
        text.times(
            "judging_seconds",
            "Time to judge an exchange",
            &counts.judging,
        );
        text.0.push_str("# EOF\n");
        text.0
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(
            self.0,
            "# TYPE kaizala_proxy_{name} {kind}\n# HELP kaizala_proxy_{name} {help}"
        );
    }

    fn sample(&mut self, name: &str, labels: &str, value: impl Display) {
        let _ = match labels {
            "" => writeln!(self.0, "kaizala_proxy_{name} {value}"),
            _ => writeln!(self.0, "kaizala_proxy_{name}{{{labels}}} {value}"),
        };
    }

    fn times(&mut self, name: &str, help: &str, times: &Times) {
        self.family(name, "histogram", help);
        let mut sum = 0;
        let infinity = "+Inf".to_owned();
        let bounds = BOUNDS
            .iter()
            .map(|bound| format!("{bound:?}"))
            .chain([infinity]);
        for (bound, count) in bounds.zip(times.classes) {
            sum += count;
            self.sample(&format!("{name}_bucket"), &format!("le=\"{bound}\""), sum);
        }
        self.sample(&format!("{name}_count"), "", sum);
        self.sample(&format!("{name}_sum"), "", times.sum);
    }
}
