//! Leaves of what was found what is not a mere consequence of something else.

use super::{
    finding::Draft,
    rule::Rule,
    rules::{
        conflicting_selectors, invalid_unicode, missing_member, number_range, unknown_member,
        wrong_type,
    },
};
use crate::json::Span;

/// The findings in the order of the document, one for each cause.
pub(super) fn independent(mut drafts: Vec<Draft>) -> Vec<Draft> {
    if drafts.len() < 2 {
        return drafts;
    }
    drafts.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    let of_one_place = drafts.chunk_by(|a, b| a.pointer == b.pointer);
    let kept = of_one_place.flat_map(|drafts| {
        let is_explained = |draft: &Draft| {
            drafts
                .iter()
                .any(|cause| explains(cause.rule, &cause.span, draft))
        };
        drafts.iter().map(move |draft| !is_explained(draft))
    });
    let mut kept = kept.collect::<Vec<_>>().into_iter();
    drafts.retain(|_| kept.next().unwrap_or(true));
    drafts.sort_by(|a, b| (a.span.start, a.rule.id).cmp(&(b.span.start, b.rule.id)));
    drafts
}

/// Whether a finding of one rule makes another, with the same pointer, a mere consequence.
fn explains(cause: &Rule, span: &Span, consequence: &Draft) -> bool {
    let rule = consequence.rule;
    let about_schema = rule.id.starts_with("KZ3") && rule != &missing_member::RULE;
    if cause == &number_range::RULE || cause == &invalid_unicode::RULE {
        // What the key or the value was meant to be cannot be known, so nothing else can be said of
        // it.
        cause != rule && consequence.span.start <= span.start && span.end <= consequence.span.end
    } else if rule == &unknown_member::RULE {
        // A rule that is about this very member says more than that it is unknown.
        cause.id.starts_with("KZ4")
            || cause.id.starts_with("KZ5")
            || cause == &conflicting_selectors::RULE
    } else {
        about_schema && cause == &wrong_type::RULE && cause != rule
    }
}
