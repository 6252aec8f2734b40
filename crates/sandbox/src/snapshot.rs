//! Writes the document that describes a state; `snapshot.md` has the format, `loader.rs` reads it.

use std::{collections::BTreeMap, iter, sync::Arc};

use kaizala_actions::json::without_mark;
use serde::Serialize;
use serde_json::{Map, Value, json, value::RawValue};

use super::state::{Action, State};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ActionEntry<'a> {
    body: &'a RawValue,
    reference_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action_id: Option<&'a str>,
    sender: &'a str,
    creation_time: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    responses: Vec<ResponseEntry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResponseEntry<'a> {
    body: &'a RawValue,
    response_id: &'a str,
    sender: &'a str,
    creation_time: i64,
}

impl<'a> From<&'a Action> for ActionEntry<'a> {
    fn from(action: &'a Action) -> Self {
        let responses = action.responses.iter().map(|response| ResponseEntry {
            body: raw(&response.body),
            response_id: &response.id,
            sender: &response.sender,
            creation_time: response.sent_at,
        });
        Self {
            body: raw(&action.body),
            reference_id: &action.reference_id,
            action_id: action.id.as_deref(),
            sender: &action.sender,
            creation_time: action.sent_at,
            responses: responses.collect(),
        }
    }
}

/// A body as it was posted, without a byte order mark. An accepted body that is not JSON is null.
fn raw(body: &str) -> &RawValue {
    serde_json::from_slice(without_mark(body.as_bytes())).unwrap_or(RawValue::NULL)
}

/// The current state, written while the sandbox goes on.
pub(super) struct Snapshot {
    is_open: bool,
    groups: BTreeMap<Arc<str>, Vec<Arc<Action>>>,
}

impl From<&State> for Snapshot {
    fn from(state: &State) -> Self {
        Self {
            is_open: state.open,
            groups: state.groups(),
        }
    }
}

impl Snapshot {
    /// The document as a value.
    pub fn value(self) -> Value {
        let groups = self.groups.iter().map(|(name, actions)| {
            let actions = actions
                .iter()
                .map(|action| json!(ActionEntry::from(&**action)));
            (String::from(&**name), actions.collect())
        });
        json!({"open": self.is_open, "groups": groups.collect::<Map<_, Value>>()})
    }

    /// The document as a text, one action at a time.
    pub fn pieces(self) -> impl Iterator<Item = Vec<u8>> + Send {
        let head = format!("{{\"open\":{},\"groups\":{{", self.is_open);
        let groups = self.groups.into_iter().enumerate();
        let groups = groups.flat_map(|(number, (name, actions))| {
            let name = format!("{}{}:[", comma(number), json!(name));
            let actions = actions.into_iter().enumerate();
            let actions = actions.map(|(number, action)| {
                let mut piece = comma(number).as_bytes().to_vec();
                // Strings, numbers and former JSON: all can be written.
                let written = serde_json::to_writer(&mut piece, &ActionEntry::from(&*action));
                debug_assert!(written.is_ok());
                piece
            });
            iter::once(name.into_bytes())
                .chain(actions)
                .chain(iter::once(b"]".to_vec()))
        });
        iter::once(head.into_bytes())
            .chain(groups)
            .chain(iter::once(b"}}".to_vec()))
    }
}

/// The separator in front of all but the first.
fn comma(number: usize) -> &'static str {
    if number == 0 { "" } else { "," }
}
