//! The state in a file: a line of JSON for each change, written before the change is acknowledged.
//!
//! A change is one write to the end of the file. It survives the end of the process, but the last
//! changes may be lost if the machine crashes, since the file is not synchronised. An incomplete
//! line was never acknowledged, and is removed when the file is opened. If most of the file has
//! been replaced since, it is then rewritten, if possible, as one line with the whole state.

use std::{
    error::Error,
    fmt,
    fs::File,
    io::{self, Read as _, Write as _},
    path::Path,
    sync::Arc,
};

use super::{
    locked::{locked, replaced},
    state::{Change, State},
};

/// The first line of every file.
const HEAD: &[u8] = b"{\"kaizalaActionsState\":1}\n";

/// The beginning of files of earlier versions.
const SQLITE: &[u8] = b"SQLite format 3\0";

const SQLITE_HELP: &str = concat!(
    "it is the SQLite file of an earlier version: ",
    "start that version with it, save what GET /_sandbox/snapshot answers, ",
    "and start this one with that as the seed and another state file",
);

/// A file is rewritten if it is more than this many times as long as its state.
const WORTH: u64 = 2;

/// Why the file cannot be used.
#[derive(Clone, Debug)]
pub struct JournalError {
    file: Arc<Path>,
    problem: Arc<str>,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, problem) = (self.file.display(), &self.problem);
        write!(f, "the state cannot be kept in {file}: {problem}")
    }
}

impl Error for JournalError {}

pub(super) struct Journal {
    file: File,
    /// The bytes of whole lines.
    length: u64,
    path: Arc<Path>,
    /// Whether the last write failed, as on a full disk. A part of its line may be in the file.
    pub has_failed: bool,
    /// The length of an incomplete line that was ignored when the file was read.
    pub dropped: usize,
}

impl Journal {
    /// Opens the file and reads the state from it; an empty file gets the given state.
    ///
    /// # Errors
    /// [`JournalError`] for another kind of file, for one that is in use, and for one that cannot
    /// be written.
    pub fn open(path: &Path, initial: State) -> Result<(State, Self), JournalError> {
        Self::read(path, initial).map_err(|error| failure(path, &error))
    }

    fn read(path: &Path, initial: State) -> io::Result<(State, Self)> {
        let mut file = locked(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let (state, length) = read(&text).map_err(io::Error::other)?;
        let dropped = text.len() - length;
        if dropped > 0 {
            file.set_len(length as u64)?;
        }
        let mut journal = Self {
            file,
            length: length as u64,
            path: path.into(),
            has_failed: false,
            dropped,
        };
        let (is_new, state) = (state.is_none(), Change::State(state.unwrap_or(initial)));
        let whole = [HEAD, &line(&state)?].concat();
        if is_new {
            journal.append(&whole)?;
        } else {
            journal.replace(&whole);
        }
        let mut read = State::default();
        read.apply(state);
        Ok((read, journal))
    }

    /// Writes a change.
    ///
    /// # Errors
    /// [`JournalError`] if it could not be written, as on a full disk; the file is then unchanged.
    pub fn write(&mut self, change: &Change) -> Result<(), JournalError> {
        let written = line(change).and_then(|line| match change {
            // The earlier lines are no longer needed, and may be what fills the disk.
            Change::State(_) if self.replace(&[HEAD, &line].concat()) => Ok(()),
            _ => self.append(&line),
        });
        self.has_failed = written.is_err();
        written.map_err(|error| failure(&self.path, &error))
    }

    /// Rewrites the file, if that is possible and makes it much shorter.
    fn replace(&mut self, whole: &[u8]) -> bool {
        let length = whole.len() as u64;
        let is_worth_it = self.length > WORTH * length;
        let file = is_worth_it.then(|| replaced(&self.path, &self.file, whole).ok());
        let Some(file) = file.flatten() else {
            return false;
        };
        (self.file, self.length) = (file, length);
        true
    }

    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        // Anything written after an incomplete line would be lost.
        if self.has_failed {
            self.file.set_len(self.length)?;
        }
        let written = self.file.write_all(lines);
        match written {
            Ok(()) => self.length += lines.len() as u64,
            // If this fails too, it is tried again before the next change.
            Err(_) => drop(self.file.set_len(self.length)),
        }
        written
    }
}

fn failure(path: &Path, problem: &io::Error) -> JournalError {
    JournalError {
        file: path.into(),
        problem: problem.to_string().into(),
    }
}

fn line(change: &Change) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(change)?;
    line.push(b'\n');
    Ok(line)
}

/// The state in a file, `None` for an empty one, and the length of its complete lines.
fn read(text: &[u8]) -> Result<(Option<State>, usize), String> {
    if HEAD.starts_with(text) {
        return Ok((None, 0));
    }
    if text.starts_with(SQLITE) {
        return Err(SQLITE_HELP.to_owned());
    }
    let Some(changes) = text.strip_prefix(HEAD) else {
        return Err("it is not a state file of the sandbox".to_owned());
    };
    let mut state = State::new(true);
    let mut length = HEAD.len();
    for (number, line) in (2..).zip(changes.split_inclusive(|byte| *byte == b'\n')) {
        if !line.ends_with(b"\n") {
            break;
        }
        length += line.len();
        let change = serde_json::from_slice(line);
        state.apply(change.map_err(|error| format!("line {number}: {error}"))?);
    }
    Ok((Some(state), length))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{
        super::state::{Action, Response},
        *,
    };

    fn action(number: u64) -> Action {
        Action {
            group: "g".into(),
            reference_id: format!("r{number}").into(),
            id: Some(format!("a{number}").into()),
            kind: None,
            sender: "+911234500001".into(),
            sent_at: 17,
            body: "{\"id\":\n\"com.example\"}".into(),
            responses: Vec::new(),
        }
    }

    fn open(path: &Path) -> Result<(State, Journal), String> {
        Journal::open(path, State::new(true)).map_err(|error| error.to_string())
    }

    fn write(journal: &mut Journal, number: u64) {
        let change = Change::Action(action(number));
        journal.write(&change).unwrap();
    }

    #[test]
    fn a_line_that_was_cut_is_left_out_wherever_it_was_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let (_, mut journal) = open(&path).unwrap();
        write(&mut journal, 0);
        let whole = fs::read(&path).unwrap().len();
        write(&mut journal, 1);
        drop(journal);
        let text = fs::read(&path).unwrap();
        for length in whole..text.len() {
            fs::write(&path, &text[..length]).unwrap();
            let (state, journal) = open(&path).unwrap();
            assert_eq!((state.action_count(), journal.dropped), (1, length - whole));
            assert!(state.find("g", "a0").is_some());
        }
        fs::write(&path, &text).unwrap();
        assert_eq!(open(&path).unwrap().0.action_count(), 2);
        for length in 0..=HEAD.len() {
            fs::write(&path, &HEAD[..length]).unwrap();
            assert_eq!(open(&path).unwrap().1.dropped, length);
        }
    }

    /// A file of many obsolete lines.
    fn replaced_often(path: &Path) {
        let (_, mut journal) = open(path).unwrap();
        write(&mut journal, 0);
        for sent_at in 0..20 {
            let response = Response {
                id: "r".into(),
                sender: "+911234500001".into(),
                sent_at,
                body: "{}".into(),
            };
            let change = Change::Response {
                action: 0,
                response,
            };
            journal.write(&change).unwrap();
        }
    }

    #[test]
    fn a_state_in_the_place_of_all_that_was_makes_the_file_short_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let (_, mut journal) = open(&path).unwrap();
        let empty = fs::metadata(&path).unwrap().len();
        for round in 1..5 {
            for number in 0..20 {
                write(&mut journal, number);
            }
            let full = fs::metadata(&path).unwrap().len();
            assert!(full > 10 * empty, "{round}: {full}");
            let state = Change::State(State::new(true));
            journal.write(&state).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().len(), empty, "{round}");
            assert!(open(&path).err().unwrap().contains("locked"));
        }
        write(&mut journal, 7);
        drop(journal);
        assert_eq!(open(&path).unwrap().0.action_count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_written_anew_where_it_is_with_its_permissions() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("state"), folder.path().join("link"));
        replaced_often(&path);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        let long = fs::metadata(&path).unwrap().len();
        let (_, mut journal) = open(&link).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let now = fs::metadata(&path).unwrap();
        assert!(now.len() * 2 < long);
        assert_eq!(now.permissions().mode() & 0o777, 0o640);
        assert!(open(&path).err().unwrap().contains("locked"));
        write(&mut journal, 0);
        drop(journal);
        // Nothing has been replaced since: the file is read and not rewritten.
        let text = fs::read(&path).unwrap();
        assert_eq!(open(&path).unwrap().0.action_count(), 2);
        assert_eq!(fs::read(&path).unwrap(), text);
    }

    #[test]
    fn a_file_that_cannot_be_written_anew_stays_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        replaced_often(&path);
        // Prevents the new file.
        fs::create_dir(folder.path().join("state.new")).unwrap();
        let text = fs::read(&path).unwrap();
        let (_, mut journal) = open(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), text);
        write(&mut journal, 7);
        drop(journal);
        assert!(open(&path).unwrap().0.find("g", "a7").is_some());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn after_a_cut_line_that_cannot_be_removed_nothing_is_written() {
        let mut journal = Journal {
            file: File::options().write(true).open("/dev/full").unwrap(),
            length: 0,
            path: Path::new("state").into(),
            has_failed: false,
            dropped: 0,
        };
        for problem in ["No space left", "Invalid argument"] {
            let change = Change::Action(action(0));
            let error = journal.write(&change).unwrap_err().to_string();
            assert!(journal.has_failed && error.contains(problem), "{error}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let refusal = |text: &[u8]| {
            fs::write(&path, text).unwrap();
            let refusal = open(&path).err().unwrap();
            assert_eq!(fs::read(&path).unwrap(), text, "it is as it was");
            refusal
        };
        let sqlite = refusal(b"SQLite format 3\0 and pages");
        assert!(sqlite.contains("/_sandbox/snapshot"), "{sqlite}");
        assert!(refusal(b"{}").ends_with("it is not a state file of the sandbox"));
        let damaged = refusal(&[HEAD, b"{\"state\":1}\n{}\n"].concat());
        assert!(damaged.contains("line 2"), "{damaged}");
    }
}
