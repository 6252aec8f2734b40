//! What a rule is; the rules themselves are in [`rules`](super::rules).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::name::{self, UnknownName};

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The sources disagree, and a reader should know.
    Note,
    /// The service is known or believed to accept it, but it is not the canonical form.
    Warning,
    /// The contract refuses it.
    Error,
}

impl Severity {
    /// All severities, in ascending order.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

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

impl FromStr for Severity {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        name::find("a severity", Self::ALL, Self::name, name)
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
    /// The permanent id, never reused: `KZ` and three digits, the first of which is the family.
    pub id: &'static str,
    /// The name, in kebab case.
    pub name: &'static str,
    /// The severity in a request or anywhere else.
    pub severity: Severity,
    /// The severity in a response, if it differs.
    pub in_responses: Option<Severity>,
    /// What the rule finds.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// A body with such a finding.
    pub bad: Example,
    /// The same body without.
    pub good: Example,
    /// The sources of the fact that the rule checks, by the tags of `openapi/README.md`.
    pub sources: &'static [&'static str],
    /// The rulings it follows.
    pub decisions: &'static [&'static str],
}

/// A body that shows a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Example {
    /// `OPERATION.DIRECTION`, or [`EXCHANGE`](Self::EXCHANGE); `None` to detect it.
    pub body: Option<&'static str>,
    /// The body or the exchange, which is not always JSON.
    pub text: &'static str,
    /// The survey that it responds to, if the rule needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<&'static str>,
    /// The limit of listed findings, if the rule is about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_findings: Option<usize>,
}

impl Example {
    /// The kind of an example that is a whole exchange.
    pub const EXCHANGE: &str = "exchange";

    pub(super) const fn of(body: &'static str, text: &'static str) -> Self {
        Self {
            body: Some(body),
            ..Self::unknown(text)
        }
    }

    /// A body whose kind is detected.
    pub(super) const fn unknown(text: &'static str) -> Self {
        Self {
            body: None,
            text,
            survey: None,
            most_findings: None,
        }
    }

    pub(super) const fn most(self, most: usize) -> Self {
        Self {
            most_findings: Some(most),
            ..self
        }
    }

    pub(super) const fn exchange(text: &'static str) -> Self {
        Self::of(Self::EXCHANGE, text)
    }

    /// A request that posts an action.
    pub(super) const fn post(text: &'static str) -> Self {
        Self::of("post-action.request", text)
    }

    /// The response to one.
    pub(super) const fn posted(text: &'static str) -> Self {
        Self::of("post-action.response", text)
    }

    /// A list of actions.
    pub(super) const fn list(text: &'static str) -> Self {
        Self::of("list-actions.response", text)
    }

    /// A response to a survey.
    pub(super) const fn to(survey: &'static str, text: &'static str) -> Self {
        Self {
            survey: Some(survey),
            ..Self::of("respond-to-action.request", text)
        }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Rule {
    /// The severity in a request or a response.
    #[must_use]
    pub fn severity_in(&self, request: bool) -> Severity {
        self.in_responses
            .filter(|_| !request)
            .unwrap_or(self.severity)
    }
}
