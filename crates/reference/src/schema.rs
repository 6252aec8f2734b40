//! A schema as a table of its members.

use std::{collections::BTreeSet, sync::LazyLock};

use kaizala_actions::lint::Rule;
use maud::{Markup, html};
use serde_json::Value;

use super::{
    code,
    layout::{subsection, table},
    prose,
    reference::{Reference, sources},
    site::{OVERVIEW, RULINGS, rule_place},
    value::{is_object, items, members, named, strings, text},
};

const COLUMNS: [&str; 5] = ["Member", "Type", "Required", "Meaning", "Source"];

/// The tables of a schema and of all objects in it. `introduced` says that the page has described
/// the first already.
pub(super) fn tables(reference: &Reference, root: &str, introduced: bool) -> Markup {
    let names = reference.reachable(root).into_iter();
    let names = names.filter(|name| is_object(reference.schema(name)));
    html! {
        @for name in names {
            @let schema = reference.schema(name);
            section.schema {
                (subsection(name, html! { code { (name) } }))
                @if !(introduced && name == root) {
                    p { (prose::inline(text(schema, "description"))) }
                }
                (members_table(reference, name, schema))
                @if name != root && schema["example"].is_object() {
                    @let example = code::json(&schema["example"]);
                    details {
                        summary { "Example" }
                        (code::block(&format!("Example of {name}"), "json", &example))
                    }
                }
            }
        }
    }
}

fn members_table(reference: &Reference, name: &str, schema: &Value) -> Markup {
    let rows = rows(reference, name, schema);
    html! { div.members { (table(&format!("Members of {name}"), &COLUMNS, &rows)) } }
}

fn rows(reference: &Reference, schema_name: &str, schema: &Value) -> Markup {
    let required = strings(schema, "required");
    html! {
        @for (name, member) in members(&schema["properties"]) {
            @let target = reference.resolved(member);
            @let id = format!("{schema_name}.{name}");
            tr id=(id) {
                th scope="row" { a href={ "#" (id) } { code { (name) } } }
                td.type { (kind(reference, member)) (limits(reference, member)) }
                td data-label="Required" {
                    @if required.contains(&name.as_str()) { strong { "yes" } } @else { "no" }
                }
                td.wide {
                    (prose::inline(text(target, "description")))
                    @for rule in checks(reference, member) {
                        " " a.rule href=(rule_place(rule.id)) { (rule.id) }
                    }
                }
                // A member without a source shares its schema's.
                (origin_cell(target, Some(schema)))
            }
        }
    }
}

/// The type, in words.
pub(super) fn kind(reference: &Reference, schema: &Value) -> Markup {
    let target = reference.resolved(schema);
    if let Some(name) = named(schema) {
        let link = |place: String| html! { a href=(place) { code { (name) } } };
        if is_object(target) {
            return link(format!("#{name}"));
        } else if target["x-kaizala-matrix"] == "get" && target["oneOf"].is_array() {
            return link(format!("{OVERVIEW}#matrix"));
        }
    }
    match target["type"].as_str() {
        Some("array") => html! { "list of " (kind(reference, &target["items"])) },
        Some(name) => html! { (name) },
        None if target["oneOf"].is_array() => html! {
            @for (index, alternative) in items(target, "oneOf").enumerate() {
                @if index > 0 { ", or " }
                (kind(reference, alternative))
            }
        },
        None => html! { "any" },
    }
}

/// What a value may be beyond its type.
pub(super) fn limits(reference: &Reference, schema: &Value) -> Markup {
    let target = reference.resolved(schema);
    if is_object(target) {
        return html! {};
    }
    let unit = text(target, "x-kaizala-unit");
    let range = match (target["minimum"].as_f64(), target["maximum"].as_f64()) {
        (Some(least), Some(most)) => format!("{least} to {most} {unit}"),
        (Some(least), None) => format!("{least} or more {unit}"),
        (None, Some(most)) => format!("{most} or less {unit}"),
        (None, None) => unit.to_owned(),
    };
    html! {
        @if let Some(values) = target["enum"].as_array() {
            div.limit {
                @if values.len() > 1 { "one of " } @else { "always " }
                @for (index, value) in values.iter().filter_map(Value::as_str).enumerate() {
                    @if index > 0 { ", " }
                    code { (value) }
                }
            }
        }
        @for words in [&range, text(target, "format")] {
            @if !words.is_empty() { div.limit { (words) } }
        }
        @if !target["default"].is_null() {
            div.limit { "default " code { (target["default"]) } }
        }
        @if let Some(pattern) = target["pattern"].as_str() {
            details.limit { summary { "pattern" } code { (pattern) } }
        }
        @if let Some(answers) = target["x-kaizala-answers"].as_object() {
            details.limit {
                summary { "answered by" }
                @for (value, kind) in answers {
                    div { code { (value) } ": " (kind.as_str().unwrap_or_default()) }
                }
            }
        }
        @if let Some(column) = target["x-kaizala-action-type"].as_str() {
            div.limit {
                "a type with " (column.to_uppercase()) " in the "
                a href={ (OVERVIEW) "#matrix" } { "matrix" }
            }
        }
        @let inner = target.get("items").filter(|items| named(items).is_some());
        @for part in items(target, "oneOf").chain(inner) { (limits(reference, part)) }
    }
}

/// What the contract says about a part of it, and where that comes from. What follows the first
/// paragraph is the support matrix, which has a page.
pub(super) fn described(part: &Value) -> Markup {
    let description = text(part, "description");
    let words = description.split("\n\n").next().unwrap_or_default();
    html! { p { (prose::inline(words)) " " (origin(part, None)) } }
}

/// Where a fact comes from, by itself or by the whole that it is a member of, and which rulings it
/// follows.
pub(super) fn origin(fact: &Value, whole: Option<&Value>) -> Markup {
    html! { span.tags { (origin_links(fact, whole)) } }
}

/// The same as a cell of a table.
pub(super) fn origin_cell(fact: &Value, whole: Option<&Value>) -> Markup {
    html! { td.source.tags { (origin_links(fact, whole)) } }
}

fn origin_links(fact: &Value, whole: Option<&Value>) -> Markup {
    let facts = [Some(fact), whole].into_iter().flatten();
    let mut sources = facts.map(|value| strings(value, "x-kaizala-source"));
    let sources = sources.find(|tags| !tags.is_empty()).unwrap_or_default();
    links(&sources, &strings(fact, "x-kaizala-decision"))
}

/// Tags of sources and ids of rulings, as links.
pub(super) fn tags(sources: &[&str], rulings: &[&str]) -> Markup {
    html! { span.tags { (links(sources, rulings)) } }
}

fn links(sources: &[&str], rulings: &[&str]) -> Markup {
    html! {
        @for tag in sources {
            @if is_source(tag) {
                a href={ (RULINGS) "#" (source_id(tag)) } { (tag) }
            } @else { (tag) }
            " "
        }
        @for id in rulings { a href={ (RULINGS) "#" (id) } { (id) } " " }
    }
}

/// Whether a source has a row. Standards have none.
fn is_source(tag: &str) -> bool {
    static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let sources = sources();
        let tags = sources.iter().flat_map(|source| &source.names);
        tags.map(|tag| source_id(tag)).collect()
    });
    KNOWN.contains(&source_id(tag))
}

/// The anchor of a source. Those of the documentation name a page, and share a row.
pub(super) fn source_id(tag: &str) -> String {
    let family = if tag.starts_with("D:") {
        "D"
    } else {
        tag.trim_start_matches('#')
    };
    format!("source-{family}")
}

/// The rules that look at a value, or at the items of a list of such.
fn checks(reference: &Reference, schema: &Value) -> Vec<&'static Rule> {
    let target = reference.resolved(schema);
    let of_items = target
        .get("items")
        .filter(|items| named(items).is_none())
        .map(|items| strings(items, "x-kaizala-checks"));
    strings(target, "x-kaizala-checks")
        .into_iter()
        .chain(of_items.into_iter().flatten())
        .filter_map(Rule::find)
        .collect()
}
