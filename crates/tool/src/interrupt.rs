//! What asks the process to end: Ctrl-C, and on Unix SIGTERM and SIGHUP too.

use std::{
    process,
    sync::atomic::{AtomicU8, Ordering},
    thread,
    time::Duration,
};

use crate::replace;

/// How long it may take to end in order: whoever reads the reports may have stopped reading.
const PATIENCE: Duration = Duration::from_secs(5);

/// The number of SIGINT, which is the same on all systems.
const INTERRUPT: u8 = 2;

/// The signal that came; 0 before one does.
static SIGNAL: AtomicU8 = AtomicU8::new(0);

/// Calls this when the process is first asked to end. It is ended when it is asked again, or after
/// five seconds, and then leaves no temporary file either.
///
/// Where the system does not allow that, it ends at once, as without.
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

/// The exit code of a process that was asked to end: 128 and the number of the signal, as shells
/// have it.
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

/// Whether whoever started the process wants it to go on, as `nohup` does. Linux says so.
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
