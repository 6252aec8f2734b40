//! Findings, while they are collected.

use serde::Serialize;

use super::{instance::Instance, pointer::Pointer, remedy::Remedy, rule::Rule, text::excerpt};
use crate::json::{Member, Node, Span};

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

    /// With one change alone.
    pub(super) fn replace(
        description: impl Into<String>,
        span: &Span,
        replacement: impl Into<String>,
    ) -> Self {
        Self::new(description, [Edit::replace(span, replacement)])
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
    pub remedy: Option<Remedy>,
    pub fix: Option<Fix>,
}

/// Each rule makes its findings with these.
impl Rule {
    pub(super) fn draft(
        &'static self,
        pointer: Pointer<'_>,
        span: Span,
        message: impl Into<String>,
    ) -> Draft {
        Draft {
            rule: self,
            pointer: pointer.into_string(),
            span,
            message: message.into(),
            expected: None,
            found: None,
            help: None,
            remedy: None,
            fix: None,
        }
    }

    /// A finding about the text as a whole.
    pub(super) fn in_text(&'static self, span: Span, message: impl Into<String>) -> Draft {
        self.draft(Pointer::default(), span, message)
    }

    /// A finding about a value as a whole.
    pub(super) fn at(&'static self, place: &Instance<'_>, message: impl Into<String>) -> Draft {
        self.draft(place.pointer.clone(), place.node.anchor(), message)
    }

    /// A finding about a value, which is what was found.
    pub(super) fn on_value(
        &'static self,
        node: &Node,
        at: &Pointer<'_>,
        message: impl Into<String>,
    ) -> Draft {
        self.draft(at.clone(), node.anchor(), message)
            .found(excerpt(node))
    }

    /// A finding about the key of a member of `object`.
    pub(super) fn on_key(
        &'static self,
        member: &Member,
        object: &Pointer<'_>,
        message: impl Into<String>,
    ) -> Draft {
        self.draft(object.member(&member.written), member.key.clone(), message)
    }
}

impl Draft {
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

    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(remedy);
        self
    }

    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }
}

/// Where findings are collected.
pub(super) type Sink = Vec<Draft>;
