//! The method and the URL.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{reports::RequestReport, value};
use crate::{
    contract::{Contract, Operation, Values},
    json::Span,
    lint::{
        Linter,
        finding::Sink,
        pointer::Pointer,
        rules::{
            missing_parameter, path_spelling, repeated_parameter, unknown_operation,
            unknown_parameter,
        },
        settings::Settings,
    },
    mask,
};

/// A request line whose path is of the API.
pub(super) struct Line {
    /// `GET https://…`.
    pub text: String,
    method: Span,
    /// Past a trailing slash.
    path: Span,
    /// Past the question mark; empty where there is none.
    query: Span,
    /// Where the contract's path begins in the text.
    rest: usize,
    /// Whether something may be before it that cannot be known.
    is_base_known: bool,
    /// The operations of that path.
    pub candidates: Vec<&'static Operation>,
}

impl Line {
    /// None for a URL of another API.
    pub fn read(contract: &'static Contract, method: &str, url: &str) -> Option<Self> {
        let (method, url) = (mask::method(method), mask::url(url));
        let text = format!("{method} {url}");
        let start = method.len() + 1;
        let url = &text[start..];
        // Without a scheme, as curl takes it, or with a variable for the endpoint, the path begins
        // at the first slash too.
        let authority = url.find("://").map_or(0, |at| at + 3);
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let path = authority + url.get(authority..end)?.find('/')?..end;
        let is_base_known = !url[..path.start].contains(['$', '{']);
        let fragment = url.find('#').unwrap_or(url.len());
        let query = fragment.min(end + 1)..fragment;
        let rest = |operation| rest(contract, operation, &url[path.clone()], is_base_known);
        let (candidates, rests): (_, Vec<_>) = contract
            .operations
            .iter()
            .filter_map(|operation| Some((operation, rest(operation)?)))
            .unzip();
        let rest = path.start + rests.first()?;
        let moved = |span: Span| start + span.start..start + span.end;
        let (path, query) = (moved(path), moved(query));
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

    /// Tells the report what it asks for; nothing for a method that the path does not have.
    pub fn judge(&self, linter: &Linter, sink: &mut Sink, report: &mut RequestReport<'_>) {
        let method = &self.text[self.method.clone()];
        let mut candidates = self.candidates.iter().copied();
        let Some(operation) = candidates.find(|operation| operation.method == method) else {
            sink.push(unknown_operation::finding(
                method,
                self.method.clone(),
                &self.candidates,
            ));
            return;
        };
        let written = trimmed(&self.text[self.rest..self.path.end]);
        let values = operation
            .matches(written, str::eq_ignore_ascii_case)
            .unwrap_or_default();
        self.path(linter.contract, operation, &values, sink);
        report.operation = Some(operation);
        report.query = self.query(operation, &linter.settings, sink);
        report.path = values
            .into_iter()
            .map(|(name, value)| (name, percent_decode_str(value).decode_utf8_lossy().into()))
            .collect();
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
            sink.push(path_spelling::base(&contract.base, self.path.clone()));
        } else if written != trimmed(written) {
            sink.push(path_spelling::slash(self.path.end - 1..self.path.end));
        } else if operation.matches(written, str::eq).is_none() {
            sink.push(path_spelling::case(&operation.path, rest.clone()));
        }
        for (name, value) in values.iter().filter(|(_, value)| is_placeholder(value)) {
            // A part of the text that is read.
            let start = value.as_ptr() as usize - self.text.as_ptr() as usize;
            let place = start..start + value.len();
            let at = Pointer::of(["path", name]);
            let mut parameters = operation.parameters.iter();
            let parameter = parameters.find(|parameter| parameter.name == *name);
            sink.push(missing_parameter::finding(
                name, value, parameter, place, at,
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
        let mut at = self.query.start;
        for pair in self.text[self.query.clone()].split('&') {
            let start = at;
            at += pair.len() + 1;
            if pair.is_empty() {
                continue;
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let end = start + pair.len();
            let (key, place) = (start..start + name.len(), end - value.len()..end);
            let (name, value) = (decoded(name), decoded(value));
            let at = Pointer::of(["query", &name]);
            let mut parameters = operation.query();
            let parameter = parameters.find(|declared| declared.name.eq_ignore_ascii_case(&name));
            if parameter.is_none_or(|declared| declared.name != name) {
                sink.push(unknown_parameter::finding(
                    &name,
                    parameter,
                    operation,
                    mask::is_secret(&name),
                    key.clone(),
                    at.clone(),
                ));
            }
            let Some(parameter) = parameter else { continue };
            if seen.contains(&parameter.name.as_str()) {
                sink.push(repeated_parameter::finding(&parameter.name, key, at));
                continue;
            }
            seen.push(&parameter.name);
            if is_placeholder(&value) && !value.is_empty() {
                let (name, parameter) = (&parameter.name, Some(parameter));
                sink.push(missing_parameter::finding(
                    name, &value, parameter, place, at,
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
                let place = self.query.end..self.query.end;
                let at = Pointer::of(["query", &parameter.name]);
                let (name, parameter) = (&parameter.name, Some(parameter));
                sink.push(missing_parameter::finding(name, "", parameter, place, at));
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
    matches!(text.as_str(), "" | "undefined" | "null" | "None") || text.starts_with(['{', '<', ':'])
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into()
}
