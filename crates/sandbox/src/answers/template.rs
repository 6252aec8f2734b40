//! Templates of answers: a response schema with the source of each member.

use std::collections::BTreeMap;

use kaizala_actions::{
    contract::{Contract, Schema, Type},
    support::ActionType,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A schema of an answer.
#[derive(Default)]
pub(super) struct Template {
    pub kind: Option<Type>,
    /// The value of an `enum` with one value.
    pub constant: Option<Value>,
    /// The first source that has a value counts; without sources, the value is at the same location
    /// of the posted body.
    pub sources: Vec<Source>,
    /// The members in the order of the document, and whether each is required.
    pub members: Vec<(String, bool, Template)>,
    pub items: Option<Box<Template>>,
    /// For a union of action types: the alternatives.
    pub alternatives: BTreeMap<ActionType, Template>,
}

/// A row of `x-kaizala-from`. The build has checked it.
#[derive(Clone, Deserialize)]
pub(super) struct Source {
    #[serde(flatten)]
    pub origin: Origin,
    #[serde(rename = "as")]
    pub form: Option<Form>,
    /// The list whose length `all-true` compares with.
    pub of: Option<String>,
    pub default: Option<Value>,
    /// The types that it is for, as body values; empty for all.
    #[serde(default, rename = "for")]
    pub types: Vec<String>,
    /// The boolean parameter that must be true.
    pub when: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Origin {
    /// A pointer into the posted body.
    Posted(String),
    /// A pointer into the list item that this part of the answer describes.
    Item(String),
    /// A pointer into each response.
    Responses(String),
    Kept(Kept),
}

/// What the sandbox stores of an action or a response.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Kept {
    ReferenceId,
    ActionId,
    ActionType,
    ResponseId,
    Sender,
    CreatorId,
    SentAt,
    CreationTime,
    Actions,
    HasMore,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    /// The number of items.
    Count,
    /// The number of responses that have `true` there.
    CountTrue,
    /// Whether as many responses have `true` there as the list named by `of` has items.
    AllTrue,
    /// This many hours after the action was sent.
    HoursLater,
    /// The address of the uploaded file.
    MediaUrl,
}

impl Template {
    /// The template of a schema of the contract.
    pub fn named(name: &str) -> Self {
        let schema = Contract::get().schema(name);
        schema.map(Self::read).unwrap_or_default()
    }

    fn read(schema: &Schema) -> Self {
        let union = schema.union.as_deref();
        let union = union.and_then(|name| Contract::get().union(name));
        let alternatives = union.into_iter().flat_map(|union| &union.alternatives);
        let alternatives = alternatives
            .filter_map(|(tag, schema)| Some((ActionType::by_name(tag)?, Self::named(schema))));
        let members = schema.properties.iter().flatten();
        let members = members.map(|(name, member)| {
            let is_required = schema.requires(name);
            (name.clone(), is_required, Self::read(member))
        });
        let sources = match &schema.from {
            Some(Value::Array(several)) => several.as_slice(),
            single => single.as_slice(),
        };
        let sources = sources.iter().map(Source::deserialize);
        let items = schema.items.as_deref().map(Self::read);
        Self {
            kind: schema.kind,
            constant: match schema.values.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            },
            sources: sources.filter_map(Result::ok).collect(),
            members: members.collect(),
            items: items.map(Box::new),
            alternatives: alternatives.collect(),
        }
    }

    /// Whether some member, at any depth, is made from what is stored under this name.
    pub fn uses(&self, kept: Kept) -> bool {
        let mut sources = self.sources.iter();
        sources.any(|source| matches!(source.origin, Origin::Kept(other) if other == kept))
            || self.members.iter().any(|(_, _, member)| member.uses(kept))
    }
}

impl Origin {
    /// The value that it points to in the posted body.
    pub fn find<'v>(&self, posted: &'v Value, item: &'v Value) -> Option<&'v Value> {
        match self {
            Self::Posted(pointer) => at(posted, pointer),
            Self::Item(pointer) => at(item, pointer),
            Self::Responses(_) | Self::Kept(_) => None,
        }
    }
}

/// The member of an object with this name, in any case, as the service reads them (D-11). `null`
/// counts as absent (D-35).
pub(super) fn member<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let exact = object.get(name);
    let value = exact.or_else(|| {
        object
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    });
    value.filter(|value| !value.is_null())
}

/// The target of a JSON Pointer, with names in any case.
pub(super) fn at<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(value, |value, name| match value {
            Value::Object(members) => member(members, &name.replace("~1", "/").replace("~0", "~")),
            _ => None,
        })
}
