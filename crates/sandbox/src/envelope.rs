//! The few members of a request that the sandbox acts on, read without building a tree.

use std::{borrow::Cow, fmt};

use kaizala_actions::{
    body::BodyKind,
    contract::{Contract, Union},
};
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;

/// The earlier response that a response takes the place of.
const RESPONSE_ID: &str = "responseId";

/// What a request says of itself, by the members that its union goes by.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Envelope<'b> {
    /// The action type, as it is written.
    pub tag: Option<Cow<'b, str>>,
    /// The package, for an instance of one.
    pub package: Option<Cow<'b, str>>,
    pub response_id: Option<Cow<'b, str>>,
}

impl<'b> Envelope<'b> {
    /// Reads a body; what is no object with such members gives an empty envelope.
    pub fn read(kind: BodyKind, body: &'b [u8]) -> Self {
        let Some(union) = Contract::get().union(kind.schema()) else {
            return Self::default();
        };
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let mut deserializer = Deserializer::from_slice(body);
        deserializer
            .deserialize_map(Reader { union })
            .unwrap_or_default()
    }
}

struct Reader<'u> {
    union: &'u Union,
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Envelope<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<'de>, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(Name(name)) = map.next_key()? {
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            let target = if is(&self.union.tag) {
                &mut envelope.tag
            } else if self
                .union
                .bare
                .as_ref()
                .is_some_and(|bare| is(&bare.selector))
            {
                &mut envelope.package
            } else if is(RESPONSE_ID) {
                &mut envelope.response_id
            } else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            *target = map
                .next_value::<Option<Name<'de>>>()?
                .map(|Name(text)| text);
        }
        Ok(envelope)
    }
}

/// A text that is borrowed where it holds no escape; serde borrows no `Cow` by itself.
struct Name<'b>(Cow<'b, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(text.into()))
            }

            fn visit_str<E>(self, text: &str) -> Result<Name<'de>, E> {
                Ok(Name(text.to_owned().into()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_read_in_any_case_and_null_is_absent() {
        let body = b"\xEF\xBB\xBF{\"ActionType\": \"Jo\\u0062\", \"actionBody\": {\"id\": 1}, \"id\": null, \"responseID\": \"r\"}";
        let read = Envelope::read(BodyKind::PostActionResponseRequest, body);
        assert_eq!(
            read,
            Envelope {
                tag: Some("Job".into()),
                package: None,
                response_id: Some("r".into())
            }
        );
    }
}
