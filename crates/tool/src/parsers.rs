//! Parsers of values in arguments, some of which are also used for `kaizala-actions.toml`.

use std::ffi::OsStr;

use clap::{
    Arg, Command, ValueEnum,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};
use kaizala_actions::{
    body::BodyKind,
    lint::{Rule, Severity, nearest},
    support::{self, ActionType, Method},
};

/// The name of a value.
pub(crate) fn name(choice: &impl ValueEnum) -> String {
    choice
        .to_possible_value()
        .map_or(String::new(), |value| value.get_name().to_owned())
}

/// The names of all values.
pub(crate) fn names<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(name).collect()
}

/// A kind of body; only its present name is completed and shown.
pub(crate) fn body_kind(kind: BodyKind) -> PossibleValue {
    PossibleValue::new(kind.name()).aliases(kind.former_names())
}

/// A parser that accepts more values than it completes.
#[derive(Clone)]
pub(crate) struct Suggesting<P> {
    parser: P,
    names: fn() -> Vec<&'static str>,
}

impl<P: TypedValueParser> TypedValueParser for Suggesting<P> {
    type Value = P::Value;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        self.parser.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

/// Values that are completed by these names.
pub(crate) fn suggesting<P: TypedValueParser>(
    parser: P,
    names: fn() -> Vec<&'static str>,
) -> Suggesting<P> {
    Suggesting { parser, names }
}

/// Rules, by id or name; completed by name.
pub(crate) fn rules() -> Suggesting<impl TypedValueParser<Value = &'static Rule>> {
    let parser = StringValueParser::new().try_map(|name| rule(&name));
    suggesting(parser, || {
        Rule::all().iter().map(|rule| rule.name).collect()
    })
}

/// Notes about allowed types that are unknown and similar to a known one.
pub(crate) fn misspelt<'a>(
    allowed: impl IntoIterator<Item = &'a (String, Method)>,
) -> impl Iterator<Item = String> {
    let known = || {
        support::rows()
            .iter()
            .flat_map(|row| row.id.into_iter().chain([row.body_value]))
    };
    let misspelt = allowed.into_iter().filter(|(name, _)| {
        name.parse::<ActionType>().is_err() && support::claims(name).next().is_none()
    });
    misspelt.filter_map(move |(name, method)| {
        let near = nearest(name, known())?.to_lowercase();
        let method = method.to_string().to_lowercase();
        Some(format!(
            "allow {name}:{method}: not a type of the support matrix; did you mean {near}:{method}?"
        ))
    })
}

/// A rule, by id or name.
///
/// # Errors
/// There is none of this name.
pub fn rule(name: &str) -> Result<&'static Rule, String> {
    Rule::find(name).ok_or_else(|| match Rule::nearest(name) {
        Some(near) => format!("no such rule; did you mean {} ({})?", near.name, near.id),
        None => "no such rule; `kaizala-actions rules` lists them".to_owned(),
    })
}

/// A type and the method that it is allowed for, as in `announcement:post`.
///
/// # Errors
/// It is not of this form.
pub fn allowance(text: &str) -> Result<(String, Method), String> {
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

/// The severity of a rule; `None` to ignore it.
pub type Weight = (&'static Rule, Option<Severity>);

pub(crate) fn severity(text: &str) -> Result<Weight, String> {
    let (name, severity) = text
        .split_once('=')
        .ok_or("write RULE=SEVERITY, as in unknown-member=error")?;
    Ok((rule(name)?, level(severity)?))
}

/// A severity; `None` for `off`, which ignores a rule.
///
/// # Errors
/// It is neither.
pub fn level(name: &str) -> Result<Option<Severity>, String> {
    match name {
        "off" => Ok(None),
        "note" => Ok(Some(Severity::Note)),
        "warning" => Ok(Some(Severity::Warning)),
        "error" => Ok(Some(Severity::Error)),
        _ => Err("a severity is error, warning, note or off".to_owned()),
    }
}
