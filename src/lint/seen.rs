//! Collects the action types in a body, for the counts in a report; the rules judge them.

use std::borrow::Cow;

use super::plan::{Declared, Plan};
use crate::{
    body::BodyKind,
    contract::Union,
    json::{Member, Node},
    mask::Cover,
    support::ActionType,
};

/// How a body names the type of an action.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeenType {
    /// A type, as the body or the contract spells it; secrets are masked.
    Named(Cow<'static, str>),
    /// An instance of an action package.
    Package,
    /// Nothing.
    Missing,
}

/// The action types in a body. Most bodies have one, which then needs no heap memory.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct SeenTypes {
    first: Option<SeenType>,
    others: Vec<SeenType>,
    /// What to mask in names that are not in the contract.
    pub cover: Cover,
}

impl SeenTypes {
    pub fn iter(&self) -> impl Iterator<Item = &SeenType> {
        self.first.iter().chain(&self.others)
    }

    /// The types without secrets, which are looked for only now.
    pub fn shown(&self) -> impl Iterator<Item = SeenType> {
        self.iter().map(|seen| match seen {
            SeenType::Named(name) if seen.is_foreign() => {
                SeenType::Named(self.cover.hidden().words(name).into_owned().into())
            }
            _ => seen.clone(),
        })
    }

    pub fn has_foreign(&self) -> bool {
        self.iter().any(SeenType::is_foreign)
    }
}

impl SeenType {
    /// Whether it is a name that is not in the contract.
    fn is_foreign(&self) -> bool {
        // Names of the contract are borrowed.
        matches!(self, Self::Named(Cow::Owned(name)) if ActionType::by_name(name).is_none())
    }
}

impl Extend<SeenType> for SeenTypes {
    fn extend<T: IntoIterator<Item = SeenType>>(&mut self, types: T) {
        for seen in types {
            match self.first {
                None => self.first = Some(seen),
                Some(_) => self.others.push(seen),
            }
        }
    }
}

/// The types in a body of this kind, as far as it can be read.
pub(super) fn of(kind: BodyKind, root: Node<'_>) -> SeenTypes {
    let mut seen = SeenTypes::default();
    let Some(plan) = Plan::of(kind) else {
        return seen;
    };
    if let Some(union) = &plan.union {
        seen.extend(action(root, union.declared));
    }
    for Declared { name, plan } in plan.members.iter().flatten() {
        let union = plan.items.as_ref().and_then(|items| items.union.as_ref());
        let value = || root.member_in_any_case(name).map(Member::value);
        if let Some(union) = union {
            let actions = value().and_then(Node::items).into_iter().flatten();
            actions.for_each(|node| seen.extend(action(node, union.declared)));
        } else if plan.schema.action_type.is_some() && root.is_object() {
            seen.extend([named(value()).unwrap_or(SeenType::Missing)]);
        }
    }
    seen
}

fn named(value: Option<Node<'_>>) -> Option<SeenType> {
    Some(SeenType::Named(value?.as_str()?.to_owned().into()))
}

fn action(node: Node<'_>, union: &Union) -> Option<SeenType> {
    let find = |name: &str| node.member_in_any_case(name).map(Member::value);
    let selector = || find(&union.bare.as_ref()?.selector);
    let other = || match selector() {
        Some(_) => SeenType::Package,
        None => SeenType::Missing,
    };
    node.is_object()
        .then(|| named(find(&union.tag)).unwrap_or_else(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Linter;

    #[test]
    fn secrets_in_types_are_masked_when_they_are_shown() {
        let body = |tag: &str| format!(r#"{{"actionType":"{tag}","accessToken":"a-secret-01"}}"#);
        for (tag, expected) in [
            ("a-secret-01", "***********"),
            ("of a-secret-01", "of ***********"),
            ("+911234500001", "+************"),
            ("Zed", "Zed"),
            ("job", "job"),
        ] {
            for linter in [Linter::new(), Linter::new().count_only()] {
                let report = linter.lint(BodyKind::PostActionRequest, body(tag));
                let expected = SeenType::Named(expected.to_owned().into());
                assert!(report.types().eq([expected]), "{tag}");
            }
        }
    }

    #[test]
    fn bodies_say_their_types_in_any_case_and_order() {
        let named = |name: &'static str| SeenType::Named(name.into());
        let table: &[(BodyKind, &str, &[SeenType])] = &[
            (
                BodyKind::PostActionRequest,
                r#"{"actionBody":{"actionType":"x"},"ActionType":"job"}"#,
                &[named("job")],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"actionBody":{"title":"a","assignedTo":["b"]},"actionType":"Job"}"#,
                &[named("Job")],
            ),
            (
                BodyKind::PostActionRequest,
                "\u{FEFF}{\"id\":\"com.example\",\"actionBody\":{}}",
                &[SeenType::Package],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"id":"com.example","actionBody":{"title":"a"}}"#,
                &[SeenType::Package],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"actionType":7}"#,
                &[SeenType::Missing],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"actionType":"Job", oops"#,
                &[named("Job")],
            ),
            (
                BodyKind::PostActionRequest,
                r#"{"actionType":"Job", "actionBody""#,
                &[named("Job")],
            ),
            (BodyKind::PostActionRequest, "[]", &[]),
            (BodyKind::PostActionRequest, "", &[]),
            (
                BodyKind::ListActionsResponse,
                r#"{"hasMore":false,"actions":[{"actionType":"Job"},{"actionType":"Poll"}]}"#,
                &[named("Job"), named("Poll")],
            ),
            (BodyKind::ListActionsResponse, r#"{"actions":7}"#, &[]),
            (
                BodyKind::GetActionResponse,
                r#"{"actionDetails":{},"actionType":"Survey"}"#,
                &[named("Survey")],
            ),
            (
                BodyKind::RespondToActionRequest,
                r#"{"actionType":"Survey","actionBody":{}}"#,
                &[named("Survey")],
            ),
            (BodyKind::ErrorResponse, r#"{"actionType":"Job"}"#, &[]),
        ];
        for (kind, text, expected) in table {
            let report = Linter::new().lint(*kind, text.as_bytes());
            assert!(report.types().eq(expected.iter().cloned()), "{text}");
        }
    }
}
