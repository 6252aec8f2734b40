//! The state, shared by all connections: one change at a time, and each answered for only when it
//! is kept.

use std::{
    borrow::Cow,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use kaizala_actions::support::ActionType;

use super::{
    id::{Id, Ids, Of},
    journal::{Entry, Journal, JournalError},
    state::{Action, Response, State},
    time::Clock,
};

pub(super) struct Store {
    state: Mutex<State>,
    journal: Option<Journal>,
    ids: Ids,
    clock: Clock,
}

/// An action that is about to be posted.
pub(super) struct NewAction<'a> {
    pub group: &'a str,
    pub action_type: Option<ActionType>,
    pub has_action_id: bool,
    pub sender: Arc<str>,
    pub body: Arc<[u8]>,
}

/// Where a response goes.
pub(super) struct Target {
    /// The number of the action.
    pub action: u32,
    /// The response whose place it takes.
    pub earlier: Option<Id>,
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
                let (state, journal) = Journal::open(file, state, ids)?;
                (state, Some(journal))
            }
            None => (state, None),
        };
        Ok(Self {
            state: Mutex::new(state),
            journal,
            ids,
            clock,
        })
    }

    pub fn ids(&self) -> Ids {
        self.ids
    }

    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Looks at the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds an action, and answers with it once it is kept. Its answer needs no body, so it has
    /// none.
    pub async fn post(&self, new: NewAction<'_>) -> Result<Action<'static>, JournalError> {
        let written;
        let receipt;
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let number = state.action_count();
            receipt = Action {
                reference_id: self.ids.make(Of::Reference, number),
                action_id: new.has_action_id.then(|| self.ids.make(Of::Action, number)),
                action_type: new.action_type,
                sender: new.sender,
                sent_at: state.not_before_last(self.clock.now(state.changes())),
                body: Arc::default(),
                responses: Cow::default(),
            };
            let action = Action {
                body: new.body,
                ..receipt.clone()
            };
            // Under the lock: entries are kept in the order in which they happened.
            written = self
                .journal
                .as_ref()
                .map(|journal| journal.write(Entry::Action(new.group.into(), action.clone())));
            state.add(new.group, action);
        }
        kept(written).await?;
        Ok(receipt)
    }

    /// Adds a response where `find` says, and answers with it once it is kept; it has no body
    /// either.
    ///
    /// # Errors
    /// What `find` says, or that it could not be kept.
    pub async fn respond<E: From<JournalError>>(
        &self,
        sender: Arc<str>,
        body: Arc<[u8]>,
        find: impl FnOnce(&State) -> Result<Target, E>,
    ) -> Result<Response, E> {
        let written;
        let receipt;
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let target = find(&state)?;
            receipt = Response {
                id: target
                    .earlier
                    .unwrap_or_else(|| self.ids.make(Of::Response, state.response_count())),
                sender,
                sent_at: state.not_before_last(self.clock.now(state.changes())),
                body: Arc::default(),
            };
            let response = Response {
                body,
                ..receipt.clone()
            };
            written = self
                .journal
                .as_ref()
                .map(|journal| journal.write(Entry::Response(target.action, response.clone())));
            state.respond(target.action, response);
        }
        kept(written).await?;
        Ok(receipt)
    }

    /// Puts another state in the place of this one.
    pub async fn replace(&self, with: State) -> Result<(), JournalError> {
        let written;
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            written = self
                .journal
                .as_ref()
                .map(|journal| journal.write(Entry::all(&with)));
            *state = with;
        }
        kept(written).await
    }
}

async fn kept(
    written: Option<impl Future<Output = Result<(), JournalError>>>,
) -> Result<(), JournalError> {
    match written {
        Some(written) => written.await,
        None => Ok(()),
    }
}
