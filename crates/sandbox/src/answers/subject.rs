//! What an answer, or a part of it, is about.

use serde_json::Value;

use super::{
    super::{
        envelope::without_mark,
        id::{Ids, Of, hash},
        state::{Action, Response},
        time::iso,
    },
    template::Kept,
};

/// What an answer, or a part of it, is about.
#[derive(Clone, Default)]
pub(super) struct Subject<'a> {
    pub action: Option<&'a Action>,
    pub response: Option<&'a Response>,
    pub posted: Value,
    pub responses: Vec<Value>,
}

impl<'a> Subject<'a> {
    /// An action, without what was posted: enough for what is kept of it.
    pub fn kept(action: &'a Action) -> Self {
        Self {
            action: Some(action),
            ..Self::default()
        }
    }

    pub fn from(action: &'a Action) -> Self {
        let responses = action
            .responses
            .iter()
            .map(|response| parse(&response.body))
            .collect();
        Self {
            posted: parse(&action.body),
            responses,
            ..Self::kept(action)
        }
    }

    pub fn of(response: &'a Response) -> Self {
        Self {
            response: Some(response),
            ..Self::default()
        }
    }

    pub fn kept_value(&self, kept: Kept) -> Option<Value> {
        let sender = || {
            self.response
                .map(|response| &response.sender)
                .or(self.action.map(|action| &action.sender))
        };
        let sent_at = || {
            self.response
                .map(|response| response.sent_at)
                .or(self.action.map(|action| action.sent_at))
        };
        Some(match kept {
            Kept::ReferenceId => self.action?.reference_id.clone().into(),
            Kept::ActionId => self.action?.action_id.clone()?.into(),
            Kept::ActionType => self.action?.action_type?.row().body_value.into(),
            Kept::ResponseId => self.response?.id.clone().into(),
            Kept::Sender => sender()?.clone().into(),
            // A member's id is a function of the phone number, and carries a scale unit as real
            // ones do (D-24).
            Kept::CreatorId => {
                format!("{}@1", Ids::new(Some(0)).make(Of::Member, hash(sender()?))).into()
            }
            Kept::SentAt => iso(sent_at()?).into(),
            Kept::CreationTime => sent_at()?.into(),
            Kept::Actions | Kept::HasMore => return None,
        })
    }
}

/// A stored body. It has passed the linter, so it is JSON, with a byte order mark at worst.
fn parse(body: &str) -> Value {
    serde_json::from_str(without_mark(body)).unwrap_or_default()
}
