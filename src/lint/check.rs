//! How the rules of meaning look at the values whose schema names them (`x-kaizala-checks`).

use super::{finding::Sink, instance::Instance, survey::Survey};

/// When a rule looks at the values whose schema names it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// Before the value is held to its schema. Whether it finds something: then the value is not
    /// judged further.
    PreSchema(fn(&Instance<'_>, &mut Sink) -> bool),
    /// Once the value is in its canonical form and was held to its schema, where the guard does not
    /// say that the rule finds nothing.
    PostSchema(Guard, fn(&Instance<'_>, &mut Sink)),
    /// As `PostSchema`, where there is a survey that the document is a response to.
    WithSurvey(fn(&Instance<'_>, &Survey, &mut Sink)),
}

/// A condition under which a rule surely finds nothing, simple enough for the
/// [fast pass](super::fast). Where it is all of the rule's condition, the rule has only words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Guard {
    /// No member of this name, which the schema does not declare: it is what the rule is about.
    Undeclared(&'static str),
    /// Never.
    Never,
    /// No array, or one of this many items.
    Items(usize, usize),
    /// No string, or one that passes.
    Text(fn(&str) -> bool),
    /// Nothing that has this member.
    Without(&'static str),
    /// No object, or one with one of these members.
    Any(&'static [&'static str]),
    /// No object, or one with any member at all.
    NotEmpty,
    /// Anything but this string.
    Not(&'static str),
    /// An object that has `needs`, and an item in it, exactly when `member` has one of `values`.
    When {
        member: &'static str,
        values: &'static [&'static str],
        needs: &'static str,
    },
}

impl Guard {
    /// Whether a value is such.
    pub fn holds(self, value: &Instance<'_>) -> bool {
        let node = value.node;
        let has = |name: &&str| node.member(name).is_some();
        match self {
            Self::Undeclared(name) => node.member_in_any_case(name).is_none(),
            Self::Never => false,
            Self::Items(least, most) => node
                .items()
                .is_none_or(|items| (least..=most).contains(&items.count())),
            Self::Text(passes) => node.as_str().is_none_or(passes),
            Self::Without(name) => !has(&name),
            Self::Any(names) => !node.is_object() || names.iter().any(has),
            Self::NotEmpty => !node.is_object() || node.members().next().is_some(),
            Self::Not(text) => node.as_str() != Some(text),
            Self::When {
                member,
                values,
                needs,
            } => {
                let value = node
                    .member(member)
                    .and_then(|member| member.value().as_str());
                if value.is_some_and(|value| values.contains(&value)) {
                    node.member(needs).is_some_and(|member| {
                        let items = member.value().items();
                        items.is_none_or(|mut items| items.next().is_some())
                    })
                } else {
                    !has(&needs)
                }
            }
        }
    }
}
