//! The state while the sandbox runs: changed by one at a time, and each change kept before it is
//! answered.

use std::{borrow::Cow, path::Path, sync::Mutex};

use kaizala_actions::support::ActionType;

use super::{
    id::{Ids, Of},
    journal::{Change, Journal, JournalError},
    lock::lock,
    state::{Action, Response, State},
    time::Clock,
};

pub(super) struct Store {
    kept: Mutex<(State, Option<Journal>)>,
    pub ids: Ids,
    pub clock: Clock,
}

/// An action that is about to be posted.
pub(super) struct Posted<'a> {
    pub group: &'a str,
    pub action_type: Option<ActionType>,
    pub has_action_id: bool,
    pub sender: String,
    pub body: String,
}

/// Where a response goes.
pub(super) struct Target {
    /// The number of the action.
    pub action: usize,
    /// The response whose place it takes.
    pub earlier: Option<String>,
}

impl Store {
    /// A store that begins with this state, or with what the file holds, if it holds any.
    ///
    /// # Errors
    /// [`JournalError`] for a file that cannot be used.
    pub fn open(
        state: State,
        file: Option<&Path>,
        ids: Ids,
        clock: Clock,
    ) -> Result<Self, JournalError> {
        let (state, journal) = match file {
            Some(file) => {
                let (state, journal) = Journal::open(file, state)?;
                (state, Some(journal))
            }
            None => (state, None),
        };
        Ok(Self {
            kept: Mutex::new((state, journal)),
            ids,
            clock,
        })
    }

    /// Looks at the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.kept).0)
    }

    /// The bytes of a change that was cut, and was left out when the file was read.
    pub fn dropped(&self) -> usize {
        lock(&self.kept)
            .1
            .as_ref()
            .map_or(0, |journal| journal.dropped)
    }

    /// Adds an action; what `answer` makes of it.
    ///
    /// # Errors
    /// [`JournalError`] if it could not be kept; nothing is added then.
    pub fn post<T>(
        &self,
        posted: Posted<'_>,
        answer: impl FnOnce(&Action) -> T,
    ) -> Result<T, JournalError> {
        let (state, journal) = &mut *lock(&self.kept);
        let number = state.action_count();
        let make = |of| self.ids.make(of, number);
        let action = Action {
            group: posted.group.to_owned(),
            reference_id: make(Of::Reference),
            action_id: posted.has_action_id.then(|| make(Of::Action)),
            action_type: posted.action_type,
            sender: posted.sender,
            sent_at: state.not_before_last(self.clock.now(state.changes())),
            body: posted.body,
            responses: Vec::new(),
        };
        if let Some(journal) = journal {
            journal.write(&Change::Action(Cow::Borrowed(&action)))?;
        }
        let answer = answer(&action);
        state.add(action);
        Ok(answer)
    }

    /// Adds a response where `find` says; what `answer` makes of it.
    ///
    /// # Errors
    /// What `find` says, or that it could not be kept; nothing is added then.
    pub fn respond<T, E: From<JournalError>>(
        &self,
        sender: String,
        body: String,
        find: impl FnOnce(&State) -> Result<Target, E>,
        answer: impl FnOnce(&Response) -> T,
    ) -> Result<T, E> {
        let (state, journal) = &mut *lock(&self.kept);
        let Target { action, earlier } = find(state)?;
        let response = Response {
            id: earlier.unwrap_or_else(|| self.ids.make(Of::Response, state.response_count())),
            sender,
            sent_at: state.not_before_last(self.clock.now(state.changes())),
            body,
        };
        if let Some(journal) = journal {
            let response = Cow::Borrowed(&response);
            journal.write(&Change::Response { action, response })?;
        }
        let answer = answer(&response);
        state.respond(action, response);
        Ok(answer)
    }

    /// Puts another state in the place of this one.
    ///
    /// # Errors
    /// [`JournalError`] if it could not be kept; the state is as it was then.
    pub fn replace(&self, with: State) -> Result<(), JournalError> {
        let (state, journal) = &mut *lock(&self.kept);
        if let Some(journal) = journal {
            journal.write(&Change::State(with.whole()))?;
        }
        *state = with;
        Ok(())
    }
}
