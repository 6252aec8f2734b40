//! What the four operations do.

use std::borrow::Cow;

use kaizala_actions::{body::BodyKind, lint::RequestReport, support::ActionType};
use serde_json::Value;

use super::{
    answer::Answer,
    answers::Answers,
    envelope::Envelope,
    id::hash,
    state::{Action, State},
    store::{Posted, Store, Target},
};

/// A call in which the linter found no error.
pub(super) struct Call<'c> {
    pub store: &'c Store,
    pub answers: &'c Answers,
    pub report: &'c RequestReport<'c>,
    pub token: &'c str,
    pub body: Cow<'c, str>,
}

impl Call<'_> {
    /// Does what is asked.
    ///
    /// # Errors
    /// A refusal for what is not there, or does not go together.
    pub fn run(self) -> Result<Value, Box<Answer>> {
        let operation = self.report.operation;
        match operation.and_then(|operation| operation.body(false)) {
            Some(BodyKind::ListActionsResponse) => self.list(),
            Some(BodyKind::PostActionResponse) => self.post(),
            Some(BodyKind::GetActionResponse) => self.details(),
            Some(BodyKind::PostActionResponseResponse) => self.respond(),
            _ => Err(not_found("the sandbox does not serve this".to_owned())),
        }
    }

    fn group(&self) -> &str {
        self.report.path_parameter("groupId")
    }

    fn query(&self, name: &str) -> Option<&Value> {
        self.report.query_parameter(name)
    }

    fn list(&self) -> Result<Value, Box<Answer>> {
        let integer = |name| self.query(name).and_then(Value::as_i64);
        let action_type = self.query("actionType").and_then(Value::as_str);
        let action_type = action_type.and_then(ActionType::by_name);
        let from = integer("fromDate").unwrap_or(0);
        let most = integer("count").and_then(|count| usize::try_from(count).ok());
        self.store.read(|state| {
            self.check_group(state)?;
            // A name that is not a type was allowed on purpose, and nothing is listed of it.
            let (actions, has_more) = action_type
                .map(|listed| state.list(self.group(), listed, from, most.unwrap_or(usize::MAX)))
                .unwrap_or_default();
            Ok(self.answers.list(&actions, has_more))
        })
    }

    fn post(self) -> Result<Value, Box<Answer>> {
        self.store.read(|state| self.check_group(state))?;
        let envelope = Envelope::read(BodyKind::PostActionRequest, &self.body);
        let posted = Posted {
            group: self.group(),
            action_type: envelope.action_type(),
            has_action_id: self.answers.gives_action_id(&envelope),
            sender: self.sender(),
            body: self.body.clone().into_owned(),
        };
        let post = |action: &Action| self.answers.posted(action);
        Ok(self.store.post(posted, post)?)
    }

    fn details(&self) -> Result<Value, Box<Answer>> {
        self.store.read(|state| {
            let (_, action) = self.find(state)?;
            let asked = |parameter: &str| self.query(parameter) == Some(&Value::Bool(true));
            Ok(self.answers.details(action, &asked))
        })
    }

    fn respond(self) -> Result<Value, Box<Answer>> {
        let response = Envelope::read(BodyKind::PostActionResponseRequest, &self.body);
        let find = |state: &State| {
            let (number, action) = self.find(state)?;
            let conflict = |problem: String| Answer::refusal(409, problem);
            answers_to(action, &response).map_err(conflict)?;
            let mut known = action.responses.iter();
            match &response.response_id {
                Some(id) if known.all(|known| known.id != *id) => Err(conflict(format!(
                    "the action has no response {id:?}; leave responseId out to add one"
                ))),
                earlier => Ok(Target {
                    action: number,
                    earlier: earlier.clone(),
                }),
            }
        };
        let body = self.body.clone().into_owned();
        self.store.respond(self.sender(), body, find, |response| {
            self.answers.responded(response)
        })
    }

    fn check_group(&self, state: &State) -> Result<(), Box<Answer>> {
        let group = self.group();
        if state.has_group(group) {
            Ok(())
        } else {
            Err(not_found(format!("there is no group {group:?}")))
        }
    }

    fn find<'s>(&self, state: &'s State) -> Result<(usize, &'s Action), Box<Answer>> {
        self.check_group(state)?;
        let (group, id) = (self.group(), self.report.path_parameter("actionId"));
        state
            .find(group, id)
            .ok_or_else(|| not_found(format!("the group {group:?} has no action {id:?}")))
    }

    /// The phone number of whoever has the token: made up, and always the same.
    fn sender(&self) -> String {
        format!("+9112345{:05}", hash(self.token) % 100_000)
    }
}

fn not_found(message: String) -> Box<Answer> {
    Answer::refusal(404, message)
}

/// Whether a response is to an action of its own type or package.
///
/// # Errors
/// In words, why not.
pub(super) fn answers_to(action: &Action, response: &Envelope) -> Result<(), String> {
    let name = |action_type: Option<ActionType>| match action_type {
        Some(action_type) => format!("a {}", action_type.row().label),
        None => "an instance of a package".to_owned(),
    };
    let answered = response.action_type();
    if action.action_type != answered {
        let (posted, answered) = (name(action.action_type), name(answered));
        return Err(format!(
            "the action is {posted}, and this answers {answered}"
        ));
    }
    if answered.is_some() {
        return Ok(());
    }
    let posted = Envelope::read(BodyKind::PostActionRequest, &action.body).package;
    if posted.is_some() && posted == response.package {
        return Ok(());
    }
    Err(format!(
        "the action is an instance of {:?}, and this answers one of {:?}",
        posted.unwrap_or_default(),
        response.package.as_deref().unwrap_or_default()
    ))
}
