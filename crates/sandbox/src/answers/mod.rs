//! Generates answers from posted bodies, as the contract describes (`x-kaizala-from`): no action
//! type is named here.

mod forms;
mod subject;
mod template;

use kaizala_actions::{
    body::BodyKind,
    contract::{Contract, Type},
    support::ActionType,
};
use serde_json::{Map, Value};

use super::{
    envelope::Envelope,
    state::{Action, Response},
};
use forms::{fit, formed};
use subject::Subject;
use template::{Form, Kept, Origin, Source, Template, at, member};

/// The templates of all answers.
pub(super) struct Answers {
    list: Template,
    posted: Template,
    details: Template,
    responded: Template,
    /// The types whose actions have an id: those that are listed with one, and those that can be
    /// responded to.
    with_action_id: Vec<ActionType>,
    package_has_action_id: bool,
}

impl Answers {
    pub fn new() -> Self {
        let list = Template::named(BodyKind::ListActionsResponse.schema());
        let listed = list
            .members
            .iter()
            .filter_map(|(_, _, member)| member.items.as_ref())
            .flat_map(|items| &items.alternatives);
        let mut with_action_id: Vec<_> = listed
            .filter(|(_, template)| template.uses(Kept::ActionId))
            .map(|(action_type, _)| *action_type)
            .collect();
        let answerable = Contract::get().union(BodyKind::RespondToActionRequest.schema());
        with_action_id.extend(
            answerable
                .into_iter()
                .flat_map(|union| union.alternatives.keys())
                .filter_map(|tag| ActionType::by_name(tag)),
        );
        Self {
            list,
            posted: Template::named(BodyKind::PostActionResponse.schema()),
            details: Template::named(BodyKind::GetActionResponse.schema()),
            responded: Template::named(BodyKind::RespondToActionResponse.schema()),
            with_action_id,
            package_has_action_id: answerable.is_some_and(|union| union.bare.is_some()),
        }
    }

    /// Whether an action with this envelope has an action id. A tag that names no type was allowed
    /// explicitly: such an action has none.
    pub fn gives_action_id(&self, envelope: &Envelope) -> bool {
        match envelope.action_type() {
            Some(action_type) => self.with_action_id.contains(&action_type),
            None => envelope.tag.is_none() && self.package_has_action_id,
        }
    }

    /// The answer to `listActions`.
    pub fn list(&self, actions: &[&Action], has_more: bool) -> Value {
        Scene {
            actions,
            has_more,
            ..Scene::default()
        }
        .answer(&self.list, &Subject::default())
    }

    /// The answer to `postAction`.
    pub fn posted(&self, action: &Action) -> Value {
        // Does not need the posted body: what is stored of it is enough.
        let subject = Subject {
            action: Some(action),
            ..Subject::default()
        };
        Scene::default().answer(&self.posted, &subject)
    }

    /// The answer to `getAction`, with the boolean parameters that are true.
    pub fn details(&self, action: &Action, asked: &dyn Fn(&str) -> bool) -> Value {
        Scene {
            asked: Some(asked),
            ..Scene::default()
        }
        .answer(&self.details, &Subject::from(action))
    }

    /// The answer to `respondToAction`.
    pub fn responded(&self, response: &Response) -> Value {
        Scene::default().answer(&self.responded, &Subject::of(response))
    }
}

/// Checks that a response is to an action of its own type or package.
///
/// # Errors
/// The reason, as a text.
pub(super) fn answers_to(action: &Action, response: &Envelope) -> Result<(), String> {
    let name = |action_type: Option<ActionType>| match action_type {
        Some(action_type) => format!("a {}", action_type.row().label),
        None => "an instance of a package".to_owned(),
    };
    let answered = response.action_type();
    if action.kind != answered {
        let (posted, answered) = (name(action.kind), name(answered));
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

/// The sources of an answer, besides its subject.
#[derive(Default)]
struct Scene<'a> {
    actions: &'a [&'a Action],
    has_more: bool,
    asked: Option<&'a dyn Fn(&str) -> bool>,
}

/// The context of a part of an answer: its subject, and the location in what was posted.
#[derive(Clone, Copy)]
struct Place<'v> {
    subject: &'v Subject<'v>,
    /// The innermost item of a list; outside of lists, the whole posted body.
    item: &'v Value,
    /// The value at the same location.
    here: Option<&'v Value>,
}

impl<'v> Place<'v> {
    fn new(subject: &'v Subject<'v>, item: &'v Value) -> Self {
        Self {
            subject,
            item,
            here: Some(item),
        }
    }

    fn member(self, name: &str) -> Self {
        let here = self.here.and_then(Value::as_object);
        Self {
            here: here.and_then(|members| member(members, name)),
            ..self
        }
    }
}

impl Scene<'_> {
    fn answer(&self, template: &Template, subject: &Subject<'_>) -> Value {
        self.object(template, Place::new(subject, &subject.posted))
    }

    fn object(&self, template: &Template, place: Place<'_>) -> Value {
        let mut object = Map::new();
        for (name, required, template) in &template.members {
            match self.value(template, place.member(name)) {
                // Unknown: left out, unless the contract requires it.
                Some(Value::Object(members)) if members.is_empty() && !required => {}
                Some(value) => {
                    object.insert(name.clone(), value);
                }
                None => {}
            }
        }
        object.into()
    }

    fn value(&self, template: &Template, place: Place<'_>) -> Option<Value> {
        if let Some(constant) = &template.constant {
            return Some(constant.clone());
        }
        if template.sources.is_empty() {
            return match &template.items {
                Some(items) => Some(self.items(items, place.subject, place.here?.as_array()?)),
                None if !template.members.is_empty() => Some(self.object(template, place)),
                None => fit(template.kind, place.here?.clone()),
            };
        }
        let sources = template.sources.iter();
        let mut fitting = sources.filter(|source| self.applies(source, place.subject));
        fitting.find_map(|source| match &template.items {
            Some(items) => self.list_from(source, items, place),
            None => self.single(source, template.kind, place),
        })
    }

    fn applies(&self, source: &Source, subject: &Subject<'_>) -> bool {
        let action_type = subject.action.and_then(|action| action.kind);
        let is_for = |name: &String| {
            action_type.is_some_and(|action_type| action_type.row().body_value == name)
        };
        (source.types.is_empty() || source.types.iter().any(is_for))
            && source
                .when
                .as_deref()
                .is_none_or(|parameter| self.asked.is_some_and(|asked| asked(parameter)))
    }

    fn list_from(&self, source: &Source, items: &Template, place: Place<'_>) -> Option<Value> {
        let subject = place.subject;
        Some(match &source.origin {
            Origin::Kept(Kept::Actions) => self
                .actions
                .iter()
                .filter_map(|action| {
                    let template = items.alternatives.get(&action.kind?)?;
                    Some(self.answer(template, &Subject::from(action)))
                })
                .collect(),
            Origin::Kept(_) => return None,
            origin @ (Origin::Posted(_) | Origin::Item(_)) => {
                let list = origin.find(&subject.posted, place.item)?;
                self.items(items, subject, list.as_array()?)
            }
            Origin::Responses(_) => {
                let about = |(response, posted): (_, Value)| {
                    let subject = Subject {
                        action: subject.action,
                        ..Subject::of(response)
                    };
                    self.value(items, Place::new(&subject, &posted))
                };
                subject.responses().filter_map(about).collect()
            }
        })
    }

    fn items(&self, template: &Template, subject: &Subject<'_>, list: &[Value]) -> Value {
        list.iter()
            .filter_map(|item| self.value(template, Place::new(subject, item)))
            .collect()
    }

    fn single(&self, source: &Source, kind: Option<Type>, place: Place<'_>) -> Option<Value> {
        let subject = place.subject;
        let value = match &source.origin {
            Origin::Kept(Kept::HasMore) => Some(self.has_more.into()),
            Origin::Kept(kept) => subject.kept_value(*kept),
            origin @ (Origin::Posted(_) | Origin::Item(_)) => {
                let posted = origin.find(&subject.posted, place.item);
                return formed(source, kind, posted, subject);
            }
            Origin::Responses(pointer) => {
                let count = |is_counted: fn(&Value) -> bool| {
                    let responses = subject.responses();
                    let counted = |response: &Value| at(response, pointer).is_some_and(is_counted);
                    responses.filter(|(_, response)| counted(response)).count()
                };
                let is_true = |value: &Value| *value == Value::Bool(true);
                match source.form? {
                    Form::Count => Some(count(|_| true).into()),
                    Form::CountTrue => Some(count(is_true).into()),
                    Form::AllTrue => {
                        let wanted = at(&subject.posted, source.of.as_ref()?)?.as_array()?.len();
                        Some((wanted > 0 && count(is_true) >= wanted).into())
                    }
                    Form::HoursLater | Form::MediaUrl => None,
                }
            }
        };
        fit(kind, value?)
    }
}
