//! A progress bar for those who wait before a terminal.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is over within this time needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it changes.
const PACE: Duration = Duration::from_millis(100);

/// How far a run is.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    last: Instant,
    bytes: u64,
    shown: bool,
}

impl Progress {
    /// For that many bytes, if it is known how many. There is no bar where stderr is no terminal.
    pub fn new(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = match bytes {
            Some(_) => "{bytes}/{total_bytes} [{wide_bar}] {bytes_per_sec}, {eta} left",
            None => "{bytes} {spinner} {bytes_per_sec}",
        };
        // The template is right, or the default does.
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("=> "));
        let now = Instant::now();
        Self { bar, begun: now, last: now, bytes: 0, shown: false }
    }

    /// So many bytes more are done.
    pub fn add(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
        let now = Instant::now();
        if now - self.last < PACE {
            return;
        }
        self.last = now;
        if !self.shown && now - self.begun >= PATIENCE && io::stderr().is_terminal() {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.reset_elapsed();
        }
        self.bar.set_position(self.bytes);
    }

    /// Does something that may write to the terminal.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.shown { self.bar.suspend(write) } else { write() }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
