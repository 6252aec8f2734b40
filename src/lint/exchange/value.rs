//! Judges the value of a query parameter or of a header field. `Parameter::value` of
//! `contract/operation.rs` reads it from the text.

use serde_json::Value;

use crate::{
    contract::{Parameter, ParameterError},
    json::{Node, Number, Span, Tree},
    lint::{
        finding::{Draft, Sink},
        pointer::Pointer,
        rules::{
            number_range, out_of_range, time_in_milliseconds, unknown_action_type, unknown_value,
            unsupported_method, value_casing, wrong_type,
        },
        settings::{Decision, Settings},
        text::{excerpt, shorten},
    },
};

/// From here on, a number of seconds would be after the year 5000, and one of milliseconds is after
/// March 1973.
const MILLISECONDS: i64 = 100_000_000_000;

/// Judges the text of a value, from the query or a header field, by what the contract declares; the
/// value it means, unless it is refused.
pub(super) fn judge(
    parameter: &Parameter,
    text: &str,
    place: Span,
    at: &Pointer<'_>,
    settings: &Settings,
    sink: &mut Sink,
) -> Option<Value> {
    let schema = &parameter.schema;
    let value = parameter.value(text);
    let tree = Tree::of_string(text, place.clone());
    let node = tree.root();
    let draft = match &value {
        Ok(Value::String(value)) if value != text => {
            Some(value_casing::finding(value.clone(), node, at))
        }
        Ok(Value::Bool(value)) if value.to_string() != text => {
            Some(value_casing::finding(value.to_string(), node, at))
        }
        Ok(Value::Number(number)) => {
            let unit = schema.unit.as_deref().unwrap_or_default();
            let number = number.as_i64().filter(|number| *number >= MILLISECONDS);
            let number = number.filter(|_| unit.ends_with("epoch seconds"));
            number.map(|number| {
                let (name, span) = (&parameter.name, place);
                time_in_milliseconds::finding(name, number, span, at.clone())
            })
        }
        Ok(_) => None,
        Err(ParameterError::NotAnInteger | ParameterError::NotABoolean) => {
            let mut draft = wrong_type::finding(schema, node, at);
            let found = shorten(text);
            draft.message = format!("expected {}, found {found:?}", schema.wants()).into();
            // Elsewhere, quotes would be the fault.
            if draft.help.as_deref() == Some("remove the quotes") {
                draft.help = Some("write it in lower case and with digits only".into());
            }
            Some(draft)
        }
        Err(ParameterError::Below(minimum)) => {
            let mut draft = out_of_range::finding(&(*minimum).into(), false, schema, node, at);
            // A number, not a string.
            let number = Number::read(text).0.to_value().to_string();
            draft.message = draft.message.replace(&excerpt(node), &number).into();
            Some(draft.found(number))
        }
        Err(ParameterError::TooLarge) => Some(number_range::finding(node, at)),
        Err(ParameterError::Unlisted) => match unlisted(parameter, text, node, at, settings) {
            None => return Some(text.into()),
            draft => draft,
        },
    };
    if let Some(mut draft) = draft {
        // The wording of the rules is for JSON.
        draft.fix = None;
        sink.push(draft);
    }
    value.ok()
}

/// What is wrong with a value that is not listed; `None` if it is allowed explicitly.
fn unlisted(
    parameter: &Parameter,
    text: &str,
    node: Node<'_>,
    at: &Pointer<'_>,
    settings: &Settings,
) -> Option<Draft> {
    let Some(method) = parameter.schema.ids else {
        return Some(unknown_value::finding(&parameter.schema, node, at));
    };
    let ids: Vec<_> = parameter.listed().collect();
    match settings.decide(text, method) {
        Decision::Supported(_) | Decision::Allowed => None,
        Decision::Unsupported(refused) => {
            Some(unsupported_method::finding(refused, node, at).expected(ids.join(", ")))
        }
        Decision::Unknown => Some(unknown_action_type::id(&ids, method, node, at)),
    }
}
