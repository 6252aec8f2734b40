//! The method and the URL.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::value;
use crate::{
    contract::{Contract, Operation, Values},
    json::Span,
    lint::{
        finding::Sink,
        pointer::Pointer,
        rules::{
            missing_parameter, path_spelling, repeated_parameter, unknown_operation,
            unknown_parameter,
        },
        settings::Settings,
    },
    mask::secret,
};

/// A request line whose path is of the API.
pub(super) struct Line {
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
    pub candidates: Vec<&'static Operation>,
}

/// What a request line asks for.
pub(super) struct Call {
    pub operation: &'static Operation,
    /// The parameters of the path, decoded.
    pub path: Vec<(&'static str, String)>,
    /// The parameters of the query that have a value or a default.
    pub query: Vec<(&'static str, Value)>,
}

impl Line {
    /// None for a URL of another API.
    pub fn read(contract: &'static Contract, method: &str, url: &str) -> Option<Self> {
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

    /// What it asks for; none for a method that the path does not have.
    pub fn judge(&self, contract: &Contract, settings: &Settings, sink: &mut Sink) -> Option<Call> {
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
        Some(Call {
            operation,
            query: self.query(operation, settings, sink),
            path: values
                .into_iter()
                .map(|(name, value)| (name, percent_decode_str(value).decode_utf8_lossy().into()))
                .collect(),
        })
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
            sink.add(path_spelling::case(&operation.path, rest.clone()));
        }
        for (name, value) in values.iter().filter(|(_, value)| is_placeholder(value)) {
            let start = rest.start + offset(written, value);
            let pointer = Pointer::of(["path", name]);
            let parameter = operation
                .parameters
                .iter()
                .find(|parameter| parameter.name == *name);
            sink.add(missing_parameter::finding(
                name,
                value,
                parameter,
                start..start + value.len(),
                pointer,
            ));
        }
    }

    fn query(
        &self,
        operation: &'static Operation,
        settings: &Settings,
        sink: &mut Sink,
    ) -> Vec<(&'static str, Value)> {
        let mut values = Vec::new();
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
                sink.add(missing_parameter::finding(
                    &parameter.name,
                    &value,
                    Some(parameter),
                    place,
                    at,
                ));
            } else if !value.contains('$') {
                let value = value::judge(parameter, &value, place, &at, settings, sink);
                values.extend(value.map(|value| (parameter.name.as_str(), value)));
            }
        }
        for parameter in operation.query() {
            if seen.contains(&parameter.name.as_str()) {
                continue;
            }
            if parameter.required {
                let (place, at) = (query.end..query.end, ["query", &parameter.name]);
                let at = Pointer::of(at);
                let name = &parameter.name;
                sink.add(missing_parameter::finding(
                    name,
                    "",
                    Some(parameter),
                    place,
                    at,
                ));
            }
            let default = parameter.schema.default.iter().cloned();
            values.extend(default.map(|value| (parameter.name.as_str(), value)));
        }
        values
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
    let start = slashes.nth(operation.segments().count().checked_sub(1)?)?;
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
