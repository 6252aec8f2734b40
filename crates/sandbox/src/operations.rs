//! What the four operations do.

use std::sync::Arc;

use kaizala_actions::{body::BodyKind, support::ActionType};
use serde_json::Value;

use super::{
    answers::Answers,
    envelope::Envelope,
    id::{Id, hash},
    journal::JournalError,
    parameters::Query,
    refusal::{Cause, Refusal},
    routes::{Call, Matched},
    state::{Action, State},
    store::{NewAction, Store, Target},
};

/// How many actions a list holds at most, should the contract give no default.
const COUNT: i64 = 30;

/// A call that has passed all checks of form.
pub(super) struct Checked<'c> {
    pub matched: &'c Matched<'c, 'c>,
    pub query: &'c Query,
    pub token: &'c str,
    pub body: &'c Arc<[u8]>,
}

impl From<JournalError> for Box<Refusal> {
    fn from(error: JournalError) -> Self {
        Self::new(Refusal::new(Cause::Failed, error.to_string()))
    }
}

impl Checked<'_> {
    /// Does what is asked.
    ///
    /// # Errors
    /// A [`Refusal`] for what is not there, or does not go together.
    pub async fn run(&self, store: &Store, answers: &Answers) -> Result<Value, Box<Refusal>> {
        match self.matched.operation.call {
            Call::ListActions => self.list(store, answers),
            Call::PostAction => self.post(store, answers).await,
            Call::GetAction => self.details(store, answers),
            Call::PostActionResponse => self.respond(store, answers).await,
        }
    }

    fn group(&self) -> &str {
        self.matched.parameter("groupId")
    }

    fn list(&self, store: &Store, answers: &Answers) -> Result<Value, Box<Refusal>> {
        let action_type = self.query.text("actionType").and_then(ActionType::by_name);
        let action_type = action_type.ok_or_else(|| not_found("no such action type".to_owned()))?;
        let from = self.query.integer("fromDate").unwrap_or(0);
        let most =
            usize::try_from(self.query.integer("count").unwrap_or(COUNT)).unwrap_or(usize::MAX);
        store.read(|state| {
            self.check_group(state)?;
            let (actions, has_more) = state.list(self.group(), action_type, from, most);
            Ok(answers.list(&actions, has_more))
        })
    }

    async fn post(&self, store: &Store, answers: &Answers) -> Result<Value, Box<Refusal>> {
        store.read(|state| self.check_group(state))?;
        let envelope = Envelope::read(BodyKind::PostActionRequest, self.body);
        let action_type = envelope.tag.as_deref().and_then(ActionType::by_name);
        let new = NewAction {
            group: self.group(),
            action_type,
            // A tag that names no type was allowed on purpose; nothing says that such an action has
            // an id.
            has_action_id: (envelope.tag.is_none() || action_type.is_some())
                && answers.gives_action_id(action_type),
            sender: self.sender(),
            body: self.body.clone(),
        };
        Ok(answers.posted(&store.post(new).await?))
    }

    fn details(&self, store: &Store, answers: &Answers) -> Result<Value, Box<Refusal>> {
        store.read(|state| {
            let (_, action) = self.find(state)?;
            Ok(answers.details(&action, &|parameter| self.query.is_true(parameter)))
        })
    }

    async fn respond(&self, store: &Store, answers: &Answers) -> Result<Value, Box<Refusal>> {
        let envelope = Envelope::read(BodyKind::PostActionResponseRequest, self.body);
        let earlier = envelope.response_id.as_deref().map(Id::from);
        let find = |state: &State| {
            let (number, action) = self.find(state)?;
            answers_to(&action, self.body)
                .map_err(|problem| Box::new(Refusal::new(Cause::Conflict, problem)))?;
            match earlier {
                Some(id) if action.responses.iter().all(|response| response.id != id) => {
                    let problem = format!(
                        "the action has no response {:?}; leave responseId out to add one",
                        id.to_string()
                    );
                    Err(Box::new(Refusal::new(Cause::Conflict, problem)))
                }
                earlier => Ok(Target {
                    action: number,
                    earlier,
                }),
            }
        };
        Ok(answers.responded(
            &store
                .respond(self.sender(), self.body.clone(), find)
                .await?,
        ))
    }

    fn check_group(&self, state: &State) -> Result<(), Box<Refusal>> {
        let group = self.group();
        if state.has_group(group) {
            Ok(())
        } else {
            Err(not_found(format!("there is no group {group:?}")))
        }
    }

    fn find<'s>(&self, state: &'s State) -> Result<(u32, Action<'s>), Box<Refusal>> {
        self.check_group(state)?;
        let (group, id) = (self.group(), self.matched.parameter("actionId"));
        state
            .find(group, &Id::from(id))
            .ok_or_else(|| not_found(format!("the group {group:?} has no action {id:?}")))
    }

    /// The phone number of whoever has the token: made up, and always the same.
    fn sender(&self) -> Arc<str> {
        format!("+9112345{:05}", hash(self.token) % 100_000).into()
    }
}

fn not_found(message: String) -> Box<Refusal> {
    Box::new(Refusal::new(Cause::NotFound, message))
}

/// Whether a response is to an action of its own type or package.
///
/// # Errors
/// In words, why not.
pub(super) fn answers_to(action: &Action<'_>, response: &[u8]) -> Result<(), String> {
    let response = Envelope::read(BodyKind::PostActionResponseRequest, response);
    let action_package = || {
        Envelope::read(BodyKind::PostActionRequest, &action.body)
            .package
            .map(std::borrow::Cow::into_owned)
    };
    let name = |action_type: ActionType| action_type.row().label;
    match (
        action.action_type,
        response.tag.as_deref().and_then(ActionType::by_name),
    ) {
        (Some(posted), Some(answered)) if posted == answered => Ok(()),
        (Some(posted), Some(answered)) => Err(format!(
            "the action is a {}, and this answers a {}",
            name(posted),
            name(answered)
        )),
        (Some(posted), None) => Err(format!(
            "the action is a {}, and this answers an instance of a package",
            name(posted)
        )),
        (None, Some(answered)) => Err(format!(
            "the action is an instance of a package, and this answers a {}",
            name(answered)
        )),
        (None, None) => match (action_package(), response.package) {
            (Some(posted), Some(answered)) if posted == answered => Ok(()),
            (posted, answered) => Err(format!(
                "the action is an instance of {:?}, and this answers one of {:?}",
                posted.unwrap_or_default(),
                answered.unwrap_or_default()
            )),
        },
    }
}
