//! Remedies for a finding other than to change the text.

use super::rule::Rule;
use crate::{body::BodyKind, support::Method};

/// A remedy for a finding other than to change the text. It is data: each front end words it in its
/// own way, or ignores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Allow the type, with [`Linter::allow`](super::Linter::allow).
    Allow {
        /// The type, as a body spells it.
        action_type: &'static str,
        /// What is done with it.
        method: Method,
    },
    /// Set the kind of body, with [`Linter::lint`](super::Linter::lint).
    SetKind,
    /// Ignore the rule, with [`Linter::ignore`](super::Linter::ignore), if the text is not all that
    /// was sent.
    Ignore(&'static Rule),
    /// Read the [schema](crate::contract::json_schema) of the body.
    ReadSchema(BodyKind),
    /// List more findings, with [`Linter::most_findings`](super::Linter::most_findings).
    ListMore,
}
