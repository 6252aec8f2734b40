//! The state of a running sandbox: changes are serialised, and each is stored before it is
//! acknowledged.

use std::{path::Path, sync::Mutex};

use kaizala_actions_http::lock;

use super::{
    journal::{Journal, JournalError},
    state::{Change, State},
};

pub(super) struct Store(Mutex<(State, Option<Journal>)>);

impl Store {
    /// A store that begins with this state, or with that of the file, if it has one.
    ///
    /// # Errors
    /// [`JournalError`] for a file that cannot be used.
    pub fn open(state: State, file: Option<&Path>) -> Result<Self, JournalError> {
        let kept = match file {
            Some(file) => {
                let (state, journal) = Journal::open(file, state)?;
                (state, Some(journal))
            }
            None => (state, None),
        };
        Ok(Self(Mutex::new(kept)))
    }

    /// Reads the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.0).0)
    }

    /// The length of an incomplete change that was ignored when the file was read.
    pub fn dropped(&self) -> usize {
        lock(&self.0)
            .1
            .as_ref()
            .map_or(0, |journal| journal.dropped)
    }

    /// Whether the last change could be stored.
    pub fn is_well(&self) -> bool {
        let (_, journal) = &*lock(&self.0);
        journal.as_ref().is_none_or(|journal| !journal.has_failed)
    }

    /// Applies the change that `decide` returns, and returns the other result of `decide`.
    ///
    /// # Errors
    /// The error of `decide`, or that the change could not be stored; the state is then unchanged.
    pub fn change<T, E: From<JournalError>>(
        &self,
        decide: impl FnOnce(&State) -> Result<(Change, T), E>,
    ) -> Result<T, E> {
        let (state, journal) = &mut *lock(&self.0);
        let (change, answer) = decide(state)?;
        if let Some(journal) = journal {
            journal.write(&change)?;
        }
        state.apply(change);
        Ok(answer)
    }
}
