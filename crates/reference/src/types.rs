//! A page for each type: what is posted, listed, detailed and answered.

use kaizala_actions::{body::BodyKind, operation::OperationId, support};
use maud::{Markup, html};
use serde_json::Value;

use super::{
    call, code, denied, json,
    layout::{Page, section},
    overview::answer,
    prose,
    reference::{Reference, Topic},
    schema::{self, tags},
    site::OPERATIONS,
    value::{members, text},
};

pub(super) fn page(reference: &Reference, topic: &Topic) -> Page {
    let content = html! {
        h1 { (topic.label) }
        (facts(topic))
        (claims(topic))
        @if let Some(row) = topic.row { (denied::sections(reference, row)) }
        @if let Some(name) = &topic.posted {
            (sent(reference, "post", "Post", name, BodyKind::PostActionRequest))
        }
        @if let Some(name) = &topic.listed { (listed(reference, topic, name)) }
        @if has_details(reference, topic) { (details(reference, topic)) }
        @if let Some(name) = &topic.answered {
            (sent(reference, "answer", "Answer", name, BodyKind::RespondToActionRequest))
        }
    };
    Page::new(&topic.file, &topic.label, content)
}

/// What the matrix says about it.
fn facts(topic: &Topic) -> Markup {
    let Some(row) = topic.row else {
        return html! {
            p.lead { "It has no row in the support matrix, and no action type: an id names it." }
        };
    };
    html! {
        dl.facts {
            div { dt { "List (GET)" } dd { (answer(row.get)) } }
            div { dt { "Post (POST)" } dd { (answer(row.post)) } }
            div {
                dt { "Id, in the query" }
                dd { @if let Some(id) = row.id { code { (id) } } @else { "n/a" } }
            }
            div { dt { "Value in bodies" } dd { code { (row.body_value) } } }
        }
    }
}

/// What other sources say about it.
fn claims(topic: &Topic) -> Markup {
    html! {
        @if let Some(row) = topic.row {
            @for claim in support::claims(row.body_value) {
                p.note { strong { "Elsewhere: " } (claim.note) ". " (tags(claim.sources, &[])) }
            }
        }
    }
}

/// A body that is sent.
fn sent(reference: &Reference, id: &str, title: &str, name: &str, kind: BodyKind) -> Markup {
    let schema = reference.schema(name);
    let path = kind.path().unwrap_or_default();
    let curl = code::curl(reference, path, &[], Some(&schema["example"]));
    html! {
        section {
            (introduction(id, title, kind, schema))
            div.sides {
                div { (code::ways(reference, name, &curl)) }
                div { (answered(reference, kind)) }
            }
            (try_it(reference, kind, &[], Some(&schema["example"])))
            (schema::tables(reference, name, true))
        }
    }
}

/// What comes back of a request, and where the errors are described.
fn answered(reference: &Reference, kind: BodyKind) -> Markup {
    let Some(operation) = kind.operation().map(OperationId::as_str) else {
        return html! {};
    };
    let mut operations = reference.operations();
    let call = operations.find(|(.., call)| call["operationId"] == operation);
    let success = call.map(|(.., call)| reference.resolved(&call["responses"]["200"]));
    let content = success.map(|it| &it["content"]["application/json"]);
    let example = content.map(code::example);
    html! {
        p.title {
            strong { "Response" } " " code { "200" } "; "
            a href={ (OPERATIONS) "#" (operation) } { "other statuses" }
        }
        @if let Some(example) = example {
            @let text = json::laid_out(&example.to_string(), json::ASIDE);
            (code::block(&format!("Response to {operation}"), "json", &text))
        }
    }
}

fn introduction(id: &str, title: &str, kind: BodyKind, schema: &Value) -> Markup {
    html! {
        (section(id, title))
        (called(kind))
        (schema::described(schema))
    }
}

fn listed(reference: &Reference, topic: &Topic, name: &str) -> Markup {
    let kind = BodyKind::ListActionsResponse;
    let schema = reference.schema(name);
    let query: Vec<_> = type_parameter(reference, kind)
        .zip(topic.row.and_then(|row| row.id))
        .into_iter()
        .collect();
    let curl = code::curl(reference, kind.path().unwrap_or_default(), &query, None);
    html! {
        section {
            (introduction("list", "List", kind, schema))
            (code::block(&format!("List of {name} in curl"), "curl", &curl))
            p { "An action in the answer:" }
            (code::block(&format!("{name} in JSON"), "json", &code::json(&schema["example"])))
            (try_it(reference, kind, &query, None))
            (schema::tables(reference, name, true))
        }
    }
}

/// The form that makes the call of a body.
fn try_it(
    reference: &Reference,
    kind: BodyKind,
    chosen: &[(&str, &str)],
    body: Option<&Value>,
) -> Markup {
    let operation = kind.operation().map(OperationId::as_str);
    call::form(reference, operation.unwrap_or_default(), chosen, body)
}

/// The parameter whose values are the ids of the matrix.
fn type_parameter(reference: &Reference, kind: BodyKind) -> Option<&str> {
    let (path, _, operation) = reference.operations().find(|(.., operation)| {
        operation["operationId"].as_str() == kind.operation().map(OperationId::as_str)
    })?;
    let parameters = reference.parameters(path, operation).into_iter();
    parameters
        .filter(|it| !reference.resolved(&it["schema"])["x-kaizala-matrix"].is_null())
        .find_map(|it| it["name"].as_str())
}

/// The operation, as a link.
fn called(kind: BodyKind) -> Markup {
    let method = kind.method().map(|method| method.to_string());
    html! {
        p.call {
            a href={ (OPERATIONS) "#" (kind.operation().map(OperationId::as_str).unwrap_or_default()) } {
                code { (method.unwrap_or_default()) " " (kind.path().unwrap_or_default()) }
            }
        }
    }
}

/// Whether it gets an action id to ask for details with: a list says one, or it can be answered.
fn has_details(reference: &Reference, topic: &Topic) -> bool {
    let mut parts = topic
        .listed
        .iter()
        .flat_map(|name| reference.reachable(name));
    topic.answered.is_some()
        || parts.any(|name| reference.schema(name)["properties"]["actionId"].is_object())
}

fn details(reference: &Reference, topic: &Topic) -> Markup {
    let kind = BodyKind::GetActionResponse;
    let schema = reference.schema(kind.schema());
    let tag = members(&schema["properties"])
        .find(|(_, member)| !reference.resolved(member)["x-kaizala-action-type"].is_null())
        .map(|(name, _)| name);
    let is_of_topic = topic
        .row
        .zip(tag)
        .is_some_and(|(row, tag)| schema["example"][tag] == row.body_value);
    html! {
        section {
            (section("details", "Details"))
            (called(kind))
            p {
                (prose::inline(text(schema, "description")))
                " It is the same object for every type: "
                a href={ (OPERATIONS) "#" (kind.schema()) } { code { (kind.schema()) } } ". "
                (schema::origin(schema, None))
            }
            (try_it(reference, kind, &[], None))
            @if is_of_topic { (code::block("Details in JSON", "json", &code::json(&schema["example"]))) }
        }
    }
}
