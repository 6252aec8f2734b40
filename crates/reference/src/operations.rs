//! The operations: what they take and what they answer.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    call, code,
    layout::{Page, section, table},
    prose,
    reference::{Reference, answers},
    schema,
    site::OPERATIONS,
    value::{items, members, named, text},
};

pub(super) fn page(reference: &Reference) -> Page {
    let content = html! {
        h1 { "Operations" }
        p.lead {
            "All paths are below " code { (text(&reference.document["servers"][0], "url")) } "."
        }
        @for (path, method, operation) in reference.operations() {
            (call(reference, path, method, operation))
        }
        (section("bodies", "Bodies of answers"))
        p {
            "They are the same whatever the type; only the actions in a list differ, "
            "and are described with their types."
        }
        @for name in answers() { (schema::tables(reference, name, false)) }
    };
    Page::new(OPERATIONS, "Operations", content)
}

fn call(reference: &Reference, path: &str, method: &str, operation: &Value) -> Markup {
    let id = text(operation, "operationId");
    let parameters = reference.parameters(path, operation);
    let query = parameters
        .iter()
        .filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
    let query: Vec<_> = query
        .map(|parameter| {
            let example = code::example(parameter).as_str();
            (text(parameter, "name"), example.unwrap_or_default())
        })
        .collect();
    let content = &operation["requestBody"]["content"]["application/json"];
    let body = named(&content["schema"]).map(|name| &reference.schema(name)["example"]);
    let curl = code::curl(reference, path, &query, body);
    let success = reference.resolved(&operation["responses"]["200"]);
    let answer = code::json(code::example(&success["content"]["application/json"]));
    let takes = ["Parameter", "In", "Type", "Required", "Meaning", "Source"];
    let answers = ["Status", "Meaning", "Header", "Body", "Source"];
    html! {
        section {
            (section(id, text(operation, "summary")))
            p.call { code { (method.to_uppercase()) " " (path) } }
            (schema::described(operation))
            (table(&format!("Parameters of {id}"), &takes, &html! {
                @for parameter in &parameters { (parameter_row(reference, parameter)) }
                @for (_, scheme) in members(&reference.document["components"]["securitySchemes"]) {
                    (parameter_row(reference, &token(scheme)))
                }
            }))
            @if let Some(union) = named(&content["schema"]) {
                h3 { "Body" }
                p { (prose::inline(text(&operation["requestBody"], "description"))) }
                ul.inline {
                    @for name in items(reference.schema(union), "oneOf").filter_map(named) {
                        @if let Some(place) = reference.place(name) {
                            li { a href=(place) { code { (name) } } }
                        }
                    }
                }
            }
            h3 { "Example" }
            (code::block(&format!("{id} in curl"), "curl", &curl))
            (table(&format!("Answers of {id}"), &answers, &html! {
                @for (status, answer) in members(&operation["responses"]) {
                    (answer_row(reference, status, reference.resolved(answer)))
                }
            }))
            (call::form(reference, id, &[], body))
            details {
                summary { "Example of an answer" }
                (code::block(&format!("Answer of {id}"), "json", &answer))
            }
        }
    }
}

fn parameter_row(reference: &Reference, parameter: &Value) -> Markup {
    html! {
        tr {
            th scope="row" { code { (text(parameter, "name")) } }
            td data-label="In" { (text(parameter, "in")) }
            td.type {
                (schema::kind(reference, &parameter["schema"]))
                (schema::limits(reference, &parameter["schema"]))
            }
            td data-label="Required" {
                @if parameter["required"] == true { strong { "yes" } } @else { "no" }
            }
            td.wide { (prose::inline(text(parameter, "description"))) }
            (schema::origin_cell(parameter, None))
        }
    }
}

fn answer_row(reference: &Reference, status: &str, answer: &Value) -> Markup {
    html! {
        tr {
            th scope="row" {
                code { (status) }
                @if status == "default" { " (400 to 599)" }
            }
            td.wide { (prose::inline(text(answer, "description"))) }
            td data-label="Header" {
                @for (name, header) in members(&answer["headers"]) {
                    code { (name) } ": " (prose::inline(text(header, "description")))
                    (schema::limits(reference, &header["schema"]))
                }
            }
            td data-label="Body" {
                @if let Some(name) = named(&answer["content"]["application/json"]["schema"]) {
                    a href={ "#" (name) } { code { (name) } }
                } @else { "none" }
            }
            (schema::origin_cell(answer, None))
        }
    }
}

/// A security scheme as a parameter: a key is a string that every call needs.
fn token(scheme: &Value) -> Value {
    let mut token = scheme.clone();
    token["required"] = true.into();
    token["schema"] = json!({"type": "string"});
    token
}
