//! Records exchanges in a file, a line of JSON for each, which `lint` reads.
//!
//! A line is one write to the end of the file, and is in it once it is written, even if the process
//! is killed. A line that was cut by that is taken away when the file is opened again.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{self, SyncSender, TrySendError},
    },
    thread::{self, JoinHandle},
};

use kaizala_actions_http::lock;

/// The lines that wait to be written, in number and in bytes; more are dropped.
const MOST_LINES: usize = 1024;
const MOST_BYTES: usize = 16 << 20;

/// What is read at once to find the last whole line.
const PIECE: u64 = 64 << 10;

/// What to record, and where.
#[derive(Clone, Debug)]
pub(super) struct Recording {
    pub file: PathBuf,
    /// Whether secrets and phone numbers stay.
    pub has_secrets: bool,
    /// The size at which the file is replaced.
    pub most: Option<u64>,
    /// Only exchanges that would be refused.
    pub only_failing: bool,
    /// The share of the exchanges.
    pub sample: f64,
}

impl Default for Recording {
    fn default() -> Self {
        Self {
            file: PathBuf::new(),
            has_secrets: false,
            most: None,
            only_failing: false,
            sample: 1.0,
        }
    }
}

/// Work for the thread that writes.
enum Work {
    Line(String),
    Flush(mpsc::Sender<()>),
}

pub(super) struct Recorder {
    options: Recording,
    sender: Option<SyncSender<Work>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    shared: Arc<Shared>,
    /// The exchanges so far.
    seen: AtomicU64,
}

/// What the thread that writes reports.
#[derive(Default)]
struct Shared {
    /// Why the latest line could not be written.
    failure: Mutex<Option<String>>,
    waiting: AtomicUsize,
    written: AtomicU64,
    dropped: AtomicU64,
}

impl Recorder {
    /// Opens the file.
    ///
    /// # Errors
    /// The file cannot be used, or there is no thread.
    pub fn new(options: Recording) -> io::Result<Self> {
        let mut writer = Writer::open(&options.file, options.most)?;
        let (sender, receiver) = mpsc::sync_channel(MOST_LINES);
        let shared = Arc::new(Shared::default());
        let own = shared.clone();
        let thread = thread::Builder::new().name("recorder".to_owned());
        let thread = thread.spawn(move || {
            for work in receiver {
                match work {
                    Work::Line(line) => {
                        let written = writer.write(&line);
                        let counter = match &written {
                            Ok(()) => &own.written,
                            Err(_) => &own.dropped,
                        };
                        counter.fetch_add(1, Ordering::Relaxed);
                        *lock(&own.failure) = written.err().map(|error| error.to_string());
                        own.waiting.fetch_sub(line.len(), Ordering::Relaxed);
                    }
                    // The caller may be gone.
                    Work::Flush(done) => drop(done.send(())),
                }
            }
        })?;
        Ok(Self {
            options,
            sender: Some(sender),
            thread: Mutex::new(Some(thread)),
            shared,
            seen: AtomicU64::new(0),
        })
    }

    /// Whether an exchange should be recorded.
    pub fn wants(&self, fails: bool) -> bool {
        if self.options.only_failing && !fails {
            return false;
        }
        let seen = self.seen.fetch_add(1, Ordering::Relaxed);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a count of exchanges is small enough"
        )]
        let before = (seen as f64 * self.options.sample).floor();
        #[expect(clippy::cast_precision_loss, reason = "as above")]
        let after = ((seen + 1) as f64 * self.options.sample).floor();
        after > before
    }

    pub fn masks(&self) -> bool {
        !self.options.has_secrets
    }

    pub fn add(&self, line: String) {
        let length = line.len();
        let waiting = self.shared.waiting.fetch_add(length, Ordering::Relaxed);
        let sent = if waiting + length > MOST_BYTES {
            false
        } else {
            let work = Work::Line(line);
            let sender = self.sender.as_ref();
            sender.is_some_and(|sender| match sender.try_send(work) {
                Ok(()) => true,
                Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => false,
            })
        };
        if !sent {
            self.shared.waiting.fetch_sub(length, Ordering::Relaxed);
            self.dropped();
        }
    }

    /// An exchange that should be recorded was not.
    pub fn dropped(&self) {
        self.shared.dropped.fetch_add(1, Ordering::Relaxed);
    }

    /// The numbers of exchanges that were recorded, and that should have been.
    pub fn counts(&self) -> (u64, u64) {
        let load = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        (load(&self.shared.written), load(&self.shared.dropped))
    }

    /// Why the latest line could not be written, if it could not.
    pub fn failure(&self) -> Option<String> {
        lock(&self.shared.failure).clone()
    }

    /// Waits until all lines have been written.
    pub fn flush(&self) {
        let (done, flushed) = mpsc::channel();
        if let Some(sender) = &self.sender
            && sender.send(Work::Flush(done)).is_ok()
        {
            let _ = flushed.recv();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = lock(&self.thread).take() {
            let _ = thread.join();
        }
    }
}

struct Writer {
    file: File,
    path: PathBuf,
    length: u64,
    most: Option<u64>,
}

impl Writer {
    fn open(path: &Path, most: Option<u64>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // It has what people wrote.
            options.mode(0o600);
        }
        let mut file = options.open(path)?;
        let mut length = file.metadata()?.len();
        // A pipe has no end to look at.
        if file.metadata()?.is_file() {
            let whole = whole_lines(&mut file, length)?;
            if whole < length {
                file.set_len(whole)?;
                length = whole;
            }
        }
        Ok(Self {
            file,
            path: path.to_owned(),
            length,
            most,
        })
    }

    fn write(&mut self, line: &str) -> io::Result<()> {
        let after = self.length + line.len() as u64;
        if self.length > 0 && self.most.is_some_and(|most| after > most) {
            let mut old = self.path.clone().into_os_string();
            old.push(".1");
            fs::rename(&self.path, old)?;
            *self = Self::open(&self.path, self.most)?;
        }
        let written = self.file.write_all(line.as_bytes());
        if written.is_err() {
            // As on a full disk. What there is of the line would spoil the next one.
            let _ = self.file.set_len(self.length);
        } else {
            self.length += line.len() as u64;
        }
        written
    }
}

/// The length of the whole lines of a file.
fn whole_lines(file: &mut File, length: u64) -> io::Result<u64> {
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(PIECE);
        let mut piece = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        file.take(end - start).read_to_end(&mut piece)?;
        if let Some(at) = piece.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_line_is_taken_away_and_a_long_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.ndjson");
        let long = "x".repeat(200_000);
        for (before, after) in [
            ("", ""),
            ("{}\n", "{}\n"),
            ("{}\n{\"a", "{}\n"),
            ("{\"a", ""),
            (&*format!("{{}}\n{long}"), "{}\n"),
            (&*format!("{long}\n{long}"), &*format!("{long}\n")),
        ] {
            fs::write(&path, before).unwrap();
            let mut writer = Writer::open(&path, None).unwrap();
            writer.write("{}\n").unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), format!("{after}{{}}\n"));
        }
        fs::write(&path, "").unwrap();
        let mut writer = Writer::open(&path, Some(10)).unwrap();
        for line in ["12345\n", "123\n", "1\n"] {
            writer.write(line).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "1\n");
        let old = folder.path().join("record.ndjson.1");
        assert_eq!(fs::read_to_string(old).unwrap(), "12345\n123\n");
    }
}
