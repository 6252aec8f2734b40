//! The operations of the contract: their paths, methods and query parameters, read from the document.

use std::borrow::Cow;

use hyper::Method;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::Value;

use super::{
    parameters::Parameter,
    refusal::{Cause, Refusal},
};
use crate::{body::BodyKind, contract};

/// What an operation does; the sandbox has a function for each.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Call {
    ListActions,
    PostAction,
    GetAction,
    PostActionResponse,
}

/// One operation.
pub(super) struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    pub call: Call,
    pub method: Method,
    path: Vec<Segment>,
    /// Those of the query.
    pub parameters: Vec<Parameter>,
    /// The body that it takes, if it takes one.
    pub request: Option<BodyKind>,
}

enum Segment {
    Fixed(String),
    Parameter(String),
}

/// What a path stands for.
pub(super) struct Matched<'r, 'p> {
    pub operation: &'r Operation,
    /// The parameters of the path, decoded.
    path: Path<'r, 'p>,
}

/// Names and values. There are two at most, for which a map would be a detour.
type Path<'r, 'p> = Vec<(&'r str, Cow<'p, str>)>;

impl Matched<'_, '_> {
    pub fn parameter(&self, name: &str) -> &str {
        self.path.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| &**value)
    }
}

pub(super) struct Routes {
    /// What the server's address ends in, as in `/v1` (D-25).
    pub base: String,
    pub operations: Vec<Operation>,
}

impl Routes {
    pub fn new() -> Self {
        let document = contract::document();
        let server = document["servers"][0]["url"].as_str().unwrap_or_default();
        let base = server.rsplit_once('}').map_or(server, |(_, rest)| rest).to_owned();
        let mut operations = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                operations.extend(Operation::read(&document, path, method, operation));
            }
        }
        Self { base, operations }
    }

    /// Finds the operation of a request.
    ///
    /// # Errors
    /// 404 for a path that the contract does not have, 405 for a method that it does not have there.
    pub fn find<'r, 'p>(&'r self, method: &Method, path: &'p str) -> Result<Matched<'r, 'p>, Box<Refusal>> {
        let Some(rest) = path.strip_prefix(self.base.as_str()).filter(|rest| rest.starts_with('/')) else {
            return Err(Box::new(Refusal::new(Cause::NotFound, self.no_such_path(path))));
        };
        // D-26: the documentation writes the path of details with a slash at its end.
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut allowed = Vec::new();
        for operation in &self.operations {
            if let Some(path) = operation.matches(rest) {
                if operation.method == *method {
                    return Ok(Matched { operation, path });
                }
                allowed.push(operation.method.as_str());
            }
        }
        Err(Box::new(if allowed.is_empty() {
            Refusal::new(Cause::NotFound, self.no_such_path(path))
        } else {
            Refusal::method(&allowed.join(", "))
        }))
    }

    fn no_such_path(&self, path: &str) -> String {
        let base = &self.base;
        let trimmed = path.strip_suffix('/').unwrap_or(path);
        if self.operations.iter().any(|operation| operation.matches(trimmed).is_some()) {
            return format!("paths start with {base}: ask for {base}{trimmed}");
        }
        let mut paths: Vec<_> = self.operations.iter().map(|operation| format!("{base}{}", operation.written())).collect();
        paths.dedup();
        format!("no such path; there are {}", paths.join(", "))
    }
}

impl Operation {
    fn read(document: &Value, path: &str, method: &str, operation: &Value) -> Option<Self> {
        let id = operation["operationId"].as_str()?;
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let parameters = parameters.filter_map(|parameter| Parameter::read(document, resolved(document, parameter)));
        Some(Self {
            // The table of bodies has it for good; every operation has an answer.
            id: BodyKind::ALL.iter().find_map(|kind| kind.operation_id().filter(|other| *other == id))?,
            call: serde_json::from_value(id.into()).ok()?,
            method: Method::from_bytes(method.to_ascii_uppercase().as_bytes()).ok()?,
            path: path.split('/').skip(1).map(Segment::read).collect(),
            parameters: parameters.collect(),
            request: BodyKind::ALL.iter().copied().find(|kind| kind.is_request() && kind.operation_id() == Some(id)),
        })
    }

    fn matches<'r, 'p>(&'r self, path: &'p str) -> Option<Path<'r, 'p>> {
        let mut parts = path.split('/').skip(1);
        let mut values = Path::new();
        for segment in &self.path {
            let part = parts.next()?;
            match segment {
                Segment::Fixed(name) if name == part => {}
                Segment::Parameter(name) if !part.is_empty() => {
                    values.push((name.as_str(), percent_decode_str(part).decode_utf8().ok()?));
                }
                _ => return None,
            }
        }
        parts.next().is_none().then_some(values)
    }

    fn written(&self) -> String {
        let written = self.path.iter().map(|segment| match segment {
            Segment::Fixed(name) => format!("/{name}"),
            Segment::Parameter(name) => format!("/{{{name}}}"),
        });
        written.collect()
    }
}

impl Segment {
    fn read(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
}

/// What a `$ref` leads to, or the value itself. The build has checked that it leads somewhere.
pub(super) fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_contract_is_served() {
        let routes = Routes::new();
        let document = contract::document();
        let methods = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap());
        assert_eq!(routes.operations.len(), methods.count());
        assert_eq!(routes.base, "/v1");
    }

    #[test]
    fn paths_are_decoded_and_may_end_in_a_slash() {
        let routes = Routes::new();
        let found = routes.find(&Method::GET, "/v1/groups/a%402/actions/b%2Fc/").ok().unwrap();
        assert_eq!(found.operation.call, Call::GetAction);
        assert_eq!((found.parameter("groupId"), found.parameter("actionId")), ("a@2", "b/c"));
    }

    #[test]
    fn what_is_not_there_says_what_is() {
        let routes = Routes::new();
        let refusal = |method, path| {
            let refusal = routes.find(&method, path).err().unwrap();
            (refusal.status.as_u16(), String::from_utf8(refusal.text().to_vec()).unwrap())
        };
        let (status, text) = refusal(Method::GET, "/groups/g/actions");
        assert!(status == 404 && text.contains("ask for /v1/groups/g/actions"), "{text}");
        let (status, text) = refusal(Method::GET, "/v1/groups//actions");
        assert!(status == 404 && text.contains("/v1/groups/{groupId}/actions"), "{text}");
        let (status, text) = refusal(Method::PUT, "/v1/groups/g/actions");
        assert!(status == 405 && text.contains("GET, POST"), "{text}");
    }
}
