//! The first page: what it is about, the matrix, the operations, and how to connect.

use kaizala_actions::{body::BodyKind, contract::Dialect, lint::Rule, support};
use maud::{Markup, html};

use super::{
    code,
    downloads::{DOCUMENTS, schema_file},
    layout::{Page, saved, section, table},
    prose,
    reference::Reference,
    site::{DOWNLOADS, OPERATIONS, OVERVIEW, RULES, RULINGS},
    value::text,
};

pub(super) fn page(reference: &Reference) -> Page {
    let server = &reference.document["servers"][0];
    let columns = [
        "Action",
        "List (GET)",
        "Post (POST)",
        "Id, in the query",
        "Value in bodies",
    ];
    let untyped = reference.topics.iter().find(|topic| topic.row.is_none());
    let content = html! {
        h1 { (reference.title()) }
        div.lead { (prose::blocks(text(&reference.document["info"], "description"))) }
        p {
            "Every fact names its " a href={ (RULINGS) "#sources" } { "source" }
            ". Where sources disagree, one of "
            a href=(RULINGS) { (reference.rulings.len()) " rulings" } " says what holds, and "
            a href=(RULES) { (Rule::all().len()) " rules" } " find what departs from it."
        }
        (section("matrix", "Which types can be listed and posted"))
        (table("Support matrix", &columns, &matrix(reference)))
        @if let Some(topic) = untyped {
            p {
                "Besides these types an instance of an " a href=(topic.file) { "action package" }
                " can be posted."
            }
        }
        (section("operations", "Operations"))
        (table("Operations", &["Operation", "Call"], &operations(reference)))
        (section(DOWNLOADS, "Downloads"))
        (table("Downloads", &["Document", "Format"], &documents()))
        p { "The JSON Schemas hold all that they refer to, and leave out what only the linter sees:" }
        (table("JSON Schemas", &["Body", "2020-12", "draft-07"], &schemas()))
        (section("connect", "Connecting"))
        p {
            "Calls go to " code { (text(server, "url")) } ". "
            (prose::inline(text(server, "description")))
        }
        p {
            "The snippets on the pages of the types are cut from programs that are compiled and "
            "run in tests. They share this:"
        }
        (code::clients(reference))
    };
    Page::new(OVERVIEW, reference.title(), content)
}

fn matrix(reference: &Reference) -> Markup {
    html! {
        @for row in support::rows() {
            tr {
                th scope="row" {
                    @if let Some(topic) = reference.topic(row) {
                        a href=(topic.file) { (row.label) }
                    }
                }
                td data-label="List" { (answer(row.get)) }
                td data-label="Post" { (answer(row.post)) }
                td data-label="Id" { @if let Some(id) = row.id { code { (id) } } @else { "n/a" } }
                td data-label="In bodies" { code { (row.body_value) } }
            }
        }
    }
}

fn documents() -> Markup {
    html! {
        @for (name, files) in &DOCUMENTS {
            tr { th scope="row" { (name) } td { (saved(files)) } }
        }
    }
}

fn schemas() -> Markup {
    html! {
        @for body in BodyKind::ALL {
            tr {
                th scope="row" { code { (body) } }
                @for dialect in Dialect::ALL {
                    td { (saved(&[(&schema_file(*dialect, *body), dialect.name())])) }
                }
            }
        }
    }
}

pub(super) fn answer(supported: bool) -> Markup {
    if supported {
        html! { span.yes { "Yes" } }
    } else {
        html! { span.no { "No" } }
    }
}

fn operations(reference: &Reference) -> Markup {
    html! {
        @for (path, method, operation) in reference.operations() {
            tr {
                th scope="row" {
                    a href={ (OPERATIONS) "#" (text(operation, "operationId")) } {
                        (text(operation, "summary"))
                    }
                }
                td.name { code { (method.to_uppercase()) " " (path) } }
            }
        }
    }
}
