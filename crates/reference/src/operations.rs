//! The operations: what they take and what they answer.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    code,
    layout::{OPERATIONS, Page, section, table},
    prose,
    reference::{Reference, answers},
    schema::{self, named, text},
};

pub(super) fn page(reference: &Reference) -> Page {
    let content = html! {
        h1 { "Operations" }
        p.lead { "All paths are below " code { (text(&reference.document["servers"][0], "url")) } "." }
        @for (path, method, operation) in reference.operations() { (call(reference, path, method, operation)) }
        (section("bodies", &html! { "Bodies of answers" }))
        p { "They are the same whatever the type; only the actions in a list differ, and are described with their types." }
        @for name in answers() { (schema::tables(reference, name, false)) }
    };
    Page {
        file: OPERATIONS.to_owned(),
        title: "Operations".to_owned(),
        content,
    }
}

fn call(reference: &Reference, path: &str, method: &str, operation: &Value) -> Markup {
    let id = text(operation, "operationId");
    let parameters: Vec<_> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|parameter| reference.resolved(parameter))
        .collect();
    let query = parameters
        .iter()
        .filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
    let query: Vec<_> = query
        .map(|parameter| (text(parameter, "name"), text(parameter, "example")))
        .collect();
    let content = &operation["requestBody"]["content"]["application/json"];
    let curl = code::curl(reference, path, &query, content.get("example"));
    html! {
        section {
            (section(id, &html! { (text(operation, "summary")) }))
            p.call { code { (method.to_uppercase()) " " (path) } }
            p { (prose::inline(text(operation, "description"))) " " (schema::origin(operation, None)) }
            (table(&format!("Parameters of {id}"), &["Parameter", "In", "Type", "Required", "Meaning", "Source"], &html! {
                @for parameter in &parameters { (parameter_row(reference, parameter)) }
                @for (_, scheme) in reference.document["components"]["securitySchemes"].as_object().into_iter().flatten() {
                    // As a parameter: a key is a string that every call needs.
                    @let token = merged(scheme, &json!({"required": true, "schema": {"type": "string"}}));
                    (parameter_row(reference, &token))
                }
            }))
            @if let Some(union) = named(&content["schema"]) {
                h3 { "Body" }
                p { (prose::inline(text(&operation["requestBody"], "description"))) }
                ul.inline {
                    @for name in reference.schema(union)["oneOf"].as_array().into_iter().flatten().filter_map(named) {
                        @if let Some(place) = reference.place(name) { li { a href=(place) { code { (name) } } } }
                    }
                }
            }
            h3 { "Example" }
            (code::block(&format!("{id} in curl"), &curl))
            (table(&format!("Answers of {id}"), &["Status", "Meaning", "Header", "Body", "Source"], &html! {
                @for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
                    (answer_row(reference, status, reference.resolved(answer)))
                }
            }))
            @let example = &reference.resolved(&operation["responses"]["200"])["content"]["application/json"]["example"];
            details { summary { "Example of an answer" } (code::block(&format!("Answer of {id}"), &code::json(example))) }
        }
    }
}

fn parameter_row(reference: &Reference, parameter: &Value) -> Markup {
    html! {
        tr {
            th scope="row" { code { (text(parameter, "name")) } }
            td { (text(parameter, "in")) }
            td.type { (schema::kind(reference, &parameter["schema"])) (schema::limits(reference, &parameter["schema"])) }
            td { @if parameter["required"] == true { strong { "yes" } } @else { "no" } }
            td.wide { (prose::inline(text(parameter, "description"))) }
            td { (schema::origin(parameter, None)) }
        }
    }
}

fn answer_row(reference: &Reference, status: &str, answer: &Value) -> Markup {
    html! {
        tr {
            th scope="row" { code { (status) } }
            td.wide { (prose::inline(text(answer, "description"))) }
            td {
                @for (name, header) in answer["headers"].as_object().into_iter().flatten() {
                    code { (name) } ": " (prose::inline(text(header, "description"))) (schema::limits(reference, &header["schema"]))
                }
            }
            td {
                @if let Some(name) = named(&answer["content"]["application/json"]["schema"]) { a href={ "#" (name) } { code { (name) } } }
                @else { "none" }
            }
            td { (schema::origin(answer, None)) }
        }
    }
}

fn merged(value: &Value, more: &Value) -> Value {
    let mut merged = value.clone();
    for (name, value) in more.as_object().into_iter().flatten() {
        merged[name] = value.clone();
    }
    merged
}
