//! What the matrix denies a type: what to use instead, and how a request for it is refused.

use kaizala_actions::{
    body::BodyKind,
    contract::Contract,
    lint::{Finding, Linter, Request},
    support::{Method, Row},
};
use maud::{Markup, PreEscaped, html};
use serde_json::json;

use super::{
    code,
    layout::section,
    prose,
    reference::{Reference, alternatives},
    site::{OVERVIEW, rule_place},
};

/// A section for each method that the matrix denies a type.
pub(super) fn sections(reference: &Reference, row: &Row) -> Markup {
    html! {
        @if !row.post { (denied(reference, row, Method::Post)) }
        @if !row.get { (denied(reference, row, Method::Get)) }
    }
}

fn denied(reference: &Reference, row: &Row, method: Method) -> Markup {
    let (id, title, verb) = match method {
        Method::Get => ("not-listed", "Listing is not supported", "listed"),
        Method::Post => ("not-posted", "Posting is not supported", "posted"),
    };
    let name = format!("{method} {}", row.body_value);
    let alternatives = alternatives();
    let alternative = alternatives.iter().find(|entry| entry.names == [&*name]);
    let (tried, finding) = tried(row, method);
    let option = format!("{}:{method}", row.body_value).to_lowercase();
    html! {
        section {
            (section(id, title))
            @if let Some(entry) = alternative {
                p { strong { "Instead:" } " " (linked(reference, &entry.text)) }
            }
            p {
                "The " a href={ (OVERVIEW) "#matrix" } { "matrix" } " has the types that can be "
                (verb) ". A request for this one:"
            }
            (code::block(&format!("Request for {name}"), "json", &tried))
            @if let Some(finding) = finding {
                p {
                    "The sandbox refuses it with status 400, and the linter reports "
                    a href=(rule_place(finding.rule.id)) { code { (finding.rule.name) } } ":"
                }
                (code::block(&format!("Refusal of {name}"), "", &words(&finding)))
            }
            p {
                "To allow it, pass " code { "--allow " (option) } " to " code { "lint" } " or "
                code { "serve" } "."
            }
        }
    }
}

/// The smallest body that a caller could send, and the linter's findings.
fn tried(row: &Row, method: Method) -> (String, Option<Finding>) {
    let linter = Linter::new();
    let is_of_rule = |finding: &Finding| finding.rule.name == "unsupported-method";
    if method == Method::Post {
        let body = json!({"actionType": row.body_value, "actionBody": {}});
        let report = linter.lint(BodyKind::PostActionRequest, body.to_string().as_bytes());
        return (
            code::json(&body),
            report.findings.into_iter().find(is_of_rule),
        );
    }
    // What has no id has no name for the query but its value in bodies.
    let name = row.id.unwrap_or(row.body_value);
    let path = BodyKind::ListActionsResponse.path().unwrap_or_default();
    let base = &Contract::get().base;
    let target = format!("{base}{path}?actionType={name}");
    let target = target.replace("{groupId}", "ours");
    let request = Request::new("GET", &*target);
    let report = linter.lint_request(&request);
    let findings = report.parts.into_iter();
    let mut findings = findings.flat_map(|part| part.report.findings);
    (format!("GET {target}"), findings.find(is_of_rule))
}

/// As the sandbox says it.
fn words(finding: &Finding) -> String {
    let (place, message) = (&finding.pointer, &finding.message);
    let help = finding.help.as_deref().unwrap_or_default();
    let (id, name) = (finding.rule.id, finding.rule.name);
    format!("{id} {name} at {place}: {message}; {help}")
}

/// A text in which the types, and the package, are links to their pages.
fn linked(reference: &Reference, text: &str) -> Markup {
    let mut html = prose::inline(text).into_string();
    for topic in &reference.topics {
        let shown = match topic.row {
            Some(row) => format!("<code>{}</code>", row.body_value),
            None => topic.label.to_lowercase(),
        };
        let link = html! { a href=(topic.file) { (PreEscaped(&shown)) } };
        html = html.replace(&shown, &link.into_string());
    }
    PreEscaped(html)
}
