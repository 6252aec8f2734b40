//! Which types of action a body tells of: a glance at the members that say so, past all others. It
//! is for counting only; what is wrong with them is the linter's business.

use std::{borrow::Cow, fmt};

use kaizala_actions::{body::BodyKind, contract::Contract, json::without_mark};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// What says the type in a kind of body, by the contract.
#[derive(Debug)]
pub(crate) struct Shape<'c> {
    /// The member that holds a list of actions, where it is one.
    list: Option<&'c str>,
    tag: &'c str,
    /// The member that is there instead of the tag in an instance of an action package.
    selector: Option<&'c str>,
}

/// The type of one action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Seen {
    /// As the body spells it.
    Type(String),
    Package,
    Nothing,
}

impl Shape<'static> {
    /// None for a body that tells of no type.
    pub fn of(kind: BodyKind) -> Option<Self> {
        let contract = Contract::get();
        let schema = contract.schema(kind.schema())?;
        let by = |name: &str, list: Option<&'static str>| {
            let union = contract.union(name)?;
            Some(Self {
                list,
                tag: &union.tag,
                selector: union.bare.as_ref().map(|bare| bare.selector.as_str()),
            })
        };
        if let Some(union) = &schema.union {
            return by(union, None);
        }
        schema
            .properties
            .iter()
            .flatten()
            .find_map(|(name, member)| match (&member.items, member.action_type) {
                (Some(items), _) => by(items.union.as_deref()?, Some(name)),
                (None, Some(_)) => Some(Self {
                    list: None,
                    tag: name,
                    selector: None,
                }),
                (None, None) => None,
            })
    }

    /// What the body says, as far as it can be read.
    pub fn types(&self, text: &[u8]) -> Vec<Seen> {
        let mut seen = Vec::new();
        let mut reader = serde_json::Deserializer::from_slice(without_mark(text));
        // Where it ends in an error, what came before holds.
        let _ = Glance {
            shape: self,
            list: self.list,
            seen: &mut seen,
        }
        .deserialize(&mut reader);
        seen
    }
}

/// A look at an object, or at the actions in its list.
struct Glance<'g> {
    shape: &'g Shape<'g>,
    list: Option<&'g str>,
    seen: &'g mut Vec<Seen>,
}

impl<'de> DeserializeSeed<'de> for Glance<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Glance<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Shape { tag, selector, .. } = *self.shape;
        let (mut of_tag, mut of_selector) = (None, false);
        let mut read = || {
            while let Some(key) = map.next_key::<String>()? {
                // In any case, as the linter takes it.
                let is = |name: &str| name.eq_ignore_ascii_case(&key);
                if self.list.is_some_and(is) {
                    map.next_value_seed(Actions {
                        shape: self.shape,
                        seen: self.seen,
                    })?;
                } else if is(tag) {
                    let raw = map.next_value::<&RawValue>()?;
                    of_tag = serde_json::from_str::<String>(raw.get()).ok();
                } else {
                    map.next_value::<IgnoredAny>()?;
                    of_selector |= selector.is_some_and(is);
                }
            }
            Ok(())
        };
        let outcome = read();
        if self.list.is_none() {
            self.seen.push(match of_tag {
                Some(name) => Seen::Type(name),
                None if of_selector => Seen::Package,
                None => Seen::Nothing,
            });
        }
        outcome
    }
}

struct Actions<'g> {
    shape: &'g Shape<'g>,
    seen: &'g mut Vec<Seen>,
}

impl<'de> DeserializeSeed<'de> for Actions<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Actions<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq
            .next_element_seed(Glance {
                shape: self.shape,
                list: None,
                seen: self.seen,
            })?
            .is_some()
        {}
        Ok(())
    }
}

impl Seen {
    /// As reports name it.
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Type(name) => name.into(),
            Self::Package => "(action package)".into(),
            Self::Nothing => "(none)".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(kind: BodyKind, text: &str) -> Vec<String> {
        let shape = Shape::of(kind).expect("it tells of types");
        shape
            .types(text.as_bytes())
            .iter()
            .map(|seen| seen.name().into_owned())
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
        assert!(
            Shape::of(BodyKind::ErrorResponse).is_none()
                && Shape::of(BodyKind::PostActionResponse).is_none()
        );
    }
}
