//! Readers of values that are written in arguments, and some of them in `kaizala-actions.toml` too.

use clap::ValueEnum;
use kaizala_actions::{
    lint::{Rule, Severity},
    support::Method,
};

/// The name of a choice.
pub(crate) fn name(choice: &impl ValueEnum) -> String {
    choice
        .to_possible_value()
        .map_or(String::new(), |value| value.get_name().to_owned())
}

/// The names of all choices.
pub(crate) fn names<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(name).collect()
}

pub(crate) fn rule(name: &str) -> Result<&'static Rule, String> {
    Rule::find(name).ok_or_else(|| match Rule::nearest(name) {
        Some(near) => format!("no such rule; did you mean {} ({})?", near.name, near.id),
        None => "no such rule; `kaizala-actions rules` lists them".to_owned(),
    })
}

pub(crate) fn allowance(text: &str) -> Result<(String, Method), String> {
    let (name, method) = text
        .rsplit_once(':')
        .ok_or("write TYPE:METHOD, as in announcement:post")?;
    if name.is_empty() {
        return Err("the type is missing: write TYPE:METHOD, as in announcement:post".to_owned());
    }
    let method = method
        .parse::<Method>()
        .map_err(|error| error.to_string())?;
    Ok((name.to_owned(), method))
}

/// How much the findings of a rule are to weigh; none to leave them out.
pub(crate) type Weight = (&'static Rule, Option<Severity>);

pub(crate) fn severity(text: &str) -> Result<Weight, String> {
    let (name, severity) = text
        .split_once('=')
        .ok_or("write RULE=SEVERITY, as in unknown-member=error")?;
    Ok((rule(name)?, level(severity)?))
}

/// `off`, or a severity.
pub(crate) fn level(name: &str) -> Result<Option<Severity>, String> {
    match name {
        "off" => Ok(None),
        "note" => Ok(Some(Severity::Note)),
        "warning" => Ok(Some(Severity::Warning)),
        "error" => Ok(Some(Severity::Error)),
        _ => Err("a severity is error, warning, note or off".to_owned()),
    }
}
