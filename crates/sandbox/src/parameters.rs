//! Query parameters, as the contract declares them.

use std::collections::HashMap;

use kaizala_actions::{
    contract::{Operation, Parameter, ParameterError},
    support::{self, ActionType, Method},
};
use serde_json::Value;

use super::refusal::{Cause, Refusal};

/// The parameters of a request: those that were given, and the defaults of the others.
#[derive(Debug, Default)]
pub(super) struct Query(HashMap<&'static str, Value>);

impl Query {
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.0.get(name).and_then(Value::as_i64)
    }

    pub fn is_true(&self, name: &str) -> bool {
        self.0.get(name) == Some(&Value::Bool(true))
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// Reads a query by the declarations of an operation; what is not declared is ignored, as
    /// bodies ignore members (D-31).
    ///
    /// # Errors
    /// 400 for a parameter that is missing, given twice, or not what the contract wants.
    pub fn read(operation: &'static Operation, query: &str) -> Result<Self, Box<Refusal>> {
        let mut values = HashMap::new();
        for (name, text) in form_urlencoded::parse(query.as_bytes()) {
            let Some(parameter) = operation.query().find(|parameter| parameter.name == name) else {
                continue;
            };
            let value = parameter
                .value(&text)
                .map_err(|misfit| refusal(parameter, &in_words(misfit, &text, parameter)))?;
            if values.insert(parameter.name.as_str(), value).is_some() {
                return Err(refusal(parameter, "it is given twice"));
            }
        }
        for parameter in operation.query() {
            if values.contains_key(parameter.name.as_str()) {
                continue;
            }
            match &parameter.schema.default {
                Some(default) => {
                    values.insert(parameter.name.as_str(), default.clone());
                }
                None if parameter.required => {
                    let ids = listed(parameter);
                    let ids = if ids.is_empty() {
                        ids
                    } else {
                        format!(": one of {ids}")
                    };
                    return Err(refusal(parameter, &format!("it is missing{ids}")));
                }
                None => {}
            }
        }
        Ok(Self(values))
    }
}

fn refusal(parameter: &Parameter, problem: &str) -> Box<Refusal> {
    Box::new(Refusal::new(
        Cause::Parameters,
        format!("query parameter {}: {problem}", parameter.name),
    ))
}

fn listed(parameter: &Parameter) -> String {
    parameter.listed().collect::<Vec<_>>().join(", ")
}

fn in_words(misfit: ParameterError, text: &str, parameter: &Parameter) -> String {
    match misfit {
        ParameterError::NotAnInteger => format!("{text:?} is no integer"),
        ParameterError::NotABoolean => format!("{text:?} is neither true nor false"),
        ParameterError::Below(minimum) => format!("{text} is less than {minimum}"),
        ParameterError::TooLarge => format!("{text} does not fit into 64 bits"),
        ParameterError::Unlisted => {
            let ids = listed(parameter);
            match text.parse::<ActionType>() {
                Ok(known) => match support::check(known, Method::Get) {
                    Err(refused) => {
                        format!("KZ201 unsupported-method: {refused}; ask for one of {ids}")
                    }
                    Ok(()) => format!(
                        "{text:?} is how bodies call it; the id is {:?}",
                        known.row().id.unwrap_or_default()
                    ),
                },
                Err(unknown) => {
                    format!("KZ202 unknown-action-type: {unknown}; ask for one of {ids}")
                }
            }
        }
    }
}
