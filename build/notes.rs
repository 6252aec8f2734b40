//! The tags of sources and rulings, which the tables of `openapi/README.md` explain.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    document::{escape, members, texts},
    refusal::{Refusal, refuse},
};

/// The members that name sources or rulings, and the headings of the tables that explain these.
const TABLES: &[(&str, &str)] = &[
    ("x-kaizala-source", "## Sources"),
    ("source", "## Sources"),
    ("x-kaizala-decision", "## Rulings"),
];

/// A page of the documentation is named after its file.
const PAGE: &str = "D:";

/// Checks that all tags in the document are explained.
///
/// # Errors
/// A [`Refusal`] for the first unknown tag.
pub fn check(document: &Value, notes: &str) -> Result<(), Refusal> {
    for (member, heading) in TABLES {
        let known = tags(notes, heading);
        // Extensions may be anywhere, members without a prefix only in claims.
        let (root, place) = match *member {
            "source" => (&document["x-kaizala-elsewhere"], "#/x-kaizala-elsewhere"),
            _ => (document, "#"),
        };
        explained(root, member, &known, heading, place)?;
    }
    Ok(())
}

fn explained(
    value: &Value,
    member: &str,
    known: &BTreeSet<String>,
    heading: &str,
    place: &str,
) -> Result<(), Refusal> {
    if let Some(unknown) = texts(value, member).find(|tag| !known.contains(*tag)) {
        let heading = heading.trim_start_matches("## ");
        return refuse(
            format!("{place}/{member}"),
            format!("`{}` is unknown", unknown.escape_debug()),
            format!("name a row of the table `{heading}` in openapi/README.md, or add one"),
        );
    }
    let items = value.as_array().into_iter().flatten().enumerate();
    let items = items.map(|(index, item)| (index.to_string(), item));
    let inner = members(value).map(|(name, member)| (escape(name), member));
    for (name, inner) in items.chain(inner) {
        explained(inner, member, known, heading, &format!("{place}/{name}"))?;
    }
    Ok(())
}

/// The tags in the first column of the table below a heading. The row of pages has them in its
/// second column.
fn tags(notes: &str, heading: &str) -> BTreeSet<String> {
    let lines = notes.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| !line.starts_with("## "));
    let rows = lines.filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let mut tags = BTreeSet::new();
    for (names, text) in rows {
        let names = names.split(", ").map(|name| name.trim_matches('`'));
        if names.clone().any(|name| name.starts_with(PAGE)) {
            let pages = text.split('`').filter(|word| word.contains(".md"));
            tags.extend(pages.map(|page| format!("{PAGE}{page}")));
        } else {
            tags.extend(names.map(str::to_owned));
        }
    }
    tags
}
