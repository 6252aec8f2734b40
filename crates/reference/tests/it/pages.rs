//! What is on the pages, where their links go, and what they do not load.

use std::collections::{BTreeMap, BTreeSet};

use kaizala_actions::{
    body::BodyKind,
    contract,
    lint::{Linter, Rule},
    operation::OperationId,
    support,
};
use kaizala_actions_reference as reference;
use serde_json::Value;

use crate::html::{attributes, block, page, pages, sent};

const LANGUAGES: [&str; 5] = ["rust", "typescript", "python", "go", "java"];

#[test]
fn every_link_leads_somewhere_and_every_id_is_there_once() {
    let files = reference::files();
    let mut ids = BTreeMap::new();
    for file in &files {
        let all = attributes(&file.text, "id");
        let unique: BTreeSet<_> = all.iter().copied().collect();
        assert_eq!(
            all.len(),
            unique.len(),
            "{}: an id is there twice",
            file.name
        );
        ids.insert(file.name.as_str(), unique);
    }
    let mut links = 0;
    for file in pages() {
        for link in attributes(&file.text, "href") {
            if link.starts_with("https://") {
                continue;
            }
            let (name, anchor) = link.split_once('#').unwrap_or((link, ""));
            let name = if name.is_empty() {
                file.name.as_str()
            } else {
                name
            };
            let ids = ids
                .get(name)
                .unwrap_or_else(|| panic!("{}: {link} leads to no file", file.name));
            assert!(
                anchor.is_empty() || ids.contains(anchor),
                "{}: {link} leads to nothing",
                file.name
            );
            links += 1;
        }
        for anchor in ["for", "aria-labelledby"]
            .iter()
            .flat_map(|name| attributes(&file.text, name))
        {
            assert!(
                ids[file.name.as_str()].contains(anchor),
                "{}: {anchor}",
                file.name
            );
        }
    }
    assert!(links > 1000, "{links}");
}

#[test]
fn everything_that_the_contract_has_is_there() {
    let (overview, operations, rulings) = (
        page("index.html"),
        page("operations.html"),
        page("rulings.html"),
    );
    for row in support::rows() {
        let file = format!("type-{}.html", row.body_value.to_lowercase());
        assert!(
            overview.contains(&format!("href=\"{file}\""))
                && overview.contains(&format!("<code>{}</code>", row.body_value)),
            "{file}"
        );
        let page = page(&file);
        assert_eq!(page.contains("id=\"post\""), row.post, "{file}");
        assert_eq!(page.contains("id=\"list\""), row.get, "{file}");
    }
    for kind in BodyKind::ALL {
        assert!(
            operations.contains(&format!(
                "id=\"{}\"",
                kind.operation().map_or("bodies", OperationId::as_str)
            )),
            "{kind}"
        );
    }
    for rule in Rule::all() {
        assert!(
            page(&format!("rules-kz{}.html", &rule.id[2..3]))
                .contains(&format!("<h2 id=\"{}\">{}", rule.id, rule.name)),
            "{}",
            rule.name
        );
        for id in rule.decisions {
            assert!(
                rulings.contains(&format!("<tr id=\"{id}\">")),
                "{}: {id}",
                rule.name
            );
        }
    }
    let readme = include_str!("../../../../openapi/README.md");
    let rows = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| D-")?.split(' ').next());
    assert!(
        rows.inspect(|id| assert!(rulings.contains(&format!("<tr id=\"D-{id}\">")), "D-{id}"))
            .count()
            > 30
    );
    // Every object of the document has its table on some page, with all its members.
    let all: String = pages().map(|page| page.text.as_str()).collect();
    for (name, schema) in contract::document()["components"]["schemas"]
        .as_object()
        .unwrap()
    {
        for member in schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(member, _)| member)
        {
            let table = all
                .split(&format!("<caption>Members of {name}</caption>"))
                .nth(1)
                .unwrap_or_else(|| panic!("no table of {name}"));
            let table = table.split("</table>").next().unwrap();
            assert!(
                table.contains(&format!("<code>{member}</code></a></th>")),
                "{name}/{member}"
            );
        }
    }
}

#[test]
fn each_body_has_a_snippet_in_each_language_and_its_json_is_the_documents_example() {
    let schemas = &contract::document()["components"]["schemas"];
    for (name, kind, file) in sent() {
        let page = page(&file);
        for language in LANGUAGES {
            assert!(
                page.contains(&format!("id=\"{name}-{language}\"")),
                "{name} in {language}: no tab"
            );
        }
        assert!(
            !page.contains("class=\"missing\""),
            "{file}: a snippet is missing; conformance/README.md says where they are"
        );
        let text = block(page, &format!("{name} in JSON"));
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            schemas[&name]["example"],
            "{name}"
        );
        let report = Linter::new().lint(kind, text.as_bytes());
        assert!(report.is_clean(), "{name}: {report}");
    }
}

#[test]
fn nothing_is_run_or_loaded_but_what_is_beside_the_pages() {
    for file in reference::files() {
        assert!(
            reference::File::is_known(&file.text),
            "{}: not known as ours",
            file.name
        );
    }
    let style = page("style.css");
    assert!(!style.contains("@import") && !style.contains("url("));
    for file in pages() {
        let text = &file.text;
        let scripts: Vec<_> = text
            .split("<script ")
            .skip(1)
            .map(|rest| attributes(&format!(" {rest}"), "src")[0].to_owned())
            .collect();
        assert_eq!(scripts, ["reference.js", "search.js"], "{}", file.name);
        assert_eq!(text.matches("<script").count(), 2, "{}", file.name);
        for forbidden in [
            "<style",
            " style=",
            " srcset=",
            "<iframe",
            "<img",
            "javascript:",
        ] {
            assert!(!text.contains(forbidden), "{}: {forbidden}", file.name);
        }
        assert!(
            !text
                .split(['<', ' '])
                .any(|word| word.starts_with("on") && word.contains("=\"")),
            "{}: a handler",
            file.name
        );
    }
    for file in pages() {
        let loaded: Vec<_> = file
            .text
            .split("<link ")
            .skip(1)
            .map(|rest| attributes(&format!(" {rest}"), "href")[0].to_owned())
            .collect();
        assert_eq!(loaded, ["style.css", "icon.svg"], "{}", file.name);
        let policy = attributes(&file.text, "content")
            .into_iter()
            .find(|content| content.starts_with("default-src"));
        assert_eq!(
            policy.unwrap().replace("&#39;", "'"),
            reference::POLICY,
            "{}",
            file.name
        );
        assert!(
            attributes(&file.text, "href")
                .iter()
                .all(|link| link.starts_with("https://") || !link.contains(':')),
            "{}",
            file.name
        );
    }
}

#[test]
fn headings_follow_each_other_and_tables_are_told() {
    for file in pages() {
        let text = &file.text;
        let levels: Vec<u32> = text
            .match_indices("<h")
            .filter_map(|(at, _)| text[at + 2..].chars().next()?.to_digit(10))
            .collect();
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{}",
            file.name
        );
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{}: {levels:?}",
            file.name
        );
        assert_eq!(
            text.matches("<table>").count(),
            text.matches("<caption>").count(),
            "{}",
            file.name
        );
    }
}

#[test]
fn a_small_page() {
    let text = page("type-announcement.html");
    let main = text
        .split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap();
    insta::assert_snapshot!(
        "docs@announcement",
        format!("<main{main}</main>").replace("><", ">\n<")
    );
}
