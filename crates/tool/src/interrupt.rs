//! Signals that end the process: Ctrl-C, and on Unix also SIGTERM and SIGHUP.

use std::{
    process,
    sync::atomic::{AtomicU8, Ordering},
    thread,
    time::Duration,
};

use crate::replace;

/// The maximum time for an orderly end: the reader of the reports may have stopped reading.
const PATIENCE: Duration = Duration::from_secs(5);

/// The number of SIGINT, which is the same on all systems.
const INTERRUPT: u8 = 2;

/// The signal that was received; 0 if none was.
static SIGNAL: AtomicU8 = AtomicU8::new(0);

/// Calls this at the first signal. The process ends at the second signal, or after five seconds,
/// and removes its temporary files in either case.
///
/// If the system does not allow that, the process ends at the first signal.
pub(crate) fn on_request(act: impl Fn() + Send + 'static) {
    listen(move |signal| {
        let before = SIGNAL.swap(signal, Ordering::Relaxed);
        if before != 0 {
            end();
        }
        act();
        thread::spawn(|| {
            thread::sleep(PATIENCE);
            end();
        });
    });
}

/// The exit code after a signal: 128 plus its number, as in shells.
pub(crate) fn exit_code() -> u8 {
    match SIGNAL.load(Ordering::Relaxed) {
        0 => 128 + INTERRUPT,
        signal => 128 + signal,
    }
}

fn end() {
    replace::remove_unfinished();
    process::exit(exit_code().into());
}

#[cfg(unix)]
fn listen(hear: impl Fn(u8) + Send + 'static) {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM},
        iterator::Signals,
    };
    let mut caught = vec![SIGINT, SIGTERM];
    if !is_ignored(SIGHUP) {
        caught.push(SIGHUP);
    }
    let Ok(mut signals) = Signals::new(caught) else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            hear(u8::try_from(signal).unwrap_or(INTERRUPT));
        }
    });
}

/// Whether the parent process wants the signal to be ignored, as `nohup` does. Only Linux reports
/// that.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status
        .lines()
        .find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_some_and(|signals| signals >> (signal - 1) & 1 == 1)
}

#[cfg(not(unix))]
fn listen(hear: impl Fn(u8) + Send + 'static) {
    let _ = ctrlc::set_handler(move || hear(INTERRUPT));
}
