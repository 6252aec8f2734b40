//! A progress bar for those who wait before a terminal.

use std::{
    io::{self, IsTerminal as _, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::Source;

/// What is over within this time needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it changes.
const PACE: Duration = Duration::from_millis(100);

/// How many bytes were read from the files, as they are there.
#[derive(Clone, Default)]
pub(crate) struct Counter(Arc<AtomicU64>);

impl Counter {
    /// Counts what is read from a source.
    pub fn count(&self, source: Source) -> Source {
        Box::new(Counted {
            source,
            counter: self.clone(),
        })
    }
}

struct Counted {
    source: Source,
    counter: Counter,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.counter.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// How far a run is. There is a bar only where stderr is a terminal, and only after a while.
pub(crate) struct Progress {
    bar: ProgressBar,
    counter: Counter,
    last: Instant,
    /// When the bar is to appear; none once it has, or if it never is to.
    appears: Option<Instant>,
    shown: bool,
    /// Whether reports go to the terminal that the bar is on.
    shares: bool,
}

impl Progress {
    /// For that many bytes, if it is known how many.
    pub fn new(counter: Counter, bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = match bytes {
            Some(_) => "{bytes}/{total_bytes} [{wide_bar}] {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes}, {bytes_per_sec}",
        };
        // The template is right; otherwise the default does.
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("=> "));
        let now = Instant::now();
        let appears = io::stderr().is_terminal().then(|| now + PATIENCE);
        Self {
            bar,
            counter,
            last: now,
            appears,
            shown: false,
            shares: io::stdout().is_terminal(),
        }
    }

    /// Does something that may write a report, and shows how far it is then.
    pub fn during<T>(&mut self, write: impl FnOnce() -> T) -> T {
        let outcome = if self.shown && self.shares {
            self.bar.suspend(write)
        } else {
            write()
        };
        let now = Instant::now();
        if (self.shown || self.appears.is_some()) && now - self.last >= PACE {
            self.last = now;
            if self.appears.is_some_and(|appears| now >= appears) {
                self.appears = None;
                self.shown = true;
                self.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
            self.bar
                .set_position(self.counter.0.load(Ordering::Relaxed));
        }
        outcome
    }
}

impl Drop for Progress {
    /// Takes the bar away.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
