//! What can be done about a finding other than to change the text.

use super::rule::Rule;
use crate::{body::BodyKind, support::Method};

/// What a user of the linter can do about a finding other than to change the text. It is data: each
/// front end says it in its own words, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Let the type pass, with [`Linter::allow`](super::Linter::allow).
    Allow {
        /// The type, as a body spells it.
        action_type: &'static str,
        /// What is done with it.
        method: Method,
    },
    /// Say what kind of body it is, with [`Linter::lint`](super::Linter::lint).
    SetKind,
    /// Leave the rule out, with [`Linter::ignore`](super::Linter::ignore), where the text is not all
    /// that was sent.
    Ignore(&'static Rule),
    /// Read what the body has to be, in its
    /// [schema](crate::contract::json_schema).
    ReadSchema(BodyKind),
    /// List more findings, with [`Linter::most_findings`](super::Linter::most_findings).
    ListMore,
}
