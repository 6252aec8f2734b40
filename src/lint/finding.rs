//! Findings, while they are collected.

use serde::Serialize;

use super::{
    pointer::Pointer,
    rule::{Place, Rule},
    rules,
};
use crate::json::{Node, Span};

/// Changes of the text that settle a finding without changing what the document means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// What the changes do.
    pub description: String,
    /// The changes, by ascending offset and without overlap.
    pub edits: Vec<Edit>,
}

/// One change of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edit {
    /// Bytes before the text to replace.
    pub offset: usize,
    /// Bytes to replace; zero for an insertion.
    pub length: usize,
    /// The new text; empty for a removal.
    pub replacement: String,
}

impl Fix {
    pub(super) fn new(
        description: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        Self {
            description: description.into(),
            edits: edits.into_iter().collect(),
        }
    }
}

impl Edit {
    pub(super) fn replace(span: &Span, replacement: impl Into<String>) -> Self {
        Self {
            offset: span.start,
            length: span.len(),
            replacement: replacement.into(),
        }
    }
}

/// A finding that has no line and no severity yet: those belong to the document and to the
/// settings.
#[derive(Debug)]
pub(super) struct Draft {
    pub rule: &'static Rule,
    pub pointer: String,
    pub span: Span,
    pub message: String,
    pub expected: Option<String>,
    pub found: Option<String>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

impl Draft {
    pub fn new(
        rule: &'static Rule,
        pointer: Pointer<'_>,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            pointer: pointer.into_string(),
            span,
            message: message.into(),
            expected: None,
            found: None,
            help: None,
            fix: None,
        }
    }

    /// A finding about a value as a whole.
    pub fn at(rule: &'static Rule, place: &Place<'_>, message: impl Into<String>) -> Self {
        Self::new(rule, place.pointer.clone(), place.node.anchor(), message)
    }

    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    pub fn found(mut self, text: impl Into<String>) -> Self {
        self.found = Some(text.into());
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// Collects findings.
#[derive(Default)]
pub(super) struct Sink {
    drafts: Vec<Draft>,
}

impl Sink {
    pub fn add(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// The findings in the order of the document, one for each cause.
    pub fn finish(mut self) -> Vec<Draft> {
        if self.drafts.len() < 2 {
            return self.drafts;
        }
        self.drafts.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        let of_one_place = self.drafts.chunk_by(|a, b| a.pointer == b.pointer);
        let kept = of_one_place.flat_map(|drafts| {
            let is_explained = |draft: &Draft| {
                drafts
                    .iter()
                    .any(|cause| explains(cause.rule, &cause.span, draft))
            };
            drafts.iter().map(move |draft| !is_explained(draft))
        });
        let mut kept = kept.collect::<Vec<_>>().into_iter();
        self.drafts.retain(|_| kept.next().unwrap_or(true));
        self.drafts
            .sort_by(|a, b| (a.span.start, a.rule.id).cmp(&(b.span.start, b.rule.id)));
        self.drafts
    }
}

/// Whether a finding of one rule makes another, with the same pointer, a mere consequence.
fn explains(cause: &Rule, span: &Span, consequence: &Draft) -> bool {
    let rule = consequence.rule;
    let about_schema = rule.id.starts_with("KZ3") && rule != &rules::missing_member::RULE;
    if cause == &rules::number_range::RULE || cause == &rules::invalid_unicode::RULE {
        // What the key or the value was meant to be cannot be known, so nothing else can be said of
        // it.
        cause != rule && consequence.span.start <= span.start && span.end <= consequence.span.end
    } else if rule == &rules::unknown_member::RULE {
        // A rule that is about this very member says more than that it is unknown.
        cause.id.starts_with("KZ4")
            || cause.id.starts_with("KZ5")
            || cause == &rules::conflicting_selectors::RULE
    } else {
        about_schema && cause == &rules::wrong_type::RULE && cause != rule
    }
}

/// A short rendering of a value, for `found`.
pub(super) fn excerpt(node: &Node) -> String {
    const MOST: usize = 60;
    let text = node.to_value().to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
