//! The result of the linter: findings with their locations.

use std::borrow::Cow;

use super::{
    Fix, Rule, Severity,
    finding::{Draft, Unlisted},
    place::{Lines, Position},
    remedy::Remedy,
    seen::{SeenType, SeenTypes},
};
use crate::{body::BodyKind, mask::Cover};

/// The findings about one body.
///
/// Its `Display`, its `Debug` and its JSON mask access tokens and phone numbers; the fields of its
/// findings do not.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The kind that the body was judged as; `None` if it was not recognised.
    pub body: Option<BodyKind>,
    /// The findings, by position and then by rule; at most as many as the linter lists.
    pub findings: Vec<Finding>,
    /// The findings that are not listed, by rule.
    pub unlisted: Vec<Unlisted>,
    pub(super) types: SeenTypes,
}

/// A problem of a body, or a fact about it that is worth knowing.
///
/// The fields quote the body verbatim. Where others may read them, take them from
/// [`mask::shown`](crate::mask::shown), as `Display`, `Debug` and `Serialize` do.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Its severity, by the rule, the direction and the linter's settings.
    pub severity: Severity,
    /// What is wrong, in one clause.
    pub message: Cow<'static, str>,
    /// The location, as a JSON Pointer with the names that the body uses; empty for the whole.
    pub pointer: String,
    /// The offset of the location in the body, in bytes.
    pub offset: usize,
    /// The length of the location, in bytes.
    pub length: usize,
    /// The position where the location begins.
    pub start: Position,
    /// The position of the character after the location.
    pub end: Position,
    /// What the contract expects there.
    pub expected: Option<Cow<'static, str>>,
    /// What was found there.
    pub found: Option<String>,
    /// How to fix it.
    pub help: Option<Cow<'static, str>>,
    /// What else the user of the linter can do about it.
    pub remedy: Option<Remedy>,
    /// The fix that can be applied automatically.
    pub fix: Option<Fix>,
    /// The secrets of the input, which must be masked.
    pub(crate) cover: Cover,
}

impl Report {
    pub(super) fn new(
        body: Option<BodyKind>,
        text: &[u8],
        listed: Vec<(Severity, Draft)>,
        unlisted: Vec<Unlisted>,
    ) -> Self {
        let mut lines = Lines::new(text);
        let findings = listed.into_iter().map(|(severity, draft)| Finding {
            rule: draft.rule,
            severity,
            message: draft.message,
            pointer: draft.pointer,
            offset: draft.span.start,
            length: draft.span.len(),
            start: lines.position(draft.span.start),
            // On its own: the next finding may begin before this one ends, and going back means to
            // scan the whole text.
            end: lines.clone().position(draft.span.end),
            expected: draft.expected,
            found: draft.found,
            help: draft.help,
            remedy: draft.remedy,
            fix: draft.fix,
            cover: Cover::of(draft.quotes),
        });
        Self {
            body,
            findings: findings.collect(),
            unlisted,
            types: SeenTypes::default(),
        }
    }

    pub(super) fn clean(kind: BodyKind, types: SeenTypes) -> Self {
        Self {
            body: Some(kind),
            findings: Vec::new(),
            unlisted: Vec::new(),
            types,
        }
    }

    /// The action types in the body.
    pub fn types(&self) -> impl Iterator<Item = SeenType> {
        self.types.shown()
    }

    /// The number of findings with this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let listed = self.findings.iter().map(|finding| (finding.severity, 1));
        let unlisted = self.unlisted.iter().map(|it| (it.severity, it.count));
        let counts = listed.chain(unlisted).filter(|(it, _)| *it == severity);
        counts.map(|(_, count)| count).sum()
    }

    /// The errors, by position and then by rule.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }

    /// The rules that found errors, listed or not.
    pub(super) fn errors_by(&self) -> impl Iterator<Item = &'static Rule> {
        let listed = self.errors().map(|finding| finding.rule);
        let unlisted = self.unlisted.iter();
        let unlisted = unlisted.filter(|others| others.severity == Severity::Error);
        listed.chain(unlisted.map(|others| others.rule))
    }

    /// Whether the contract refuses the body.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there are no findings.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.unlisted.is_empty()
    }
}
