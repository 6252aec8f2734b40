//! The log of the proxy. It is written in a thread of its own: the reader of stderr may be slow.
//! The exchanges come from `crates/proxy` with secrets and phone numbers masked.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, SyncSender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use kaizala_actions::lint::printable;
use kaizala_actions_proxy::{Outcome, PartFinding, ProxiedExchange};
use serde_json::json;

use super::args::LogFormat;
use crate::{
    inert::inert,
    text::{brief, count},
};

/// The exchanges whose lines wait to be written; more are dropped.
const MOST: usize = 1024;

/// How long the end waits for the lines that are left.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct Log {
    format: LogFormat,
    sender: SyncSender<String>,
    dropped: Arc<AtomicUsize>,
    ended: mpsc::Receiver<()>,
    _thread: JoinHandle<()>,
}

impl Log {
    /// # Errors
    /// The system provides no thread.
    pub fn start(format: LogFormat) -> io::Result<Self> {
        let (sender, receiver) = mpsc::sync_channel::<String>(MOST);
        let (end, ended) = mpsc::channel();
        let dropped = Arc::new(AtomicUsize::new(0));
        let missing = dropped.clone();
        let thread = thread::Builder::new().name("log".to_owned());
        let thread = thread.spawn(move || {
            for mut lines in receiver {
                let missing = missing.swap(0, Ordering::Relaxed);
                if missing > 0 {
                    let _ = writeln!(lines, "note: {} not logged", count(missing, "exchange"));
                }
                // Ignore errors: stderr may be closed.
                let _ = io::stderr().write_all(lines.as_bytes());
            }
            // The caller may be gone.
            let _ = end.send(());
        })?;
        Ok(Self {
            format,
            sender,
            dropped,
            ended,
            _thread: thread,
        })
    }

    /// What logs an exchange.
    pub fn observer(&self) -> impl Fn(&ProxiedExchange) + Send + Sync + 'static {
        let (format, sender, dropped) = (self.format, self.sender.clone(), self.dropped.clone());
        move |exchange| {
            let lines = match format {
                LogFormat::Text => text(exchange),
                LogFormat::Json => json(exchange),
            };
            if sender.try_send(lines).is_err() {
                dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Writes what is left, but not for long.
    pub fn end(self) {
        drop(self.sender);
        let _ = self.ended.recv_timeout(PATIENCE);
    }
}

/// The path. The query is left out.
fn path(exchange: &ProxiedExchange) -> &str {
    exchange.target.split('?').next().unwrap_or_default()
}

/// `POST /v1/groups/g/actions 200 1.2 ms, upstream 0.9 ms, 1 finding`, and a line for each finding.
fn text(exchange: &ProxiedExchange) -> String {
    let mut line = format!(
        "{} {}",
        printable(&exchange.method),
        printable(path(exchange))
    );
    let _ = match exchange.status {
        Some(status) => write!(line, " {status}"),
        None => write!(line, " cut"),
    };
    let _ = write!(line, " {:.1} ms", milliseconds(exchange.duration));
    if let Some(upstream) = exchange.upstream {
        let _ = write!(line, ", upstream {:.1} ms", milliseconds(upstream));
    }
    match exchange.outcome {
        Outcome::Passed => {}
        Outcome::RequestRefused => line.push_str(", request refused"),
        Outcome::ResponseRefused => line.push_str(", response refused"),
        Outcome::UpstreamFailed => line.push_str(", upstream failed"),
        _ => line.push_str(", not complete"),
    }
    if let Some(problem) = &exchange.problem {
        let _ = write!(line, ": {}", brief(problem));
    }
    for reason in &exchange.unjudged {
        let _ = write!(line, ", a body not checked ({reason})");
    }
    if let number @ 1.. = exchange.findings.len() {
        let _ = write!(line, ", {}", count(number, "finding"));
    }
    let mut lines = format!("{}\n", inert(&line));
    for row in &exchange.findings {
        let _ = writeln!(lines, "  {}", inert(&finding(row)));
    }
    lines
}

/// `error[KZ301] missing-member: message (request.body /actionBody)`.
fn finding(row: &PartFinding) -> String {
    let found = &row.finding;
    let part = row.part.map_or("", |part| part.name());
    let place = format!("{part} {}", found.pointer);
    format!(
        "{}[{}] {}: {} ({})",
        found.severity.name(),
        found.rule,
        found.name,
        brief(&found.message),
        brief(place.trim())
    )
}

fn json(exchange: &ProxiedExchange) -> String {
    let line = json!({
        "exchange": {
            "method": exchange.method,
            "path": path(exchange),
            "status": exchange.status,
            "milliseconds": milliseconds(exchange.duration),
            "upstreamMilliseconds": exchange.upstream.map(milliseconds),
            "operation": exchange.operation,
            "outcome": exchange.outcome.name(),
            "problem": exchange.problem,
            "notChecked": exchange.unjudged.iter().map(|it| it.name()).collect::<Vec<_>>(),
            "findings": exchange.findings.len(),
        }
    });
    let mut lines = format!("{}\n", inert(&line.to_string()));
    for row in &exchange.findings {
        let line = json!({"finding": row});
        let _ = writeln!(lines, "{}", inert(&line.to_string()));
    }
    lines
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}
