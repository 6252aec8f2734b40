//! The four operations.

use std::borrow::Cow;

use kaizala_actions::{body::BodyKind, lint::RequestReport, support::ActionType};
use serde_json::Value;

use super::{
    answer::Answer,
    answers::answers_to,
    envelope::Envelope,
    id::{Of, hash},
    loader::Loader,
    state::{Action, Change, Response, State},
    store::Store,
};

/// A call without errors.
pub(super) struct Call<'c> {
    pub store: &'c Store,
    pub loader: &'c Loader,
    pub report: &'c RequestReport<'c>,
    pub token: &'c str,
    pub body: Cow<'c, str>,
}

impl Call<'_> {
    /// Performs a call.
    ///
    /// # Errors
    /// A refusal if something does not exist, or does not match.
    pub fn run(self) -> Result<Value, Box<Answer>> {
        let operation = self.report.operation;
        match operation.and_then(|operation| operation.body(false)) {
            Some(BodyKind::ListActionsResponse) => self.list(),
            Some(BodyKind::PostActionResponse) => self.post(),
            Some(BodyKind::GetActionResponse) => self.details(),
            Some(BodyKind::RespondToActionResponse) => self.respond(),
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
            // A name that is not a type was allowed explicitly; there are no actions of it.
            let (actions, has_more) = action_type
                .map(|listed| state.list(self.group(), listed, from, most.unwrap_or(usize::MAX)))
                .unwrap_or_default();
            Ok(self.loader.answers.list(&actions, has_more))
        })
    }

    fn post(self) -> Result<Value, Box<Answer>> {
        let envelope = Envelope::read(BodyKind::PostActionRequest, &self.body);
        let has_id = self.loader.answers.gives_action_id(&envelope);
        self.store.change(|state| {
            self.check_group(state)?;
            let make = |of| {
                let number = state.action_count();
                self.loader
                    .generator
                    .fresh(of, number, |id| state.has(of, id))
            };
            let action = Action {
                group: self.group().into(),
                reference_id: make(Of::Reference),
                id: has_id.then(|| make(Of::Action)),
                kind: envelope.action_type(),
                sender: self.sender(),
                sent_at: self.now(state),
                body: (&*self.body).into(),
                responses: Vec::new(),
            };
            let answer = self.loader.answers.posted(&action);
            Ok((Change::Action(action), answer))
        })
    }

    fn details(&self) -> Result<Value, Box<Answer>> {
        self.store.read(|state| {
            let (_, action) = self.find(state)?;
            let asked = |parameter: &str| self.query(parameter) == Some(&Value::Bool(true));
            Ok(self.loader.answers.details(action, &asked))
        })
    }

    fn respond(self) -> Result<Value, Box<Answer>> {
        let envelope = Envelope::read(BodyKind::RespondToActionRequest, &self.body);
        let conflict = |problem: String| Answer::refusal(409, problem);
        self.store.change(|state| {
            let (number, action) = self.find(state)?;
            answers_to(action, &envelope).map_err(conflict)?;
            let id = match envelope.response_id {
                Some(id) if state.response(number, &id).is_none() => {
                    return Err(conflict(format!(
                        "the action has no response {id:?}; leave responseId out to add one"
                    )));
                }
                Some(earlier) => earlier.into(),
                None => {
                    let (of, number) = (Of::Response, state.responses);
                    let is_taken = |id: &str| state.has(of, id);
                    self.loader.generator.fresh(of, number, is_taken)
                }
            };
            let response = Response {
                id,
                sender: self.sender(),
                sent_at: self.now(state),
                body: (&*self.body).into(),
            };
            let answer = self.loader.answers.responded(&response);
            let action = number;
            Ok((Change::Response { action, response }, answer))
        })
    }

    /// Never before the last event, so that lists are in order.
    fn now(&self, state: &State) -> i64 {
        self.loader.generator.now(state.changes).max(state.last)
    }

    fn check_group(&self, state: &State) -> Result<(), Box<Answer>> {
        let group = self.group();
        let has_group = state.has_group(group).then_some(());
        has_group.ok_or_else(|| not_found(format!("there is no group {group:?}")))
    }

    fn find<'s>(&self, state: &'s State) -> Result<(usize, &'s Action), Box<Answer>> {
        self.check_group(state)?;
        let (group, id) = (self.group(), self.report.path_parameter("actionId"));
        state
            .find(group, id)
            .ok_or_else(|| not_found(format!("the group {group:?} has no action {id:?}")))
    }

    /// The phone number of the owner of a token: invented, and always the same.
    fn sender(&self) -> Box<str> {
        format!("+9112345{:05}", hash(self.token) % 100_000).into()
    }
}

fn not_found(message: String) -> Box<Answer> {
    Answer::refusal(404, message)
}
