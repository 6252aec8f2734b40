//! The state as a JSON document; `snapshot.md` has the format.

use std::{collections::BTreeMap, error::Error, fmt};

use kaizala_actions::{
    body::BodyKind,
    lint::{Finding, Linter},
    support::Method,
};
use serde::Deserialize;
use serde_json::{Map, Value, json, value::RawValue};

use super::{
    answers::{Answers, answers_to},
    envelope::{Envelope, parse},
    id::{Generator, Of},
    state::{Action, Response, State},
};

/// Who sent what says no sender.
const SENDER: &str = "+911234500001";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with the member `groups`")]
struct Snapshot {
    #[serde(default)]
    open: bool,
    groups: BTreeMap<String, Vec<ActionEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ActionEntry {
    body: Box<RawValue>,
    reference_id: Option<String>,
    action_id: Option<String>,
    sender: Option<String>,
    creation_time: Option<i64>,
    #[serde(default)]
    responses: Vec<ResponseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ResponseEntry {
    body: Box<RawValue>,
    response_id: Option<String>,
    sender: Option<String>,
    creation_time: Option<i64>,
}

/// Why a seed or a snapshot is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    /// A JSON Pointer into the document; empty where it could not be read at all.
    pub pointer: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.pointer, self.problem)
        }
    }
}

impl Error for SeedError {}

/// The document that describes a state.
pub(super) fn snapshot(state: &State) -> Value {
    let groups = state.groups().map(|(name, actions)| {
        let actions: Value = actions.into_iter().map(action_entry).collect();
        (name.to_owned(), actions)
    });
    json!({"open": state.open, "groups": groups.collect::<Map<_, _>>()})
}

fn action_entry(action: &Action) -> Value {
    let mut entry = json!({
        "body": parse::<Value>(&action.body),
        "referenceId": action.reference_id,
    });
    if let Some(id) = &action.id {
        entry["actionId"] = json!(id);
    }
    entry["sender"] = json!(action.sender);
    entry["creationTime"] = json!(action.sent_at);
    let responses = action.responses.iter().map(|response| {
        json!({
            "body": parse::<Value>(&response.body),
            "responseId": response.id,
            "sender": response.sender,
            "creationTime": response.sent_at,
        })
    });
    if responses.len() > 0 {
        entry["responses"] = responses.collect();
    }
    entry
}

/// What it takes to make a state of a document, and actions and responses at all.
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
    /// The state that a document describes, if every body in it is one.
    ///
    /// # Errors
    /// [`SeedError`] for what is no such document, or for the first body that is not.
    pub fn state(&self, text: &[u8]) -> Result<State, SeedError> {
        let snapshot: Snapshot = serde_json::from_slice(text).map_err(|error| SeedError {
            pointer: String::new(),
            problem: error.to_string(),
        })?;
        let mut state = State::new(snapshot.open);
        for (group, actions) in snapshot.groups {
            state.add_group(&group);
            let name = group.replace('~', "~0").replace('/', "~1");
            // A list is in the order of time.
            let mut earliest = 0;
            for (index, entry) in actions.into_iter().enumerate() {
                let pointer = format!("/groups/{name}/{index}");
                let action = self.action(&state, &group, entry, earliest, &pointer)?;
                earliest = action.sent_at;
                state.add(action);
            }
        }
        Ok(state)
    }

    fn action(
        &self,
        state: &State,
        group: &str,
        entry: ActionEntry,
        earliest: i64,
        pointer: &str,
    ) -> Result<Action, SeedError> {
        let body = entry.body.get();
        let envelope = Envelope::read(BodyKind::PostActionRequest, body);
        let kind = envelope.action_type();
        // The linter says why a type that can be neither cannot be posted.
        let is_posted =
            kind.is_none_or(|known| known.supports(Method::Post) || !known.supports(Method::Get));
        if is_posted {
            self.held(BodyKind::PostActionRequest, body, pointer)?;
        }
        let make = |of| self.generator.id(of, state.action_count());
        let has_id = self.answers.gives_action_id(&envelope);
        let sent_at = entry
            .creation_time
            .unwrap_or_else(|| self.generator.now(state.changes));
        let mut action = Action {
            group: group.to_owned(),
            reference_id: entry.reference_id.unwrap_or_else(|| make(Of::Reference)),
            id: has_id.then(|| entry.action_id.unwrap_or_else(|| make(Of::Action))),
            kind,
            sender: entry.sender.unwrap_or_else(|| SENDER.to_owned()),
            sent_at: sent_at.max(earliest),
            body: body.into(),
            responses: Vec::new(),
        };
        if !is_posted {
            // A type that can only be listed is right if what is then listed is.
            let listed = self.answers.list(&[&action], false).to_string();
            self.held(BodyKind::ListActionsResponse, &listed, pointer)?;
        }
        for (index, entry) in entry.responses.into_iter().enumerate() {
            let pointer = format!("{pointer}/responses/{index}");
            let number = state.responses + index as u64;
            let kind = BodyKind::PostActionResponseRequest;
            let body = entry.body.get();
            self.held(kind, body, &pointer)?;
            answers_to(&action, &Envelope::read(kind, body)).map_err(error_at(&pointer))?;
            let id = entry.response_id;
            action.responses.push(Response {
                id: id.unwrap_or_else(|| self.generator.id(Of::Response, number)),
                sender: entry.sender.unwrap_or_else(|| action.sender.clone()),
                sent_at: entry.creation_time.unwrap_or(action.sent_at),
                body: body.into(),
            });
        }
        Ok(action)
    }

    /// # Errors
    /// What the linter has against a body.
    fn held(&self, kind: BodyKind, body: &str, pointer: &str) -> Result<(), SeedError> {
        let report = self.linter.lint(kind, body.as_bytes());
        let errors: Vec<_> = report.errors().map(Finding::to_string).collect();
        let is_held = errors.is_empty().then_some(());
        is_held.ok_or_else(|| error_at(pointer)(errors.join("; ")))
    }
}
