//! Converts posted values to the forms of answers.

use kaizala_actions::contract::Type;
use serde_json::Value;

use super::{
    super::{id::hash, time::iso},
    subject::Subject,
    template::{Form, Source},
};

/// The address of uploaded files. There are no files: they belong to another part of the API.
const MEDIA: &str = "https://media.example.com/";

/// A posted value in the form that the source requires; if no suitable value was posted, the
/// default.
pub(super) fn formed(
    source: &Source,
    kind: Option<Type>,
    posted: Option<&Value>,
    subject: &Subject<'_>,
) -> Option<Value> {
    posted
        .into_iter()
        .chain(&source.default)
        .find_map(|value| fit(kind, form(source.form, value, subject)?))
}

fn form(form: Option<Form>, value: &Value, subject: &Subject<'_>) -> Option<Value> {
    match form {
        None => Some(value.clone()),
        Some(Form::Count) => Some(value.as_array()?.len().into()),
        Some(Form::HoursLater) => {
            let hours = fit(Some(Type::Integer), value.clone())?;
            // A value beyond 63 bits is also beyond all dates.
            let hours = hours.as_i64().unwrap_or(i64::MAX);
            let seconds = hours.saturating_mul(3600);
            Some(iso(subject.action?.sent_at.saturating_add(seconds)).into())
        }
        Some(Form::MediaUrl) => Some(format!("{MEDIA}{:016x}", hash(value.as_str()?)).into()),
        Some(Form::CountTrue | Form::AllTrue) => None,
    }
}

/// The value, if it has the type. Members that the contract does not declare for a request may have
/// any type, although an answer has a member of that name; and an integer may have been written as
/// `10.0` (D-33).
pub(super) fn fit(kind: Option<Type>, value: Value) -> Option<Value> {
    let fits = match kind {
        None => true,
        Some(Type::Object) => value.is_object(),
        Some(Type::Array) => value.is_array(),
        Some(Type::String) => value.is_string(),
        Some(Type::Boolean) => value.is_boolean(),
        Some(Type::Integer) if value.is_f64() => {
            let float = value.as_f64().filter(|float| float.fract() == 0.0)?;
            // Printed without exponent or fraction, any integral double within 64 bits can be
            // parsed as an integer.
            return Some(format!("{float:.0}").parse::<i64>().ok()?.into());
        }
        Some(Type::Number | Type::Integer) => value.is_number(),
    };
    fits.then_some(value)
}
