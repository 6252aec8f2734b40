//! Runs of the tool whose memory is watched.

use std::{
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

/// The binary of this build, or a release build that `KAIZALA_ACTIONS` names, which is then held to
/// what it promises.
pub static TOOL: LazyLock<String> =
    LazyLock::new(|| release().unwrap_or_else(|| env!("CARGO_BIN_EXE_kaizala-actions").to_owned()));

pub fn release() -> Option<String> {
    std::env::var("KAIZALA_ACTIONS").ok()
}

pub const JOB: &str = r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#;
pub const UNTITLED: &str = r#"{"actionType":"Job","actionBody":{"assignedTo":["+911234500001"]}}"#;
pub const FORMATS: [&str; 11] = [
    "full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown",
    "summary", "html",
];

/// What the tool answered.
pub struct Answer {
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: String,
    /// The most memory that it had, in KiB; 0 where the system does not tell.
    pub peak: u64,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.out.clone()).expect("UTF-8")
    }
}

pub fn tool(arguments: &[&str]) -> Command {
    let mut command = Command::new(&*TOOL);
    command
        .arg("lint")
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Lints what is written to stdin by somebody else.
pub fn lint(
    arguments: &[&str],
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Answer {
    let mut child = tool(arguments).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().expect("piped");
    // A tool that has read enough closes its end.
    let writer = thread::spawn(move || drop(write(&mut stdin)));
    let answer = end(child);
    writer.join().expect("it writes");
    answer
}

pub fn lint_text(arguments: &[&str], text: impl Into<Vec<u8>>) -> Answer {
    let text = text.into();
    lint(arguments, move |stdin| stdin.write_all(&text))
}

/// Waits for the end, and watches the memory until then.
pub fn end(mut child: Child) -> Answer {
    let (mut stdout, mut stderr) = (
        child.stdout.take().expect("piped"),
        child.stderr.take().expect("piped"),
    );
    let out = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let err = thread::spawn(move || {
        let mut text = String::new();
        stderr.read_to_string(&mut text).map(|_| text)
    });
    let mut peak_so_far = 0;
    let status = loop {
        peak_so_far = peak_so_far.max(peak(child.id()));
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let out = out.join().expect("it reads").expect("it can be read");
    Answer {
        code: status.code(),
        out,
        err: err.join().expect("it reads").expect("UTF-8"),
        peak: peak_so_far,
    }
}

/// The most that a run may have in memory, in KiB: what two threads keep of records in a debug build,
/// and what a run has that does next to nothing. Most of that is code, which grows with each command.
pub fn memory() -> u64 {
    static IDLE: LazyLock<u64> = LazyLock::new(|| {
        let body = |stdin: &mut dyn Write| {
            writeln!(stdin, "{JOB}")?;
            stdin.flush()?;
            thread::sleep(Duration::from_millis(500));
            Ok(())
        };
        lint(&["--input", "ndjson", "--jobs", "2"], body).peak
    });
    *IDLE + (26 << 10)
}

/// `VmHWM` of a process: the most that it ever had in memory.
pub fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or_default()
}

/// Waits until something holds, and not for ever.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_mins(1), "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The same piece over and over.
pub fn repeat(piece: &[u8], bytes: u64, out: &mut dyn Write) -> io::Result<()> {
    let block = piece.repeat((64 << 10) / piece.len() + 1);
    let mut left = bytes;
    while left > 0 {
        let length = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        out.write_all(&block[..length])?;
        left -= length as u64;
    }
    Ok(())
}
