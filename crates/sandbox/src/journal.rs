//! The state in a file: a line of JSON for each change, written before the change is answered.
//!
//! A change is one write to the end of the file. It outlives the end of the process; what was
//! written last may be lost with the machine, since nothing waits for the disk. A line that is cut
//! was never answered for, and is left out when the file is read. Opening a file writes it anew,
//! as one line with the whole state.

use std::{
    borrow::Cow,
    error::Error,
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Write as _},
    path::Path,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::state::{Action, Response, State, Whole};

/// The first line of every file.
const HEAD: &[u8] = b"{\"kaizalaActionsState\":1}\n";

/// How the files of earlier versions begin.
const SQLITE: &[u8] = b"SQLite format 3\0";

const SQLITE_HELP: &str = concat!(
    "it is the SQLite file of an earlier version: ",
    "start that version with it, save what GET /_sandbox/snapshot answers, ",
    "and start this one with that as the seed and another state file",
);

/// Something that happened.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Change<'c> {
    Action(Cow<'c, Action>),
    Response {
        /// The number of the action.
        action: usize,
        response: Cow<'c, Response>,
    },
    /// Instead of all that was.
    State(Whole<'c>),
}

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
    /// Set when a cut line could not be removed: what is written after it would be lost.
    is_broken: bool,
    /// The bytes of a line that was cut, and was left out when the file was read.
    pub dropped: usize,
}

impl Journal {
    /// Opens the file and reads the state from it; an empty one begins with the given state.
    ///
    /// # Errors
    /// [`JournalError`] for a file of another kind, one that is in use, and one that cannot be
    /// written.
    pub fn open(path: &Path, initial: State) -> Result<(State, Self), JournalError> {
        let error = |problem: &dyn fmt::Display| JournalError {
            file: path.into(),
            problem: problem.to_string().into(),
        };
        let mut old = locked(path, false).map_err(|problem| error(&problem))?;
        let mut text = Vec::new();
        old.read_to_end(&mut text)
            .map_err(|problem| error(&problem))?;
        let (state, dropped) = match read(&text).map_err(|problem| error(&problem))? {
            Some(read) => read,
            None => (initial, 0),
        };
        let (file, length) = rewrite(path, &state).map_err(|problem| error(&problem))?;
        let journal = Self {
            file,
            length,
            path: path.into(),
            is_broken: false,
            dropped,
        };
        Ok((state, journal))
    }

    /// Writes a change.
    ///
    /// # Errors
    /// [`JournalError`] if it is not in the file, as on a full disk; the file is as it was then.
    pub fn write(&mut self, change: &Change<'_>) -> Result<(), JournalError> {
        let result = match line(change) {
            _ if self.is_broken => Err(io::Error::other("an earlier write failed half way")),
            Ok(line) => {
                let written = self.file.write_all(&line);
                match written {
                    Ok(()) => self.length += line.len() as u64,
                    Err(_) => self.is_broken = self.file.set_len(self.length).is_err(),
                }
                written
            }
            Err(error) => Err(error),
        };
        result.map_err(|problem| JournalError {
            file: self.path.clone(),
            problem: problem.to_string().into(),
        })
    }
}

fn line(change: &Change<'_>) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(change)?;
    line.push(b'\n');
    Ok(line)
}

/// Opens a file that nobody else has open; `anew` empties it.
fn locked(path: &Path, anew: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let file = options.read(true).append(true).create(true).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(io::Error::other("it is locked: another sandbox uses it"));
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    if anew {
        file.set_len(0)?;
    }
    Ok(file)
}

/// Puts a file with the state in the place of the old one, in one step.
fn rewrite(path: &Path, state: &State) -> io::Result<(File, u64)> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let mut file = locked(name.as_ref(), true)?;
    let line = line(&Change::State(state.whole()))?;
    let written = file
        .write_all(HEAD)
        .and_then(|()| file.write_all(&line))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&name, path));
    if let Err(error) = written {
        // What is left of it is in the way of nobody.
        let _ = fs::remove_file(&name);
        return Err(error);
    }
    Ok((file, (HEAD.len() + line.len()) as u64))
}

/// The state that a file holds, and how many bytes at its end are a line that was cut; none for an
/// empty file.
fn read(text: &[u8]) -> Result<Option<(State, usize)>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if text.starts_with(SQLITE) {
        return Err(SQLITE_HELP.to_owned());
    }
    let Some(changes) = text.strip_prefix(HEAD) else {
        return Err("it is not a state file of the sandbox".to_owned());
    };
    let mut state = State::new(true);
    for (number, line) in (2..).zip(changes.split_inclusive(|byte| *byte == b'\n')) {
        if !line.ends_with(b"\n") {
            return Ok(Some((state, line.len())));
        }
        match serde_json::from_slice(line).map_err(|error| format!("line {number}: {error}"))? {
            Change::Action(action) => state.add(action.into_owned().with_type()),
            Change::Response { action, response } => state.respond(action, response.into_owned()),
            Change::State(whole) => state = whole.into(),
        }
    }
    Ok(Some((state, 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(number: u64) -> Action {
        Action {
            group: "g".to_owned(),
            reference_id: format!("r{number}"),
            action_id: Some(format!("a{number}")),
            action_type: None,
            sender: "+911234500001".to_owned(),
            sent_at: 17,
            body: "{\"id\":\n\"com.example\"}".to_owned(),
            responses: Vec::new(),
        }
    }

    fn open(path: &Path) -> Result<(State, Journal), String> {
        Journal::open(path, State::new(true)).map_err(|error| error.to_string())
    }

    fn write(journal: &mut Journal, number: u64) {
        let change = Change::Action(Cow::Owned(action(number)));
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
        let missing = folder.path().join("none").join("state");
        assert!(open(&missing).is_err());
        fs::write(&path, "").unwrap();
        let _journal = open(&path).unwrap();
        assert!(open(&path).err().unwrap().contains("locked"));
    }
}
