//! Compares the ways of judging a body with each other.

use std::{collections::HashMap, sync::LazyLock};

use jsonschema::Validator;

use super::{Fit, any_body, body};
use crate::{
    body::BodyKind,
    contract,
    json::Cursor,
    lint::{Linter, Severity},
};

/// The published schemas, each as a whole.
static SCHEMAS: LazyLock<HashMap<BodyKind, Option<Validator>>> = LazyLock::new(|| {
    let schema = |kind: &BodyKind| jsonschema::validator_for(&contract::json_schema(*kind)).ok();
    BodyKind::ALL
        .iter()
        .map(|kind| (*kind, schema(kind)))
        .collect()
});

/// Compares one way of judging a body with another.
///
/// The fast pass may only agree with the full linter, also on parts of a body; counting gives the
/// same result as listing; and a body without findings is valid by the JSON Schema.
pub fn disagreement(kind: BodyKind, text: &[u8]) -> Option<String> {
    let linter = Linter::new();
    let all_parts = |given| linter.explain(text, given, |_| None);
    let proper = all_parts(Some(kind));
    let cursor = Cursor::new(text, 0);
    let fast = body(kind, cursor).ok();
    let is_sure = |seen: &Fit| seen.doubts.is_empty();
    let is_too_sure = fast.as_ref().is_some_and(is_sure) && !proper.is_clean();
    let sees_others = fast.is_some_and(|seen| !seen.types.shown().eq(proper.types()));
    let recognised = any_body(cursor).ok();
    let unknown = all_parts(None);
    let skips_findings =
        linter.run(text, Some(kind)) != proper || linter.run(text, None) != unknown;
    let is_mistaken = recognised.as_ref().is_some_and(|(kind, seen)| {
        unknown.body != Some(*kind) || is_sure(seen) && !unknown.is_clean()
    });
    let recognised = recognised.map(|(kind, _)| kind);
    let counted = linter.count_only().lint(kind, text);
    let miscounts = [Severity::Note, Severity::Warning, Severity::Error]
        .iter()
        .any(|severity| counted.count(*severity) != proper.count(*severity));
    let takes = |schema: &Validator| {
        match serde_json::from_slice(text) {
            Ok(value) => schema.is_valid(&value),
            // It accepts one level less than the linter.
            Err(error) => error.to_string().contains("recursion limit"),
        }
    };
    let is_refused = proper.is_clean() && !SCHEMAS[&kind].as_ref().is_some_and(takes);
    let wrong = [
        is_too_sure,
        sees_others,
        is_mistaken,
        skips_findings,
        miscounts,
        is_refused,
    ];
    wrong.contains(&true).then(|| {
        format!(
            "{kind}, recognised as {recognised:?}, {wrong:?}: {}",
            String::from_utf8_lossy(text)
        )
    })
}
