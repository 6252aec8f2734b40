//! Judges the method, the path, and which query parameters there are: undeclared, repeated, missing
//! ones and placeholders. `value.rs` judges the values of the others.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{
    message::Request,
    near::is_parameter,
    path::Path,
    placeholder::{self, is_placeholder},
    reports::RequestReport,
    value,
};
use crate::{
    contract::{Contract, Operation},
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

/// A request line whose path belongs to the API, or nearly does.
pub(in crate::lint) struct Line {
    /// `GET https://…`.
    pub text: String,
    method: Span,
    /// The location of the path in the text.
    place: Span,
    path: Path,
    /// The offset behind the question mark; the end if there is no query.
    query: Span,
    /// Whether `$` begins a variable.
    has_variables: bool,
}

impl Line {
    /// `None` for a URL of another API.
    pub fn read(contract: &'static Contract, request: &Request<'_>) -> Option<Self> {
        let (method, url) = (mask::method(&request.method), mask::url(&request.url));
        let text = [&*method, " ", &*url].concat();
        let start = method.len() + 1;
        let url = &text[start..];
        let end = url.find(['?', '#']).unwrap_or(url.len());
        let place = path_start(contract, &url[..end])?..end;
        let is_base_known = !url[..place.start].contains(['$', '{']);
        let fragment = url.find('#').unwrap_or(url.len());
        let query = fragment.min(end + 1)..fragment;
        let moved = |span: Span| start + span.start..start + span.end;
        let (mut place, query) = (moved(place), moved(query));
        let is_blank = url.trim().len() < url.len();
        let path = Path::read(contract, &text, &place, is_base_known, is_blank)?;
        if is_blank {
            place.start = start.min(place.start);
        }
        let query_end = query.start + text[query.clone()].trim_end().len();
        Some(Self {
            method: 0..method.len(),
            place,
            path,
            query: query.start..query_end,
            has_variables: request.has_variables,
            text,
        })
    }

    /// The operations of the path; empty if the path is misspelt.
    pub fn operations(&self) -> &[&'static Operation] {
        &self.path.operations
    }

    /// The names and values of the query, decoded; without the value of a placeholder.
    pub fn parameters(&self) -> impl Iterator<Item = (String, Option<String>)> {
        let pairs = self.text[self.query.clone()].split('&');
        let pairs = pairs.filter(|pair| !pair.is_empty());
        pairs.map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value);
            let is_known = !is_placeholder(&value, self.has_variables)
                && (!self.has_variables || !value.contains('$'));
            (decoded(name), Some(value).filter(|_| is_known))
        })
    }

    /// Adds to the report what the request asks for; nothing if the path is misspelt, or does not
    /// have the method.
    pub fn judge(&self, linter: &Linter, sink: &mut Sink, report: &mut RequestReport<'_>) {
        let operations = self.operations();
        let place = || self.place.clone();
        if operations.is_empty() {
            let written = &self.text[place()];
            sink.push(unknown_operation::near(written, &self.path.meant, place()));
            return;
        }
        let method = &self.text[self.method.clone()];
        let mut candidates = operations.iter().copied();
        let Some(operation) = candidates.find(|operation| operation.method == method) else {
            let method_place = self.method.clone();
            sink.push(unknown_operation::finding(method, method_place, operations));
            return;
        };
        if !self.path.oddities.is_empty() {
            sink.push(path_spelling::finding(
                &self.path.oddities,
                &self.path.meant,
                place(),
            ));
        }
        report.operation = Some(operation);
        report.path = self.values(operation, sink);
        report.query = self.query(operation, &linter.settings, sink);
    }

    /// The values of the path's parameters.
    fn values(
        &self,
        operation: &'static Operation,
        sink: &mut Sink,
    ) -> Vec<(&'static str, String)> {
        let names = operation.segments().filter(|segment| is_parameter(segment));
        let names = names.map(|segment| segment.trim_matches(['{', '}']));
        let mut values = Vec::new();
        for (name, place) in names.zip(&self.path.values) {
            let value = &self.text[place.clone()];
            if is_placeholder(value, self.has_variables) {
                let at = Pointer::of(["path", name]);
                let mut parameters = operation.parameters.iter();
                let parameter = parameters.find(|parameter| parameter.name == *name);
                let draft = missing_parameter::finding(name, value, parameter, place.clone(), at);
                sink.push(draft);
            }
            values.push((name, placeholder::decoded(value).into_owned()));
        }
        values
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
            if is_placeholder(&value, self.has_variables) && !value.is_empty() {
                let (name, parameter) = (&parameter.name, Some(parameter));
                sink.push(missing_parameter::finding(
                    name, &value, parameter, place, at,
                ));
            } else if !self.has_variables || !value.contains('$') {
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

/// The offset of the path in a URL without its query; `None` if there is no path.
fn path_start(contract: &Contract, url: &str) -> Option<usize> {
    let is_slash = |letter: char| matches!(letter, '/' | '\\');
    let start = url.len() - url.trim_start().len();
    let rest = &url[start..];
    let authority = match rest.find("://") {
        Some(at) => at + 3,
        // In a page, a URL may lack its scheme: a host has a point or a port, and a doubled slash
        // has neither.
        None if rest.starts_with("//") => {
            let host = rest[2..].split(is_slash).next().unwrap_or_default();
            if host.contains(['.', ':']) { 2 } else { 0 }
        }
        None => 0,
    };
    // A URL without a host begins with the base or with the contract's path.
    let first = rest[authority..].split(is_slash).next().unwrap_or_default();
    let mut names = contract
        .operations
        .iter()
        .filter_map(|it| it.segments().next());
    let is_path = authority == 0
        && (first.eq_ignore_ascii_case(contract.base.trim_start_matches('/'))
            || names.any(|name| name.eq_ignore_ascii_case(first)));
    if is_path {
        return Some(start);
    }
    // Without a scheme, as curl accepts it, or with a variable for the endpoint, the path begins at
    // the first slash too.
    Some(start + authority + rest[authority..].find(is_slash)?)
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into()
}
