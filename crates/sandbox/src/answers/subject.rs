//! The subject of an answer or of a part of it.

use serde_json::Value;

use super::{
    super::{
        envelope::parse,
        id::{Generator, Of, hash},
        state::{Action, Response},
        time::iso,
    },
    template::Kept,
};

/// The subject of an answer or of a part of it.
#[derive(Clone, Default)]
pub(super) struct Subject<'a> {
    pub action: Option<&'a Action>,
    pub response: Option<&'a Response>,
    pub posted: Value,
}

impl<'a> Subject<'a> {
    pub fn from(action: &'a Action) -> Self {
        Self {
            action: Some(action),
            posted: parse(&action.body),
            ..Self::default()
        }
    }

    /// The responses to the action, parsed one at a time: there may be many.
    pub fn responses(&self) -> impl Iterator<Item = (&'a Response, Value)> {
        let responses = self.action.into_iter().flat_map(|action| &action.responses);
        responses.map(|response| (response, parse(&response.body)))
    }

    pub fn of(response: &'a Response) -> Self {
        Self {
            response: Some(response),
            ..Self::default()
        }
    }

    pub fn kept_value(&self, kept: Kept) -> Option<Value> {
        let of_response = self.response.map(|of| (&of.sender, of.sent_at));
        let sent = of_response.or_else(|| self.action.map(|of| (&of.sender, of.sent_at)));
        Some(match kept {
            Kept::ReferenceId => (*self.action?.reference_id).into(),
            Kept::ActionId => self.action?.id.as_deref()?.into(),
            Kept::ActionType => self.action?.kind?.row().body_value.into(),
            Kept::ResponseId => (*self.response?.id).into(),
            Kept::Sender => (**sent?.0).into(),
            // A member's id is a function of the phone number, and has a scale unit like real ones
            // (D-24).
            Kept::CreatorId => format!(
                "{}@1",
                Generator::new(Some(0)).id(Of::Member, hash(sent?.0))
            )
            .into(),
            Kept::SentAt => iso(sent?.1).into(),
            Kept::CreationTime => sent?.1.into(),
            Kept::Actions | Kept::HasMore => return None,
        })
    }
}
