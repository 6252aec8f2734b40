//! What the pages say where the support matrix says No.

use kaizala_actions::{
    contract::NOTES,
    support::{self, ActionType, Method},
};

use crate::html::{attributes, block, page};

/// The rows of the table of alternatives.
fn alternatives() -> Vec<(String, String)> {
    let (_, section) = NOTES.split_once("\n## Alternatives\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section.lines().filter_map(|line| {
        let (name, text) = line
            .strip_prefix("| ")?
            .strip_suffix(" |")?
            .split_once(" | ")?;
        Some((name.to_owned(), text.to_owned()))
    });
    rows.skip(2).collect()
}

#[test]
fn each_no_of_the_matrix_has_an_alternative_that_is_supported() {
    let mut all = alternatives();
    for row in support::rows() {
        let file = format!("type-{}.html", row.body_value.to_lowercase());
        let page = page(&file);
        for (method, is_supported, id) in [
            (Method::Get, row.get, "not-listed"),
            (Method::Post, row.post, "not-posted"),
        ] {
            assert_eq!(
                attributes(page, "id").contains(&id),
                !is_supported,
                "{file}: {id}"
            );
            if is_supported {
                continue;
            }
            let name = format!("{method} {}", row.body_value);
            let at = all.iter().position(|(other, _)| *other == name);
            let (_, text) = all.remove(at.unwrap_or_else(|| panic!("no alternative to {name}")));
            for word in text.split('`').skip(1).step_by(2) {
                let Some(other) = ActionType::by_name(word) else {
                    continue;
                };
                // `Location` and `Image` are types of questions too.
                let is_question = text.contains("of type") && matches!(word, "Image" | "Location");
                let needed = if text.starts_with("List") {
                    Method::Get
                } else {
                    Method::Post
                };
                assert!(is_question || other.supports(needed), "{name}: {word}");
                let link = format!("type-{}.html", other.row().body_value.to_lowercase());
                assert!(attributes(page, "href").contains(&&*link), "{name}: {word}");
            }
            let refusal = block(page, &format!("Refusal of {name}"));
            assert!(
                refusal.starts_with("KZ201 unsupported-method at /"),
                "{refusal}"
            );
            assert!(
                page.contains(
                    &format!("--allow {}:{method}", row.body_value)
                        .to_lowercase()
                        .replace(":GET", ":get")
                ),
                "{file}"
            );
        }
    }
    assert!(all.is_empty(), "what the matrix supports: {all:?}");
}
