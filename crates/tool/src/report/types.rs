//! Which types of action a body tells of: a glance at the members that say so, past all others. It
//! is for counting only; what is wrong with them is the linter's business.

use std::fmt;

use kaizala_actions::{
    body::BodyKind,
    contract::{Contract, Union},
    json::without_mark,
};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The type of one action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Seen {
    /// As the body spells it.
    Type(String),
    Package,
    Nothing,
}

impl Seen {
    /// As reports name it.
    pub fn name(&self) -> &str {
        match self {
            Self::Type(name) => name,
            Self::Package => "(action package)",
            Self::Nothing => "(none)",
        }
    }
}

/// What a body says, as far as it can be read.
pub(crate) fn of(kind: BodyKind, text: &[u8]) -> Vec<Seen> {
    let mut seen = Vec::new();
    if let Some(shape) = Shape::of(kind) {
        let glance = Glance {
            at: shape.list.map_or(Level::Action, Level::Body),
            shape: &shape,
            seen: &mut seen,
        };
        // Where it ends in an error, what came before holds.
        let _ = glance.deserialize(&mut serde_json::Deserializer::from_slice(without_mark(
            text,
        )));
    }
    seen
}

/// What says the type in a kind of body, by the contract.
struct Shape {
    /// The member that holds a list of actions, where it is one.
    list: Option<&'static str>,
    tag: &'static str,
    /// The member that is there instead of the tag in an instance of an action package.
    selector: Option<&'static str>,
}

impl Shape {
    /// None for a body that tells of no type.
    fn of(kind: BodyKind) -> Option<Self> {
        let contract = Contract::get();
        let schema = contract.schema(kind.schema())?;
        let of_union = |list, name: &str| {
            let Union { tag, bare, .. } = contract.union(name)?;
            let selector = bare.as_ref().map(|bare| &*bare.selector);
            Some(Self {
                list,
                tag,
                selector,
            })
        };
        if let Some(union) = &schema.union {
            return of_union(None, union);
        }
        let mut members = schema.properties.iter().flatten();
        members.find_map(|(name, member)| match &member.items {
            Some(items) => of_union(Some(name), items.union.as_deref()?),
            None => member.action_type.map(|_| Self {
                list: None,
                tag: name,
                selector: None,
            }),
        })
    }
}

/// A look at a part of a body.
struct Glance<'g> {
    at: Level,
    shape: &'g Shape,
    seen: &'g mut Vec<Seen>,
}

#[derive(Clone, Copy)]
enum Level {
    /// A body with a list of actions in this member.
    Body(&'static str),
    List,
    Action,
}

impl<'de> DeserializeSeed<'de> for Glance<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.at {
            Level::List => deserializer.deserialize_seq(self),
            _ => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Glance<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("actions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut actions: A) -> Result<(), A::Error> {
        while let Some(()) = actions.next_element_seed(Glance {
            at: Level::Action,
            shape: self.shape,
            seen: self.seen,
        })? {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut tag, mut is_package) = (None, false);
        let mut read = || {
            while let Some(key) = map.next_key::<String>()? {
                // In any case, as the linter takes it.
                let is = |name: &str| name.eq_ignore_ascii_case(&key);
                if matches!(self.at, Level::Body(list) if is(list)) {
                    map.next_value_seed(Glance {
                        at: Level::List,
                        shape: self.shape,
                        seen: self.seen,
                    })?;
                } else if is(self.shape.tag) {
                    let raw = map.next_value::<&RawValue>()?;
                    tag = serde_json::from_str::<String>(raw.get()).ok();
                } else {
                    map.next_value::<IgnoredAny>()?;
                    is_package |= self.shape.selector.is_some_and(is);
                }
            }
            Ok(())
        };
        let outcome = read();
        if matches!(self.at, Level::Action) {
            self.seen.push(match tag {
                Some(name) => Seen::Type(name),
                None if is_package => Seen::Package,
                None => Seen::Nothing,
            });
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(kind: BodyKind, text: &str) -> Vec<String> {
        of(kind, text.as_bytes())
            .iter()
            .map(|seen| seen.name().to_owned())
            .collect()
    }

    #[test]
    fn bodies_say_their_types_in_any_case_and_order() {
        let table: &[(BodyKind, &str, &[&str])] = &[
            (
                BodyKind::PostActionRequest,
                r#"{"actionBody":{"actionType":"x"},"ActionType":"job"}"#,
                &["job"],
            ),
            (
                BodyKind::PostActionRequest,
                "\u{FEFF}{\"id\":\"com.example\",\"actionBody\":{}}",
                &["(action package)"],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"actionType":7}"#,
                &["(none)"],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"actionType":"Job", oops"#,
                &["Job"],
            ),
            (BodyKind::PostActionRequest, "[]", &[]),
            (
                BodyKind::ListActionsResponse,
                r#"{"hasMore":false,"actions":[{"actionType":"Job"},{"actionType":"Poll"}]}"#,
                &["Job", "Poll"],
            ),
            (BodyKind::ListActionsResponse, r#"{"actions":7}"#, &[]),
            (
                BodyKind::GetActionResponse,
                r#"{"actionDetails":{},"actionType":"Survey"}"#,
                &["Survey"],
            ),
            (
                BodyKind::PostActionResponseRequest,
                r#"{"actionType":"Survey","actionBody":{}}"#,
                &["Survey"],
            ),
        ];
        for (kind, text, expected) in table {
            assert_eq!(seen(*kind, text), *expected, "{text}");
        }
        for kind in [BodyKind::ErrorResponse, BodyKind::PostActionResponse] {
            assert!(Shape::of(kind).is_none(), "{kind}");
        }
    }
}
