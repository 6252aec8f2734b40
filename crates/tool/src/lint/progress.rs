//! A progress bar for those who wait before a terminal.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is over within this time needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it changes, at most, in a second.
const PACE: u8 = 10;

/// How far a run is. There is a bar only where stderr is a terminal, and only after a while.
pub(crate) struct Progress {
    /// What the bytes are counted by that are read from the files, as they are there.
    pub bar: ProgressBar,
    /// When the bar is to appear.
    appears: Instant,
    /// Whether reports go to the terminal that the bar is on.
    shares: bool,
}

impl Progress {
    /// For that many bytes, if it is known how many.
    pub fn new(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = match bytes {
            Some(_) => "{bytes}/{total_bytes} [{wide_bar}] {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes}, {bytes_per_sec}",
        };
        // The template is right; otherwise the default does.
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("=> "));
        Self {
            bar,
            appears: Instant::now() + PATIENCE,
            shares: io::stdout().is_terminal(),
        }
    }

    /// Does something that may write a report, and shows how far it is then.
    pub fn during<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.bar.is_hidden() && Instant::now() >= self.appears {
            // It stays hidden where that is no terminal.
            let stderr = ProgressDrawTarget::stderr_with_hz(PACE);
            self.bar.set_draw_target(stderr);
        }
        if self.shares && !self.bar.is_hidden() {
            self.bar.suspend(write)
        } else {
            write()
        }
    }
}

impl Drop for Progress {
    /// Takes the bar away.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
