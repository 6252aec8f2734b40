//! The enums for the unions and columns of the contract (`unions.rs`), as calls of the macros in
//! `src/types/unions.rs`.

use std::fmt::Write as _;

use serde_json::Value;

use super::{
    document::schema,
    refusal::{Refusal, refuse},
    support::Column,
    unions::{Alternative, Union},
};

/// The variant of an open union for an object that matches no alternative.
pub const UNKNOWN: &str = "Unknown";

/// The calls as Rust text.
///
/// # Errors
/// A [`Refusal`] for a tag value whose variant would have the name of another variant.
pub fn render(
    document: &Value,
    unions: &[Union<'_>],
    columns: &[Column<'_>],
) -> Result<String, Refusal> {
    let mut text = String::new();
    for union in unions {
        let Union {
            name,
            tag,
            alternatives,
            ..
        } = union;
        let bare = union
            .bare
            .as_ref()
            .map(|bare| (without_affixes(bare.schema, alternatives), bare.schema));
        let unknown = union.open.then_some(UNKNOWN);
        let taken = |alternative: &&Alternative<'_>| {
            Some(alternative.value) == unknown
                || bare.is_some_and(|(variant, _)| alternative.value == variant)
        };
        if let Some(Alternative { value, .. }) = alternatives.iter().find(taken) {
            return refuse(
                union.place(),
                format!("`{value}` is also the name of the variant without a known `{tag}`"),
                "rename the schema of the one without, or teach build/enums.rs",
            );
        }
        let description = describe(document, name);
        let _ = writeln!(
            text,
            "union! {{\n    #[doc = {description:?}]\n    {name} by {tag:?} {{"
        );
        for Alternative { value, schema } in alternatives {
            let about = describe(document, schema);
            let _ = writeln!(
                text,
                "        #[doc = {about:?}]\n        {value:?} => {value}({schema}),"
            );
        }
        text.push_str("    }\n");
        if let Some((variant, schema)) = bare {
            let about = describe(document, schema);
            let _ = writeln!(text, "    without #[doc = {about:?}] {variant}({schema})");
        }
        if let Some(variant) = unknown {
            let _ = writeln!(text, "    open {variant}");
        }
        text.push_str("}\n\n");
    }
    for Column {
        name,
        method,
        values,
    } in columns
    {
        let description = describe(document, name);
        let _ = writeln!(
            text,
            "column! {{\n    #[doc = {description:?}]\n    {name} of {method} {{"
        );
        for (variant, id) in values {
            let _ = writeln!(text, "        {id:?} => {variant},");
        }
        text.push_str("    }\n}\n\n");
    }
    Ok(text)
}

fn describe<'d>(document: &'d Value, name: &str) -> &'d str {
    schema(document, name)["description"]
        .as_str()
        .unwrap_or_default()
}

/// `PackageResponseRequest` as `Package`, if the alternative for the tag value `Job` is called
/// `JobResponseRequest`.
fn without_affixes<'s>(schema: &'s str, alternatives: &[Alternative<'_>]) -> &'s str {
    let affixes = alternatives
        .first()
        .and_then(|first| first.schema.split_once(first.value));
    affixes
        .and_then(|(prefix, suffix)| schema.strip_prefix(prefix)?.strip_suffix(suffix))
        .filter(|name| !name.is_empty())
        .unwrap_or(schema)
}
