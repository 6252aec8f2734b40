//! How the semantic rules look at the values whose schema names them (`x-kaizala-checks`).

use super::{finding::Sink, instance::Instance, survey::Survey};

/// When a rule looks at the values whose schema names it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// Before the value is validated against its schema. If the rule finds something, the value is
    /// not judged further.
    PreSchema(fn(&Instance<'_>, &mut Sink) -> bool),
    /// After the value was brought into its canonical form and validated against its schema, unless
    /// the guard shows that the rule finds nothing.
    PostSchema(Guard, fn(&Instance<'_>, &mut Sink)),
    /// As `PostSchema`, but only if the survey that the document responds to is known.
    WithSurvey(fn(&Instance<'_>, &Survey, &mut Sink)),
}

impl Check {
    /// Lets the rules look at a value that was validated against its schema; `survey` is what the
    /// document responds to, if it is known.
    pub fn post_schema(
        checks: &[Self],
        place: &Instance<'_>,
        survey: Option<&Survey>,
        sink: &mut Sink,
    ) {
        for check in checks {
            match (check, survey) {
                (Self::PostSchema(guard, find), _) if !guard.holds(place) => find(place, sink),
                (Self::WithSurvey(check), Some(survey)) => check(place, survey, sink),
                _ => {}
            }
        }
    }
}

/// A condition under which a rule cannot find anything, simple enough for the [fast
/// pass](super::fast). If it is the whole condition of the rule, the rule only words its finding.
#[derive(Clone, Copy, Debug)]
pub(super) enum Guard {
    /// The object has no undeclared member of this name, which is what the rule is about.
    Undeclared(&'static str),
    /// Never holds: the rule always has to look.
    Never,
    /// The value is not an array, or has this many items.
    Items(usize, usize),
    /// The value is not a string, or the string passes this test.
    Text(fn(&str) -> bool),
    /// The object does not have this member.
    Without(&'static str),
    /// The value is not an object, or has one of these members.
    Any(&'static [&'static str]),
    /// The value is not an object, or has at least one member.
    NotEmpty,
    /// The value is not this string.
    Not(&'static str),
    /// `needs` is present and has an item exactly when `member` has one of `values`.
    When {
        member: &'static str,
        values: &'static [&'static str],
        needs: &'static str,
    },
}

impl Guard {
    /// Whether the type allows this value.
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
