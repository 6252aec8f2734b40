//! The few members of a body that the sandbox uses, read without building a tree.

use std::{borrow::Cow, collections::BTreeMap};

use kaizala_actions::{
    body::BodyKind, contract::Contract, json::without_mark, support::ActionType,
};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The name of a member, which is most often written without escapes.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'b>(#[serde(borrow)] Cow<'b, str>);

/// The members of a request by which its union is distinguished.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Envelope {
    /// The action type, as it is written.
    pub tag: Option<String>,
    /// The package, for an instance of one.
    pub package: Option<String>,
    /// The earlier response that a response replaces.
    pub response_id: Option<String>,
}

impl Envelope {
    /// Reads a body; one that is not an object with such members gives an empty envelope.
    pub fn read(kind: BodyKind, body: &str) -> Self {
        let members: BTreeMap<Name<'_>, &RawValue> = parse(body);
        // In any case, as the service reads them (D-11); null counts as absent (D-35).
        let member = |name: &str| {
            let mut named = members
                .iter()
                .filter(|(other, _)| other.0.eq_ignore_ascii_case(name));
            named.find_map(|(_, value)| serde_json::from_str(value.get()).ok()?)
        };
        let union = Contract::get().union(kind.schema());
        let bare = union.and_then(|union| union.bare.as_ref());
        Self {
            tag: union.and_then(|union| member(&union.tag)),
            package: bare.and_then(|bare| member(&bare.selector)),
            response_id: member("responseId"),
        }
    }

    /// The type that the tag names.
    pub fn action_type(&self) -> Option<ActionType> {
        self.tag.as_deref().and_then(ActionType::by_name)
    }
}

/// A body as JSON. A stored body has passed the linter, so it is JSON, possibly with a byte order
/// mark.
pub(super) fn parse<'b, T: Deserialize<'b> + Default>(body: &'b str) -> T {
    serde_json::from_slice(without_mark(body.as_bytes())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_read_in_any_case_and_null_is_absent() {
        let body = "\u{feff}{\"ActionType\": \"Jo\\u0062\", \"actionBody\": {\"id\": 1}, \"id\": null, \"responseID\": \"r\"}";
        let read = Envelope::read(BodyKind::RespondToActionRequest, body);
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
