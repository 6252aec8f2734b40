//! What the linter answers: findings with their places.

use super::{
    Fix, Rule, Severity,
    finding::{Draft, Unlisted},
    place::{Lines, Position},
    remedy::Remedy,
    seen::{SeenType, SeenTypes},
};
use crate::{body::BodyKind, mask::Cover};

/// All that is to be said about one body.
///
/// What it shows of the body, its `Display`, its `Debug` and its JSON are without access tokens and
/// phone numbers; the fields of its findings are as they are.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// What the body was judged as; none where it was to be recognised and was not.
    pub body: Option<BodyKind>,
    /// The findings, by position and then by rule; at most as many as the linter lists.
    pub findings: Vec<Finding>,
    /// What was found beyond these, by rule.
    pub unlisted: Vec<Unlisted>,
    pub(super) types: SeenTypes,
}

/// One thing that is wrong with a body, or worth knowing of it.
///
/// The fields quote the body as it is. Whoever writes them where others may read takes them from
/// [`mask::shown`](crate::mask::shown), as `Display`, `Debug` and `Serialize` do.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it weighs, by the rule, the direction and the linter's settings.
    pub severity: Severity,
    /// What is wrong, in one clause.
    pub message: String,
    /// Where, as a JSON Pointer with the names that the body uses; empty for the whole.
    pub pointer: String,
    /// Bytes of the body before the place.
    pub offset: usize,
    /// Bytes of the place.
    pub length: usize,
    /// Where the place begins.
    pub start: Position,
    /// Where it ends: the character after its last.
    pub end: Position,
    /// What the contract wants there.
    pub expected: Option<String>,
    /// What is there.
    pub found: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// What else can be done about it, by whoever asked for the report.
    pub remedy: Option<Remedy>,
    /// How to settle it by machine.
    pub fix: Option<Fix>,
    /// What must not be shown of the input that it is about.
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
            // On its own: the next finding may begin before this one ends, and going back costs the
            // whole text.
            end: lines.clone().position(draft.span.end),
            expected: draft.expected,
            found: draft.found,
            help: draft.help,
            remedy: draft.remedy,
            fix: draft.fix,
            cover: Cover::default(),
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

    /// The types of action that the body tells of.
    pub fn types(&self) -> impl Iterator<Item = &SeenType> {
        self.types.iter()
    }

    /// How many findings have this severity.
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

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.unlisted.is_empty()
    }
}
