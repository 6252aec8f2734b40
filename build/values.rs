//! What schemas say about strings and numbers.

use serde_json::Value;

use super::{
    document::texts,
    names,
    refusal::{Refusal, refuse},
};

/// The allowed formats of the JSON types.
const FORMATS: &[(&str, &str)] = &[
    ("string", "date-time"),
    ("integer", "int64"),
    ("number", "double"),
];

/// Checks the keywords for strings and numbers.
///
/// # Errors
/// A [`Refusal`] for a schema that no value matches, or that not all readers understand.
pub fn check(schema: &Value, place: &str) -> Result<(), Refusal> {
    names::distinct(texts(schema, "enum"), &format!("{place}/enum"))?;
    let (kind, format) = (&schema["type"], schema["format"].as_str());
    if let Some(format) = format
        && !FORMATS
            .iter()
            .any(|(of, name)| kind == of && format == *name)
    {
        return refuse(
            format!("{place}/format"),
            format!("{kind} has no format `{format}`"),
            "write `date-time` of a string, `int64` of an integer, `double` of a number",
        );
    }
    match (schema["pattern"].as_str(), format) {
        (Some(pattern), Some("date-time")) => self::pattern(pattern, &format!("{place}/pattern"))?,
        (None, Some("date-time")) => {
            return refuse(
                place,
                "a date without a pattern",
                "add the `pattern` of the other dates: validators do not agree on `format`",
            );
        }
        (Some(_), _) => {
            return refuse(
                format!("{place}/pattern"),
                "a pattern of other texts than dates",
                "remove it: the generated types would need a regex engine",
            );
        }
        (None, _) => {}
    }
    match (schema["minimum"].as_f64(), schema["maximum"].as_f64()) {
        (Some(minimum), Some(maximum)) if minimum > maximum => refuse(
            format!("{place}/minimum"),
            format!("{minimum} is more than the maximum, {maximum}"),
            "let some number be allowed",
        ),
        _ => Ok(()),
    }
}

/// Checks that patterns are anchored, and only use what the engines of all languages support.
fn pattern(pattern: &str, place: &str) -> Result<(), Refusal> {
    if !(pattern.starts_with('^') && pattern.ends_with('$')) {
        let help = "write `^...$`: a pattern is searched for, not matched";
        return refuse(place, "a pattern without anchors", help);
    }
    let escaped = pattern.split('\\').skip(1);
    let is_class = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphanumeric());
    if pattern.contains("(?") || escaped.into_iter().any(is_class) {
        return refuse(
            place,
            "a pattern that not all languages read alike",
            "write classes as in `[0-9]`, and groups as in `(a|b)`",
        );
    }
    regex_syntax::parse(pattern).map(|_| ()).or_else(|error| {
        let error = error.to_string();
        let reason = error.lines().last().unwrap_or_default();
        let reason = reason.strip_prefix("error: ").unwrap_or(reason);
        let help = "correct the regular expression";
        refuse(place, format!("not a pattern: {reason}"), help)
    })
}
