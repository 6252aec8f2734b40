//! A progress bar on a terminal.

use std::{
    io::{self, IsTerminal as _},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The delay before the bar appears.
const PATIENCE: Duration = Duration::from_secs(1);

/// The maximum number of updates in a second.
const PACE: u8 = 10;

/// The progress of a run. There is a bar only if stderr is a terminal, and only after a delay.
pub(crate) struct Progress {
    /// Counts the bytes that are read from the files, before decompression.
    pub bar: ProgressBar,
    /// When the bar appears.
    appears: Instant,
    /// Whether reports go to the same terminal as the bar.
    shares: bool,
}

impl Progress {
    /// A bar for this many bytes, if the number is known.
    pub fn new(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = match bytes {
            Some(_) => "{bytes}/{total_bytes} [{wide_bar}] {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes}, {bytes_per_sec}",
        };
        // The template is valid; if not, the default is used.
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("=> "));
        Self {
            bar,
            appears: Instant::now() + PATIENCE,
            shares: io::stdout().is_terminal(),
        }
    }

    /// Runs a function that may write a report, and then shows the progress.
    pub fn during<T>(&self, write: impl FnOnce() -> T) -> T {
        if self.bar.is_hidden() && Instant::now() >= self.appears {
            // It stays hidden if there is no terminal.
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
    /// Removes the bar.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
