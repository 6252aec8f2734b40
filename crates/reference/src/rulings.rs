//! The rulings and the sources, and what else the document knows of disagreement.

use std::collections::BTreeMap;

use kaizala_actions::{lint::Rule, support};
use maud::{Markup, html};
use serde_json::Value;

use super::{
    layout::{Page, section, table},
    prose,
    reference::{Reference, sources},
    schema::{source_id, tags},
    site::{OPERATIONS, OVERVIEW, RULINGS, rule_place},
    value::{items, members, named, strings, text},
};

pub(super) fn page(reference: &Reference) -> Page {
    let uses = uses(reference);
    let content = html! {
        h1 { "Rulings" }
        p.lead {
            "What the contract says where the sources disagree or are silent, and where it says so."
        }
        (table("Rulings", &["Id", "Ruling", "Rules", "Where it holds"], &html! {
            @for ruling in &reference.rulings {
                @let id = ruling.names.first().map(String::as_str).unwrap_or_default();
                tr id=(id) {
                    th scope="row" { (id) }
                    td.wide { (prose::inline(&ruling.text)) }
                    td {
                        @for rule in Rule::all() {
                            @if rule.decisions.contains(&id) {
                                a href=(rule_place(rule.id)) { (rule.id) } " "
                            }
                        }
                    }
                    td.where { (places(uses.get(id).map_or(&[], Vec::as_slice))) }
                }
            }
        }))
        (section("claims", "Claims outside the matrix"))
        (table("Claims outside the matrix", &["Type", "Method", "Claim", "Source"], &html! {
            @for claim in items(&reference.document, "x-kaizala-elsewhere") {
                tr {
                    th scope="row" { code { (text(claim, "bodyValue")) } }
                    td { (text(claim, "method").to_uppercase()) }
                    td.wide { (prose::inline(text(claim, "note"))) }
                    td { (tags(&strings(claim, "source"), &[])) }
                }
            }
        }))
        (section("translations", "Translated ids"))
        p {
            "Ids that machine translation made on pages of the documentation. They are refused, "
            "with what they stand for."
        }
        (table("Translated ids", &["Name", "Language", "Stands for", "Seen"], &html! {
            @for translation in support::translations() {
                tr {
                    th scope="row" { code lang=(translation.language) { (translation.name) } }
                    td { (translation.language) }
                    td {
                        @let ids = translation.stands_for.iter().filter_map(|it| it.row().id);
                        @for (index, id) in ids.enumerate() {
                            @if index > 0 { " or " }
                            code { (id) }
                        }
                    }
                    td { (translation.seen) }
                }
            }
        }))
        (section("sources", "Sources"))
        (table("Sources", &["Tag", "What"], &html! {
            @for source in &sources() {
                tr {
                    th scope="row" {
                        @for (index, tag) in source.names.iter().enumerate() {
                            @if index > 0 { ", " }
                            span id=(source_id(tag)) { (tag) }
                        }
                    }
                    td.wide { (prose::inline(&source.text)) }
                }
            }
        }))
    };
    Page::new(RULINGS, "Rulings", content)
}

/// Where a ruling holds; many places are folded.
fn places(places: &[(String, String)]) -> Markup {
    const MOST: usize = 5;
    let links = html! { @for (name, place) in places { a href=(place) { (name) } " " } };
    if places.len() <= MOST {
        return links;
    }
    html! { details { summary { (places.len()) " places" } (links) } }
}

/// By ruling, the names and places of what follows it.
fn uses(reference: &Reference) -> BTreeMap<String, Vec<(String, String)>> {
    let mut uses = BTreeMap::<String, Vec<_>>::new();
    let mut add = |id: &str, name: &str, place: &str| {
        let places = uses.entry(id.to_owned()).or_default();
        let place = (name.to_owned(), place.to_owned());
        if !places.contains(&place) {
            places.push(place);
        }
    };
    for id in strings(&reference.document, "x-kaizala-decision") {
        add(id, "all bodies", OVERVIEW);
    }
    for (_, _, operation) in reference.operations() {
        let name = text(operation, "operationId");
        let place = format!("{OPERATIONS}#{name}");
        let answers = members(&operation["responses"]).map(|(_, answer)| answer);
        for part in items(operation, "parameters")
            .chain([operation])
            .chain(answers)
        {
            decisions(reference.resolved(part), &mut |id| add(id, name, &place));
        }
    }
    let components = &reference.document["components"];
    decisions(&components["securitySchemes"], &mut |id| {
        add(id, "all calls", OPERATIONS);
    });
    for (name, schema) in members(&components["schemas"]) {
        if let Some(place) = reference.place(name) {
            decisions(schema, &mut |id| add(id, name, place));
        }
    }
    uses
}

/// The rulings that a part of the document names, at whatever depth.
fn decisions(value: &Value, found: &mut impl FnMut(&str)) {
    if named(value).is_none() {
        strings(value, "x-kaizala-decision")
            .into_iter()
            .for_each(&mut *found);
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| decisions(member, found)),
        Value::Array(items) => items.iter().for_each(|item| decisions(item, found)),
        _ => {}
    }
}
