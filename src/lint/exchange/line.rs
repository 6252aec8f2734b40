//! The method and the URL.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::secret;
use crate::json::{Data, Node, Number, Span};
use crate::{
    contract::{Contract, Misfit, Operation, Parameter, Values},
    lint::{
        finding::{Draft, Sink},
        pointer::Pointer,
        rules::{
            missing_parameter, number_range, out_of_range, path_spelling, repeated_parameter,
            shorten, time_in_milliseconds, unknown_action_type, unknown_operation,
            unknown_parameter, unknown_value, unsupported_method, value_casing, wrong_type,
        },
        settings::Settings,
    },
    support::{ActionType, Method},
};

/// From here on a number of seconds would be after the year 5000, and one of milliseconds is after
/// March 1973.
const MILLISECONDS: i64 = 100_000_000_000;

/// A request line whose path is of the API.
pub(super) struct Line<'c> {
    /// `GET https://…`.
    pub text: String,
    method: Span,
    /// Past a trailing slash.
    path: Span,
    /// Past the question mark.
    query: Option<Span>,
    /// Where the contract's path begins in the text.
    rest: usize,
    /// Whether something may be before it that cannot be known.
    is_base_known: bool,
    /// The operations of that path.
    candidates: Vec<&'c Operation>,
}

impl<'c> Line<'c> {
    /// None for a URL of another API.
    pub fn read(contract: &'c Contract, method: &str, url: &str) -> Option<Self> {
        let text = format!("{method} {}", secret::url(url));
        let start = method.len() + 1;
        let url = &text[start..];
        // Without a scheme, as curl takes it, or with a variable for the endpoint, the path begins
        // at the first slash too.
        let authority = url.find("://").map_or(0, |at| at + 3);
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let path = authority + url.get(authority..end)?.find('/')?..end;
        let is_base_known = !url[..path.start].contains(['$', '{']);
        let query = (url[end..].starts_with('?'))
            .then(|| end + 1..url.find('#').unwrap_or(url.len()).max(end + 1));
        let rest =
            |operation: &Operation| rest(contract, operation, &url[path.clone()], is_base_known);
        let candidates: Vec<_> = contract
            .operations
            .iter()
            .filter(|operation| rest(operation).is_some())
            .collect();
        let rest = path.start + candidates.first().and_then(|operation| rest(operation))?;
        let moved = |span: Span| start + span.start..start + span.end;
        let (path, query) = (moved(path), query.map(moved));
        Some(Self {
            method: 0..method.len(),
            path,
            query,
            rest: start + rest,
            is_base_known,
            candidates,
            text,
        })
    }

    /// Which operation it is of; none for a method that the path does not have.
    pub fn judge(
        &self,
        contract: &Contract,
        settings: &Settings,
        sink: &mut Sink,
    ) -> Option<&'c Operation> {
        let method = &self.text[self.method.clone()];
        let operation = self
            .candidates
            .iter()
            .copied()
            .find(|operation| operation.method == method);
        let Some(operation) = operation else {
            sink.add(unknown_operation::finding(
                method,
                self.method.clone(),
                &self.candidates,
            ));
            return None;
        };
        let written = trimmed(&self.text[self.rest..self.path.end]);
        let values = operation
            .matches(written, str::eq_ignore_ascii_case)
            .unwrap_or_default();
        self.path(contract, operation, &values, sink);
        self.query(operation, settings, sink);
        Some(operation)
    }

    fn path(
        &self,
        contract: &Contract,
        operation: &Operation,
        values: &Values<'_, '_>,
        sink: &mut Sink,
    ) {
        let rest = self.rest..self.path.end;
        let written = &self.text[rest.clone()];
        let base = &self.text[self.path.start..self.rest];
        if self.is_base_known && !base.ends_with(&contract.base) {
            sink.add(path_spelling::base(
                &contract.base,
                self.path.start..self.path.end,
            ));
        } else if written != trimmed(written) {
            sink.add(path_spelling::slash(self.path.end - 1..self.path.end));
        } else if operation.matches(written, str::eq).is_none() {
            sink.add(path_spelling::case(&operation.written(), rest.clone()));
        }
        for (name, value) in values.iter().filter(|(_, value)| is_placeholder(value)) {
            let start = rest.start + offset(written, value);
            let pointer = Pointer::of(["path", name]);
            let parameter = operation
                .parameters
                .iter()
                .find(|parameter| parameter.name == *name);
            sink.add(missing_parameter::in_path(
                name,
                value,
                parameter,
                start..start + value.len(),
                pointer,
            ));
        }
    }

    fn query(&self, operation: &Operation, settings: &Settings, sink: &mut Sink) {
        let mut seen: Vec<&str> = Vec::new();
        let query = self.query.clone().unwrap_or(self.path.end..self.path.end);
        let mut at = query.start;
        for pair in self.text[query.clone()].split('&') {
            let start = at;
            at += pair.len() + 1;
            if pair.is_empty() {
                continue;
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (key, place) = (
                start..start + name.len(),
                start + pair.len() - value.len()..start + pair.len(),
            );
            let (name, value) = (decoded(name), decoded(value));
            let at = Pointer::of(["query", &name]);
            let exact = operation.query().find(|parameter| parameter.name == name);
            let parameter = exact.or_else(|| {
                operation
                    .query()
                    .find(|parameter| parameter.name.eq_ignore_ascii_case(&name))
            });
            if exact.is_none() {
                sink.add(unknown_parameter::finding(
                    &name,
                    parameter,
                    operation,
                    secret::is_secret(&name),
                    key.clone(),
                    at.clone(),
                ));
            }
            let Some(parameter) = parameter else { continue };
            if seen.contains(&parameter.name.as_str()) {
                sink.add(repeated_parameter::finding(&parameter.name, key, at));
                continue;
            }
            seen.push(&parameter.name);
            if is_placeholder(&value) && !value.is_empty() {
                sink.add(missing_parameter::in_query(
                    parameter,
                    Some(&value),
                    place,
                    at,
                ));
            } else if !value.contains('$') {
                judge(parameter, &value, place, &at, settings, sink);
            }
        }
        for parameter in operation
            .query()
            .filter(|parameter| parameter.required && !seen.contains(&parameter.name.as_str()))
        {
            let at = Pointer::of(["query", &parameter.name]);
            sink.add(missing_parameter::in_query(
                parameter,
                None,
                query.end..query.end,
                at,
            ));
        }
    }
}

/// Holds the text of a value, of the query or of a header field, to what the contract declares.
pub(super) fn judge(
    parameter: &Parameter,
    text: &str,
    place: Span,
    at: &Pointer<'_>,
    settings: &Settings,
    sink: &mut Sink,
) {
    let schema = &parameter.schema;
    let mut node = Node {
        span: place,
        data: Data::String(text.into()),
        flaw: None,
    };
    let draft = match parameter.value(text) {
        Ok(Value::String(value)) if value != text => {
            let mut casing = Sink::default();
            value_casing::spell(&value, &mut node, at, &mut casing);
            casing.finish().pop()
        }
        Ok(Value::Number(number)) => {
            let seconds = schema
                .unit
                .as_deref()
                .is_some_and(|unit| unit.ends_with("epoch seconds"));
            let number = number
                .as_i64()
                .filter(|number| seconds && *number >= MILLISECONDS);
            number.map(|number| {
                time_in_milliseconds::finding(
                    &parameter.name,
                    number,
                    node.span.clone(),
                    at.clone(),
                )
            })
        }
        Ok(_) => None,
        Err(Misfit::NoInteger | Misfit::NoBoolean) => {
            let mut draft = wrong_type::finding(schema, &node, at.clone());
            draft.message = format!("expected {}, found {:?}", schema.wants(), shorten(text));
            // Elsewhere quotes would be the fault.
            if draft.help.as_deref() == Some("remove the quotes") {
                draft.help = Some("write it in lower case and in digits alone".to_owned());
            }
            Some(draft)
        }
        Err(Misfit::Below(minimum)) => {
            node.data = Data::Number(Number::read(text).0);
            Some(out_of_range::below(
                &minimum.into(),
                schema,
                &node,
                at.clone(),
            ))
        }
        Err(Misfit::TooLarge) => Some(number_range::finding(&node, at)),
        Err(Misfit::Unlisted) => unlisted(parameter, text, &node, at, settings),
    };
    if let Some(mut draft) = draft {
        // Those of the rules are for JSON.
        draft.fix = None;
        sink.add(draft);
    }
}

fn unlisted(
    parameter: &Parameter,
    text: &str,
    node: &Node,
    at: &Pointer<'_>,
    settings: &Settings,
) -> Option<Draft> {
    let Some(column) = parameter.schema.ids else {
        return Some(unknown_value::finding(&parameter.schema, node, at.clone()));
    };
    let method = Method::from(column);
    let ids: Vec<_> = parameter.listed().collect();
    match ActionType::by_name(text) {
        _ if settings.allows(text, method) => None,
        Some(known) => {
            Some(unsupported_method::finding(known, method, node, at).expected(ids.join(", ")))
        }
        None => Some(unknown_action_type::id(&ids, method, node, at)),
    }
}

/// Where the contract's path begins in a path: after nothing, or after the base that the server's
/// address ends in, which a gateway may have put something before.
fn rest(
    contract: &Contract,
    operation: &Operation,
    path: &str,
    is_base_known: bool,
) -> Option<usize> {
    let trimmed = trimmed(path);
    let mut slashes = trimmed.rmatch_indices('/').map(|(at, _)| at);
    let start = slashes.nth(operation.segments().checked_sub(1)?)?;
    let base = trimmed[..start].to_ascii_lowercase();
    let is_base = base.is_empty() || base.ends_with(&contract.base) || !is_base_known;
    (is_base
        && operation
            .matches(&trimmed[start..], str::eq_ignore_ascii_case)
            .is_some())
    .then_some(start)
}

fn trimmed(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

/// Whether a program forgot to put a value in.
fn is_placeholder(value: &str) -> bool {
    let text = decoded(value);
    matches!(&*text, "" | "undefined" | "null" | "None") || text.starts_with(['{', '<', ':'])
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return text.into();
    }
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
        .into()
}
