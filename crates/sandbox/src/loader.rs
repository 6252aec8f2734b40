//! Builds a state from the document that describes it.

use std::mem;

use kaizala_actions::{
    body::BodyKind,
    lint::{Finding, Linter},
    support::Method,
};

use super::{
    answers::{Answers, answers_to},
    document::{ActionEntry, Document, SeedError, place},
    envelope::Envelope,
    id::{Generator, Of},
    state::{Action, Response, State},
};

/// The default sender.
const SENDER: &str = "+911234500001";

/// What is needed to build a state from a document, and actions and responses in general.
pub(super) struct Loader {
    pub answers: Answers,
    pub linter: Linter,
    pub generator: Generator,
}

/// What is wrong with a body.
fn error_at(pointer: &str) -> impl Fn(String) -> SeedError {
    move |problem| SeedError {
        pointer: format!("{pointer}/body"),
        problem,
    }
}

impl Loader {
    /// The state that a document describes, if all its bodies are valid.
    ///
    /// # Errors
    /// [`SeedError`] for another document, or for the first invalid body.
    pub fn state(&self, text: &[u8]) -> Result<State, SeedError> {
        let mut document = Document::read(text)?;
        let groups = mem::take(&mut document.groups.0);
        let mut state = State::new(document.open);
        for (group, actions) in groups {
            state.add_group(&group);
            // Lists are in the order of time.
            let mut earliest = 0;
            for (index, entry) in actions.into_iter().enumerate() {
                let pointer = place(&group, index);
                let fresh = |of, number| {
                    let is_taken = |id: &str| document.gives(of, id) || state.has(of, id);
                    self.generator.fresh(of, number, is_taken)
                };
                let mut action = self.action(&state, entry, &fresh, &pointer)?;
                action.group = (*group).into();
                action.sent_at = action.sent_at.max(earliest);
                earliest = action.sent_at;
                state.add(action);
            }
        }
        Ok(state)
    }

    fn action(
        &self,
        state: &State,
        entry: ActionEntry,
        fresh: &dyn Fn(Of, u64) -> Box<str>,
        pointer: &str,
    ) -> Result<Action, SeedError> {
        let body = entry.body.get();
        let envelope = Envelope::read(BodyKind::PostActionRequest, body);
        let kind = envelope.action_type();
        // For a type that can neither be posted nor listed, the linter explains why it cannot be
        // posted.
        let is_posted =
            kind.is_none_or(|known| known.supports(Method::Post) || !known.supports(Method::Get));
        if is_posted {
            self.held(BodyKind::PostActionRequest, body, pointer)?;
        }
        let make = |of| fresh(of, state.action_count());
        let has_id = self.answers.gives_action_id(&envelope);
        let sent_at = entry
            .creation_time
            .unwrap_or_else(|| self.generator.now(state.changes));
        let mut action = Action {
            group: "".into(),
            reference_id: entry.reference_id.unwrap_or_else(|| make(Of::Reference)),
            id: has_id.then(|| entry.action_id.unwrap_or_else(|| make(Of::Action))),
            kind,
            sender: entry.sender.unwrap_or_else(|| SENDER.into()),
            sent_at,
            body: body.into(),
            responses: Vec::new(),
        };
        if !is_posted {
            // An action of a type that can only be listed is valid if the resulting list is.
            let listed = self.answers.list(&[&action], false).to_string();
            self.held(BodyKind::ListActionsResponse, &listed, pointer)?;
        }
        for (index, entry) in entry.responses.into_iter().enumerate() {
            let pointer = format!("{pointer}/responses/{index}");
            let number = state.responses + index as u64;
            let kind = BodyKind::RespondToActionRequest;
            let body = entry.body.get();
            self.held(kind, body, &pointer)?;
            answers_to(&action, &Envelope::read(kind, body)).map_err(error_at(&pointer))?;
            let id = entry.response_id;
            action.responses.push(Response {
                id: id.unwrap_or_else(|| fresh(Of::Response, number)),
                sender: entry.sender.unwrap_or_else(|| action.sender.clone()),
                sent_at: entry.creation_time.unwrap_or(action.sent_at),
                body: body.into(),
            });
        }
        Ok(action)
    }

    /// # Errors
    /// The findings about a body.
    fn held(&self, kind: BodyKind, body: &str, pointer: &str) -> Result<(), SeedError> {
        let report = self.linter.lint(kind, body.as_bytes());
        let errors: Vec<_> = report.errors().map(Finding::to_string).collect();
        let is_held = errors.is_empty().then_some(());
        is_held.ok_or_else(|| error_at(pointer)(errors.join("; ")))
    }
}
