//! Forms that send a call to the sandbox, on the pages that it serves.
//!
//! They are hidden until the script that sends the calls shows them, and pages in a folder have
//! neither: there is nothing that would answer.

use kaizala_actions::contract::Contract;
use maud::{Markup, html};
use serde_json::Value;

use super::{
    code,
    reference::Reference,
    value::{items, text},
};

/// The form of an operation. `chosen` are the values of parameters that are not those of the
/// document's examples.
pub(super) fn form(
    reference: &Reference,
    operation: &str,
    chosen: &[(&str, &str)],
    body: Option<&Value>,
) -> Markup {
    let mut operations = reference.operations();
    let call = operations.find(|(.., call)| call["operationId"] == operation);
    let (true, Some((path, method, call))) = (reference.is_served, call) else {
        return html! {};
    };
    let contract = Contract::get();
    let address = format!("{}{path}", contract.base);
    html! {
        form.try hidden data-method=(method.to_uppercase()) data-path=(address)
            data-operation=(operation) {
            details {
                summary { "Try it" }
                p { "The call goes to the sandbox that serves this page." }
                div.fields {
                    label {
                        code { (contract.token_header) }
                        " any, if the sandbox has none"
                        input type="password" data-in="header" name=(contract.token_header)
                            value="any" autocomplete="off" required;
                    }
                    @for parameter in reference.parameters(path, call) {
                        (field(reference, parameter, chosen))
                    }
                }
                @if let Some(body) = body {
                    label {
                        "Body"
                        textarea name="body" rows="9" spellcheck="false" { (code::json(body)) }
                    }
                }
                p { button { "Send" } }
                div.exchange {}
            }
        }
    }
}

/// A parameter: a list of its values where they are known.
fn field(reference: &Reference, parameter: &Value, chosen: &[(&str, &str)]) -> Markup {
    let (name, place) = (text(parameter, "name"), text(parameter, "in"));
    let is_required = parameter["required"] == true;
    let schema = reference.resolved(&parameter["schema"]);
    let example = code::example(parameter).as_str().unwrap_or_default();
    let chosen = chosen.iter().find(|(other, _)| *other == name);
    let value = match chosen {
        Some((_, value)) => value,
        None if is_required => example,
        None => "",
    };
    let mut values: Vec<_> = items(schema, "enum").filter_map(Value::as_str).collect();
    if schema["type"] == "boolean" {
        values = vec!["true", "false"];
    }
    html! {
        label {
            code { (name) }
            @if !is_required { " optional" }
            @if values.is_empty() {
                input data-in=(place) name=(name) value=(value) autocomplete="off"
                    required[is_required];
            } @else {
                select data-in=(place) name=(name) {
                    @if !is_required { option value="" { "not given" } }
                    @for other in values { option selected[other == value] { (other) } }
                }
            }
        }
    }
}
