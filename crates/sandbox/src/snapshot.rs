//! The state as a JSON document; `snapshot.md` has the format.

use std::{collections::BTreeMap, error::Error, fmt};

use kaizala_actions::{
    body::BodyKind,
    json::without_mark,
    lint::{Finding, Linter},
    support::Method,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{
    answers::Answers,
    envelope::Envelope,
    id::{Ids, Of},
    operations::answers_to,
    state::{Action, Response, State},
    time::Clock,
};

/// Who sent what says no sender.
const SENDER: &str = "+911234500001";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "an object with the member `groups`")]
pub(super) struct Snapshot {
    #[serde(default)]
    open: bool,
    groups: BTreeMap<String, Vec<ActionEntry>>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ActionEntry {
    body: Box<RawValue>,
    reference_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_id: Option<String>,
    sender: Option<String>,
    creation_time: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    responses: Vec<ResponseEntry>,
}

#[derive(Deserialize, Serialize)]
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

impl Snapshot {
    /// # Errors
    /// [`SeedError`] for what is no such document.
    pub fn parse(text: &[u8]) -> Result<Self, SeedError> {
        serde_json::from_slice(text).map_err(|error| SeedError {
            pointer: String::new(),
            problem: error.to_string(),
        })
    }

    pub fn of(state: &State) -> Self {
        let groups = state.groups().map(|(name, actions)| {
            (
                name.to_owned(),
                actions.into_iter().map(ActionEntry::of).collect(),
            )
        });
        Self {
            open: state.open,
            groups: groups.collect(),
        }
    }

    /// The state that it describes, if every body in it is one.
    ///
    /// # Errors
    /// [`SeedError`] for the first that is not.
    pub fn state(&self, loader: &Loader<'_>) -> Result<State, SeedError> {
        let mut state = State::new(self.open);
        for (group, actions) in &self.groups {
            state.add_group(group);
            // A list is in the order of time.
            let mut earliest = 0;
            for (index, entry) in actions.iter().enumerate() {
                let pointer = format!(
                    "/groups/{}/{index}",
                    group.replace('~', "~0").replace('/', "~1")
                );
                let action = loader.action(&state, group, entry, earliest, &pointer)?;
                earliest = action.sent_at;
                state.add(action);
            }
        }
        Ok(state)
    }
}

impl ActionEntry {
    fn of(action: &Action) -> Self {
        Self {
            body: raw(&action.body),
            reference_id: Some(action.reference_id.clone()),
            action_id: action.action_id.clone(),
            sender: Some(action.sender.clone()),
            creation_time: Some(action.sent_at),
            responses: action.responses.iter().map(ResponseEntry::of).collect(),
        }
    }
}

impl ResponseEntry {
    fn of(response: &Response) -> Self {
        Self {
            body: raw(&response.body),
            response_id: Some(response.id.clone()),
            sender: Some(response.sender.clone()),
            creation_time: Some(response.sent_at),
        }
    }
}

/// A stored body as it was written; it has passed the linter, so it is JSON, with a byte order mark
/// at worst.
fn raw(body: &str) -> Box<RawValue> {
    serde_json::from_slice(without_mark(body.as_bytes())).unwrap_or_default()
}

/// What it takes to make a state of a document.
pub(super) struct Loader<'a> {
    pub answers: &'a Answers,
    pub linter: &'a Linter,
    pub ids: Ids,
    pub clock: Clock,
}

impl Loader<'_> {
    fn action(
        &self,
        state: &State,
        group: &str,
        entry: &ActionEntry,
        earliest: i64,
        pointer: &str,
    ) -> Result<Action, SeedError> {
        let body = entry.body.get();
        let error = |problem: String| SeedError {
            pointer: format!("{pointer}/body"),
            problem,
        };
        let envelope = Envelope::read(BodyKind::PostActionRequest, body);
        let action_type = envelope.action_type();
        // The linter says why a type that can be neither cannot be posted.
        let is_posted = action_type
            .is_none_or(|known| known.supports(Method::Post) || !known.supports(Method::Get));
        if is_posted {
            self.held(BodyKind::PostActionRequest, body)
                .map_err(error)?;
        }
        let number = state.action_count();
        let given =
            |id: &Option<String>, of| id.clone().unwrap_or_else(|| self.ids.make(of, number));
        let has_action_id = self.answers.gives_action_id(&envelope);
        let sent_at = entry
            .creation_time
            .unwrap_or_else(|| self.clock.now(state.changes()));
        let mut action = Action {
            group: group.to_owned(),
            reference_id: given(&entry.reference_id, Of::Reference),
            action_id: has_action_id.then(|| given(&entry.action_id, Of::Action)),
            action_type,
            sender: entry.sender.clone().unwrap_or_else(|| SENDER.to_owned()),
            sent_at: sent_at.max(earliest),
            body: body.into(),
            responses: Vec::new(),
        };
        if !is_posted {
            // A type that can only be listed is right if what is then listed is.
            let listed = self.answers.list(&[&action], false).to_string();
            self.held(BodyKind::ListActionsResponse, &listed)
                .map_err(error)?;
        }
        for (index, response) in entry.responses.iter().enumerate() {
            let pointer = format!("{pointer}/responses/{index}");
            let number = state.response_count() + index as u64;
            let response = self.response(&action, response, number, &pointer)?;
            action.responses.push(response);
        }
        Ok(action)
    }

    fn response(
        &self,
        action: &Action,
        entry: &ResponseEntry,
        number: u64,
        pointer: &str,
    ) -> Result<Response, SeedError> {
        let body = entry.body.get();
        let error = |problem| SeedError {
            pointer: format!("{pointer}/body"),
            problem,
        };
        let kind = BodyKind::PostActionResponseRequest;
        self.held(kind, body).map_err(error)?;
        answers_to(action, &Envelope::read(kind, body)).map_err(error)?;
        Ok(Response {
            id: entry
                .response_id
                .clone()
                .unwrap_or_else(|| self.ids.make(Of::Response, number)),
            sender: entry
                .sender
                .clone()
                .unwrap_or_else(|| action.sender.clone()),
            sent_at: entry.creation_time.unwrap_or(action.sent_at),
            body: body.into(),
        })
    }

    /// # Errors
    /// What the linter has against a body.
    fn held(&self, kind: BodyKind, body: &str) -> Result<(), String> {
        let report = self.linter.lint(kind, body.as_bytes());
        let errors: Vec<_> = report.errors().map(Finding::to_string).collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors.join("; "))
        }
    }
}
