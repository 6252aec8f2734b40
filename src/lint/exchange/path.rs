//! The path of a URL: whether it is one of the API, and how it differs from the path that is meant
//! (D-25, D-26, D-37).

use super::near::{is_parameter, near};
use crate::{
    contract::{Contract, Operation},
    json::Span,
};

const DOUBLED: &str = "has a doubled slash";
/// The problem of a path that begins or ends with a blank.
const BLANK: &str = "has a blank at an end";

/// The segments of a path, and what is wrong with the slashes between and around them.
#[derive(Debug)]
struct Segments {
    spans: Vec<Span>,
    oddities: Vec<&'static str>,
}

/// A path that matches one of the contract's, or nearly does.
#[derive(Debug)]
pub(super) struct Path {
    /// The operations that have it.
    pub operations: Vec<&'static Operation>,
    /// The values of its parameters, in their order.
    pub values: Vec<Span>,
    /// What is wrong with its spelling.
    pub oddities: Vec<&'static str>,
    /// The path as the contract writes it, with these values and the prefix of a gateway; empty if
    /// it is written like that.
    pub meant: String,
}

impl Path {
    /// Reads the path in a text. `is_base_known` says that no part before the path is unknown, and
    /// `is_blank` that the URL has a blank at an end. `None` for a path of another API.
    pub fn read(
        contract: &'static Contract,
        text: &str,
        path: &Span,
        is_base_known: bool,
        is_blank: bool,
    ) -> Option<Self> {
        let (path, is_cut) = without_blanks(text, path);
        let exact = |keeps_empty| {
            let mut segments = Segments::of(text, &path, keeps_empty);
            segments.oddities.extend(is_cut.then_some(BLANK));
            Self::exact(contract, text, segments, is_base_known, is_blank && !is_cut)
        };
        exact(true).or_else(|| exact(false)).or_else(|| {
            let segments = Segments::of(text, &path, false);
            let names: Vec<_> = segments.spans.iter().map(|it| &text[it.clone()]).collect();
            let meant = near(contract, &names, is_ours(text) || !is_base_known)?;
            Some(Self {
                operations: Vec::new(),
                values: Vec::new(),
                oddities: Vec::new(),
                meant,
            })
        })
    }

    fn exact(
        contract: &'static Contract,
        text: &str,
        segments: Segments,
        is_base_known: bool,
        is_blank: bool,
    ) -> Option<Self> {
        let Segments {
            spans,
            mut oddities,
        } = segments;
        let base_name = contract.base.trim_start_matches('/');
        let is_base = |span: &Span| text[span.clone()].eq_ignore_ascii_case(base_name);
        let split = |operation: &Operation| {
            let at = spans.len().checked_sub(operation.segments().len())?;
            let (before, own) = spans.split_at(at);
            let mut pairs = operation.segments().zip(own);
            let matches = pairs.all(|(name, span)| {
                is_parameter(name) || name.eq_ignore_ascii_case(&text[span.clone()])
            });
            let last = before.iter().rfind(|span| !span.is_empty());
            let has_base = last.is_some_and(is_base);
            let is_meant = || has_base || last.is_none() || !is_base_known || is_ours(text);
            (matches && is_meant()).then_some((at, has_base))
        };
        let mut first = None;
        let has_path = |operation: &&'static Operation| {
            let split = split(operation);
            first = first.or(split);
            split.is_some()
        };
        let operations: Vec<_> = contract.operations.iter().filter(has_path).collect();
        let (at, has_base) = first?;
        let segments = || operations.iter().take(1).flat_map(|first| first.segments());
        let (before, own) = spans.split_at(at);
        if before.iter().any(Span::is_empty) {
            oddities.push(DOUBLED);
        }
        let mut before: Vec<_> = before.iter().filter(|span| !span.is_empty()).collect();
        let mut is_cased = false;
        if has_base {
            let written = before.pop().map(|span| &text[span.clone()]);
            is_cased = written != Some(base_name);
            if before.last().is_some_and(|span| is_base(span)) {
                before.pop();
                oddities.push("has the version twice");
            }
        } else if is_base_known {
            oddities.push("does not begin with the version");
        }
        let mut values = Vec::new();
        for (name, span) in segments().zip(own) {
            if is_parameter(name) {
                values.push(span.clone());
            } else {
                is_cased |= text[span.clone()] != *name;
            }
        }
        oddities.extend(is_cased.then_some("is in another case"));
        oddities.extend(is_blank.then_some(BLANK));
        let mut meant = String::new();
        if !oddities.is_empty() {
            for span in before {
                meant.extend(["/", &text[span.clone()]]);
            }
            if has_base || is_base_known {
                meant.push_str(&contract.base);
            }
            for (name, span) in segments().zip(own) {
                let is_value = is_parameter(name);
                meant.extend(["/", if is_value { &text[span.clone()] } else { name }]);
            }
        }
        Some(Self {
            operations,
            values,
            oddities,
            meant,
        })
    }
}

impl Segments {
    /// The segments of a path. Empty ones may be kept: they may be values that were never filled
    /// in.
    fn of(text: &str, path: &Span, keeps_empty: bool) -> Self {
        let mut segments = Self {
            spans: Vec::with_capacity(8),
            oddities: Vec::new(),
        };
        let whole = &text.as_bytes()[path.clone()];
        let mut at = path.start;
        for part in whole.split(|byte| matches!(byte, b'/' | b'\\')) {
            segments.spans.push(at..at + part.len());
            at += part.len() + 1;
        }
        if segments.spans.first().is_some_and(Span::is_empty) {
            segments.spans.remove(0);
        } else {
            segments.oddities.push("does not begin with a slash");
        }
        if segments.spans.len() > 1 && segments.spans.last().is_some_and(Span::is_empty) {
            segments.spans.pop();
            segments.oddities.push("ends in a slash");
        }
        if whole.contains(&b'\\') {
            segments.oddities.push("has backslashes");
        }
        let before = segments.spans.len();
        if !keeps_empty {
            segments.spans.retain(|span| !span.is_empty());
        }
        if segments.spans.len() < before {
            segments.oddities.push(DOUBLED);
        }
        segments
    }
}

/// Whether the URL names the host of the service: the path of a connector may lack the version
/// there.
fn is_ours(text: &str) -> bool {
    text.to_ascii_lowercase().contains("kaiza")
}

/// A path without blanks at its ends, percent-encoded or not.
fn without_blanks(text: &str, path: &Span) -> (Span, bool) {
    let whole = &text[path.clone()];
    let mut rest = whole.trim();
    while let Some(shorter) = rest.strip_suffix("%20") {
        rest = shorter.trim_end();
    }
    let start = path.start + (whole.len() - whole.trim_start().len()).min(whole.len());
    (start..start + rest.len(), rest.len() < whole.len())
}
