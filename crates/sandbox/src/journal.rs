//! The state in a file: SQLite, written by a thread of its own. What has come in while one
//! transaction was being committed is committed by the next, so that many clients share the cost of
//! one write to the disk.

use std::{
    borrow::Cow,
    collections::HashMap,
    error::Error,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::JoinHandle,
};

use kaizala_actions::support::ActionType;
use rusqlite::{Connection, Transaction, params};
use tokio::sync::oneshot;

use super::{
    id::{Id, Ids},
    state::{Action, Response, State},
};

/// The version of the tables.
const FORMAT: i64 = 1;

const TABLES: &str = "
    CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE groups (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE actions (
        number INTEGER PRIMARY KEY, group_name TEXT NOT NULL, reference_id TEXT NOT NULL, action_id TEXT, action_type TEXT,
        sender TEXT NOT NULL, sent_at INTEGER NOT NULL, body BLOB NOT NULL
    );
    CREATE TABLE responses (
        number INTEGER PRIMARY KEY, action INTEGER NOT NULL, response_id TEXT NOT NULL,
        sender TEXT NOT NULL, sent_at INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (action, response_id)
    );
";

/// The most entries of one transaction; those who wait for its first should not wait for a whole
/// load.
const MOST: usize = 1_000;

/// Something to be kept.
pub(super) enum Entry {
    Action(Box<str>, Action<'static>),
    /// With the number of its action.
    Response(u32, Response),
    /// Instead of all that was.
    All(Box<Whole>),
}

/// A whole state.
pub(super) struct Whole {
    open: bool,
    changes: u64,
    groups: Vec<Box<str>>,
    actions: Vec<(Box<str>, Action<'static>)>,
}

impl Entry {
    pub fn all(state: &State) -> Self {
        Self::All(Box::new(Whole {
            open: state.open,
            changes: state.changes(),
            groups: state.groups().map(|(name, _)| name.into()).collect(),
            actions: state
                .in_order()
                .map(|(group, action)| (group.into(), action.into_owned()))
                .collect(),
        }))
    }
}

/// Why the file cannot be used.
#[derive(Clone, Debug)]
pub struct JournalError {
    file: Arc<Path>,
    problem: Arc<str>,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the state cannot be kept in {}: {}",
            self.file.display(),
            self.problem
        )
    }
}

impl Error for JournalError {}

type Waiting = (Entry, oneshot::Sender<Result<(), JournalError>>);

pub(super) struct Journal {
    entries: Option<mpsc::Sender<Waiting>>,
    writer: Option<JoinHandle<()>>,
    file: Arc<Path>,
}

impl Journal {
    /// Opens the file and reads the state from it; an empty one begins with the given state.
    ///
    /// # Errors
    /// [`JournalError`] for a file that is no such file, or is in use.
    pub fn open(file: &Path, initial: State, ids: Ids) -> Result<(State, Self), JournalError> {
        let file: Arc<Path> = PathBuf::from(file).into();
        let error = |error: &dyn fmt::Display| JournalError {
            file: file.clone(),
            problem: error.to_string().into(),
        };
        let mut connection = connect(&file).map_err(|problem| error(&problem))?;
        let state = match format(&connection).map_err(|problem| error(&problem))? {
            None => {
                begin(&mut connection, &initial).map_err(|problem| error(&problem))?;
                initial
            }
            Some(FORMAT) => load(&connection, ids).map_err(|problem| error(&problem))?,
            Some(other) => {
                return Err(error(&format!(
                    "its format is {other}, and this version reads {FORMAT}"
                )));
            }
        };
        let (entries, waiting) = mpsc::channel();
        let name = file.clone();
        let writer = std::thread::Builder::new()
            .name("sandbox-state".to_owned())
            .spawn(move || write_all(connection, &waiting, &name))
            .map_err(|problem| error(&problem))?;
        Ok((
            state,
            Self {
                entries: Some(entries),
                writer: Some(writer),
                file,
            },
        ))
    }

    /// Hands an entry over, at once; what is returned is there when the entry is in the file.
    pub fn write(
        &self,
        entry: Entry,
    ) -> impl Future<Output = Result<(), JournalError>> + Send + use<> {
        let (done, result) = oneshot::channel();
        // Without a writer `done` is dropped, and the result says so.
        if let Some(entries) = &self.entries {
            let _ = entries.send((entry, done));
        }
        let gone = JournalError {
            file: self.file.clone(),
            problem: "its writer has stopped".into(),
        };
        async move { result.await.unwrap_or(Err(gone)) }
    }
}

impl Drop for Journal {
    /// What was handed over is written, and the file is closed.
    fn drop(&mut self) {
        self.entries = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    // Nobody else may write to it meanwhile. In the write-ahead log a commit is one write and one
    // sync; without the sync it would outlive the end of the process, but not that of the machine.
    connection.pragma_update(None, "locking_mode", "exclusive")?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}

/// The format of the file; none while it has no tables.
fn format(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        Ok(None)
    } else {
        meta(connection, "format").map(Some)
    }
}

fn meta(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| {
        row.get(0)
    })
}

fn begin(connection: &mut Connection, state: &State) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(TABLES)?;
    transaction.execute(
        "INSERT INTO meta VALUES ('format', ?1), ('open', 1), ('changes', 0)",
        [FORMAT],
    )?;
    write(&transaction, &Entry::all(state))?;
    transaction.commit()
}

fn write_all(mut connection: Connection, waiting: &mpsc::Receiver<Waiting>, file: &Arc<Path>) {
    // Once something is lost, all that comes after would be kept with a hole before it.
    let mut broken: Option<JournalError> = None;
    while let Ok(first) = waiting.recv() {
        let batch: Vec<_> = std::iter::once(first)
            .chain(waiting.try_iter().take(MOST - 1))
            .collect();
        if broken.is_none()
            && let Err(error) = commit(&mut connection, &batch)
        {
            broken = Some(JournalError {
                file: file.clone(),
                problem: error.to_string().into(),
            });
        }
        let result = broken.clone().map_or(Ok(()), Err);
        for (_, done) in batch {
            // Whoever asked may be gone.
            let _ = done.send(result.clone());
        }
    }
}

fn commit(connection: &mut Connection, batch: &[Waiting]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for (entry, _) in batch {
        write(&transaction, entry)?;
    }
    transaction.commit()
}

fn write(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
    match entry {
        Entry::Action(group, action) => {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO groups (name) VALUES (?1)")?
                .execute([group])?;
            happened(transaction)?;
            write_action(transaction, group, action)
        }
        Entry::Response(action, response) => {
            happened(transaction)?;
            write_response(transaction, i64::from(*action), response)
        }
        Entry::All(whole) => {
            transaction
                .execute_batch("DELETE FROM responses; DELETE FROM actions; DELETE FROM groups;")?;
            let changes = whole.changes.cast_signed();
            transaction.execute(
                "UPDATE meta SET value = CASE name WHEN 'open' THEN ?1 WHEN 'changes' THEN ?2 ELSE value END",
                params![whole.open, changes],
            )?;
            for name in &whole.groups {
                transaction
                    .prepare_cached("INSERT INTO groups (name) VALUES (?1)")?
                    .execute([name])?;
            }
            for (number, (group, action)) in (0..).zip(&whole.actions) {
                write_action(transaction, group, action)?;
                for response in &*action.responses {
                    write_response(transaction, number, response)?;
                }
            }
            Ok(())
        }
    }
}

fn happened(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("UPDATE meta SET value = value + 1 WHERE name = 'changes'")?
        .execute([])?;
    Ok(())
}

fn write_action(
    transaction: &Transaction<'_>,
    group: &str,
    action: &Action<'_>,
) -> rusqlite::Result<()> {
    // Numbered from 0, as the state numbers them.
    let insert = "INSERT INTO actions SELECT coalesce(max(number) + 1, 0), ?1, ?2, ?3, ?4, ?5, ?6, ?7 FROM actions";
    let action_type = action
        .action_type
        .map(|action_type| action_type.row().body_value);
    transaction.prepare_cached(insert)?.execute(params![
        group,
        action.reference_id.to_string(),
        action.action_id.as_ref().map(Id::to_string),
        action_type,
        action.sender,
        action.sent_at,
        action.body
    ])?;
    Ok(())
}

fn write_response(
    transaction: &Transaction<'_>,
    action: i64,
    response: &Response,
) -> rusqlite::Result<()> {
    let insert = "INSERT INTO responses (action, response_id, sender, sent_at, body) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET sender = ?3, sent_at = ?4, body = ?5";
    let Response {
        id,
        sender,
        sent_at,
        body,
    } = response;
    transaction.prepare_cached(insert)?.execute(params![
        action,
        id.to_string(),
        sender,
        sent_at,
        body
    ])?;
    Ok(())
}

fn load(connection: &Connection, ids: Ids) -> rusqlite::Result<State> {
    let mut state = State::new(meta(connection, "open")? != 0, ids);
    let mut groups = connection.prepare("SELECT name FROM groups ORDER BY number")?;
    for name in groups.query_map([], |row| row.get::<_, String>(0))? {
        state.group(&name?);
    }
    let mut responses: HashMap<i64, Vec<Response>> = HashMap::new();
    let mut rows = connection.prepare(
        "SELECT action, response_id, sender, sent_at, body FROM responses ORDER BY number",
    )?;
    let rows = rows.query_map([], |row| {
        let id = Id::from(row.get::<_, String>(1)?.as_str());
        let body = row.get::<_, Vec<u8>>(4)?.into();
        Ok((
            row.get(0)?,
            Response {
                id,
                sender: row.get(2)?,
                sent_at: row.get(3)?,
                body,
            },
        ))
    })?;
    for row in rows {
        let (action, response) = row?;
        responses.entry(action).or_default().push(response);
    }
    let select = "SELECT number, group_name, reference_id, action_id, action_type, sender, sent_at, body FROM actions ORDER BY number";
    let mut rows = connection.prepare(select)?;
    let rows = rows.query_map([], |row| {
        let action = Action {
            reference_id: Id::from(row.get::<_, String>(2)?.as_str()),
            action_id: row
                .get::<_, Option<String>>(3)?
                .map(|id| Id::from(id.as_str())),
            action_type: row
                .get::<_, Option<String>>(4)?
                .and_then(|name| ActionType::by_name(&name)),
            sender: row.get(5)?,
            sent_at: row.get(6)?,
            body: row.get::<_, Vec<u8>>(7)?.into(),
            responses: Cow::default(),
        };
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, action))
    })?;
    for row in rows {
        let (number, group, action) = row?;
        state.add(
            &group,
            Action {
                responses: responses.remove(&number).unwrap_or_default().into(),
                ..action
            },
        );
    }
    state.set_changes(meta(connection, "changes")?.cast_unsigned());
    Ok(state)
}
