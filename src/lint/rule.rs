//! What a rule is; the rules themselves are in [`rules`](super::rules).

use std::{collections::HashMap, fmt, sync::LazyLock};

use serde::Serialize;

use super::{
    finding::{Draft, Sink},
    pointer::Pointer,
    survey::Survey,
};
use crate::contract::Schema;
use crate::json::Node;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The sources disagree, and a reader should know.
    Note,
    /// The service is known or believed to take it, but it is not the canonical form.
    Warning,
    /// The contract refuses it.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that the linter looks for.
///
/// ```
/// use kaizala_actions::lint::Rule;
///
/// let rule = Rule::find("KZ201").unwrap();
/// assert_eq!(rule.name, "unsupported-method");
/// assert_eq!(Rule::find("unsupported-method"), Some(rule));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Permanent, never reused: `KZ` and three digits, of which the first is the family.
    pub id: &'static str,
    /// The same in words, in kebab case.
    pub name: &'static str,
    /// How much a finding weighs, in a request or anywhere.
    pub severity: Severity,
    /// Where it differs: how much it weighs in a response.
    pub in_responses: Option<Severity>,
    /// What is found.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// A body with such a finding.
    pub bad: Example,
    /// The same body without.
    pub good: Example,
    /// The sources of the fact behind it, by the tags of `openapi/README.md`.
    pub sources: &'static [&'static str],
    /// The rulings it follows.
    pub decisions: &'static [&'static str],
    pub(super) look: Look,
}

/// A body that shows a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Example {
    /// `OPERATION.DIRECTION`, or [`EXCHANGE`](Self::EXCHANGE); none where it is to be recognised.
    pub body: Option<&'static str>,
    /// The body or the exchange, which is not always JSON.
    pub text: &'static str,
    /// The survey that it is a response to, where the rule needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<&'static str>,
}

impl Example {
    /// What stands in place of the kind of body where a whole exchange shows the rule.
    pub const EXCHANGE: &str = "exchange";

    pub(super) const fn of(body: &'static str, text: &'static str) -> Self {
        Self {
            body: Some(body),
            text,
            survey: None,
        }
    }

    /// A body that is to be recognised.
    pub(super) const fn unknown(text: &'static str) -> Self {
        Self {
            body: None,
            text,
            survey: None,
        }
    }

    /// A response to a survey.
    pub(super) const fn to(survey: &'static str, text: &'static str) -> Self {
        Self {
            body: Some("post-action-response.request"),
            text,
            survey: Some(survey),
        }
    }
}

/// How a rule comes to look at a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    /// While the document is read or compared with its schema.
    Along,
    /// At values whose schema names it (`x-kaizala-checks`), once they are compared with it; and
    /// when it surely finds nothing.
    After(fn(&Place<'_>, &mut Sink), Guard),
    /// As `After`, but before; with a finding, the value is not judged further.
    Before(fn(&Place<'_>) -> Option<Draft>),
    /// As `After`, where there is a survey that the document is a response to.
    With(fn(&Place<'_>, &Survey, &mut Sink)),
}

/// A condition under which a rule surely finds nothing, simple enough for the
/// [fast pass](super::fast). It may be narrower than the rule, never wider.
#[derive(Clone, Copy, Debug)]
pub(super) enum Guard {
    /// No member that the schema does not declare: those are what the rule is about.
    Declared,
    /// Never.
    Never,
    /// An array of this many items.
    Items(usize, usize),
    /// A string that passes.
    Text(fn(&str) -> bool),
    /// An object without this member.
    Without(&'static str),
    /// An object with one of these members.
    Any(&'static [&'static str]),
    /// An object with any member at all.
    NotEmpty,
    /// Another string than this.
    Not(&'static str),
    /// An object that has `needs`, and an item in it, exactly when `member` has one of `values`.
    When {
        member: &'static str,
        values: &'static [&'static str],
        needs: &'static str,
    },
}

/// A value that a rule looks at.
#[derive(Clone, Copy)]
pub(super) struct Place<'n> {
    pub node: &'n Node<'n>,
    pub pointer: &'n Pointer<'n>,
    /// What the contract says of it.
    pub schema: &'n Schema,
}

impl Rule {
    /// All rules, in the order of their ids.
    #[must_use]
    pub fn all() -> &'static [&'static Self] {
        super::rules::ALL
    }

    /// The rule with this id or name, in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        static BY_NAME: LazyLock<HashMap<&str, &Rule>> =
            LazyLock::new(|| Rule::all().iter().map(|rule| (rule.name, *rule)).collect());
        // As the contract asks for them, at every value that it wants looked at.
        let exact = BY_NAME.get(name).copied();
        exact.or_else(|| {
            Self::all().iter().copied().find(|rule| {
                rule.id.eq_ignore_ascii_case(name) || rule.name.eq_ignore_ascii_case(name)
            })
        })
    }

    /// The rule whose id or name is closest to this one, if any is close.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static Self> {
        let names = Self::all().iter().flat_map(|rule| [rule.id, rule.name]);
        super::rules::nearest(name, names).and_then(Self::find)
    }

    /// How much a finding weighs in a request or a response.
    #[must_use]
    pub fn severity_in(&self, request: bool) -> Severity {
        self.in_responses
            .filter(|_| !request)
            .unwrap_or(self.severity)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
