//! Which operation of the contract a request is for.

use std::borrow::Cow;

use hyper::Method;
use kaizala_actions::contract::{self, Contract};
use serde::Deserialize;

use super::refusal::{Cause, Refusal};

/// What an operation does; the sandbox has a function for each.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Call {
    ListActions,
    PostAction,
    GetAction,
    PostActionResponse,
}

/// An operation that is served.
pub(super) struct Operation {
    pub call: Call,
    pub declared: &'static contract::Operation,
}

/// What a path stands for.
pub(super) struct Matched<'r, 'p> {
    pub operation: &'r Operation,
    /// The parameters of the path, decoded.
    path: Vec<(&'r str, Cow<'p, str>)>,
}

impl Matched<'_, '_> {
    pub fn parameter(&self, name: &str) -> &str {
        self.path
            .iter()
            .find(|(other, _)| *other == name)
            .map_or("", |(_, value)| &**value)
    }
}

pub(super) struct Routes {
    /// What the server's address ends in, as in `/v1` (D-25).
    pub base: &'static str,
    operations: Vec<Operation>,
}

impl Routes {
    pub fn new() -> Self {
        let contract = Contract::get();
        let served = contract.operations.iter().filter_map(|declared| {
            let call = serde_json::from_value(declared.id().into()).ok()?;
            Some(Operation { call, declared })
        });
        Self {
            base: &contract.base,
            operations: served.collect(),
        }
    }

    /// Finds the operation of a request.
    ///
    /// # Errors
    /// 404 for a path that the contract does not have, 405 for a method that it does not have
    /// there.
    pub fn find<'r, 'p>(
        &'r self,
        method: &Method,
        path: &'p str,
    ) -> Result<Matched<'r, 'p>, Box<Refusal>> {
        let Some(rest) = path
            .strip_prefix(self.base)
            .filter(|rest| rest.starts_with('/'))
        else {
            return Err(Box::new(Refusal::new(
                Cause::NotFound,
                self.no_such_path(path),
            )));
        };
        // D-26: the documentation writes the path of details with a slash at its end.
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut allowed = Vec::new();
        for operation in &self.operations {
            if let Some(path) = operation.matches(rest) {
                if operation.declared.method == method.as_str() {
                    return Ok(Matched { operation, path });
                }
                allowed.push(operation.declared.method.as_str());
            }
        }
        Err(Box::new(if allowed.is_empty() {
            Refusal::new(Cause::NotFound, self.no_such_path(path))
        } else {
            Refusal::method(&allowed.join(", "))
        }))
    }

    fn no_such_path(&self, path: &str) -> String {
        let base = self.base;
        let trimmed = path.strip_suffix('/').unwrap_or(path);
        if self
            .operations
            .iter()
            .any(|operation| operation.matches(trimmed).is_some())
        {
            return format!("paths start with {base}: ask for {base}{trimmed}");
        }
        let mut paths: Vec<_> = self
            .operations
            .iter()
            .map(|operation| format!("{base}{}", operation.declared.path))
            .collect();
        paths.dedup();
        format!("no such path; there are {}", paths.join(", "))
    }
}

impl Operation {
    fn matches<'r, 'p>(&'r self, path: &'p str) -> Option<Vec<(&'r str, Cow<'p, str>)>> {
        let values = self.declared.matches(path, str::eq)?;
        values
            .into_iter()
            .map(|(name, value)| {
                Some((
                    name,
                    contract::decoded(value).filter(|value| !value.is_empty())?,
                ))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_of_the_contract_is_served() {
        let routes = Routes::new();
        assert_eq!(routes.operations.len(), Contract::get().operations.len());
        assert_eq!(routes.base, "/v1");
    }

    #[test]
    fn paths_are_decoded_and_may_end_in_a_slash() {
        let routes = Routes::new();
        let found = routes
            .find(&Method::GET, "/v1/groups/a%402/actions/b%2Fc/")
            .ok()
            .unwrap();
        assert_eq!(found.operation.call, Call::GetAction);
        assert_eq!(
            (found.parameter("groupId"), found.parameter("actionId")),
            ("a@2", "b/c")
        );
    }

    #[test]
    fn what_is_not_there_says_what_is() {
        let routes = Routes::new();
        let refusal = |method, path| {
            let refusal = routes.find(&method, path).err().unwrap();
            (
                refusal.status.as_u16(),
                String::from_utf8(refusal.text().to_vec()).unwrap(),
            )
        };
        let (status, text) = refusal(Method::GET, "/groups/g/actions");
        assert!(
            status == 404 && text.contains("ask for /v1/groups/g/actions"),
            "{text}"
        );
        let (status, text) = refusal(Method::GET, "/v1/groups//actions");
        assert!(
            status == 404 && text.contains("/v1/groups/{groupId}/actions"),
            "{text}"
        );
        let (status, text) = refusal(Method::PUT, "/v1/groups/g/actions");
        assert!(status == 405 && text.contains("GET, POST"), "{text}");
    }
}
