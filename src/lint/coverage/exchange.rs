//! What an exchange exercises.

use super::{
    aspect::Aspect,
    body::Walk,
    declared::{Declared, of_parameter},
    names,
    seen::Coverage,
};
use crate::{
    contract::{Contract, Operation},
    lint::{Exchange, ExchangeReport, Linter, Part, exchange::Line},
    mask,
};

impl Linter {
    /// Adds what an exchange exercises of the contract; `report` is the report about it. Of an
    /// exchange that the contract does not have, only the method and the path are added, without
    /// ids and other values.
    ///
    /// ```
    /// use kaizala_actions::lint::{Aspect, Coverage, Exchange, Linter, Request, Response};
    ///
    /// let linter = Linter::new();
    /// let mut coverage = Coverage::default();
    /// for url in ["/v1/groups/ours/actions?actionType=job", "/v1/groups/ours/messages"] {
    ///     let exchange = Exchange::new(Request::new("GET", url)).response(Response::new(204));
    ///     linter.cover_exchange(&exchange, &linter.lint_exchange(&exchange), &mut coverage);
    /// }
    /// let seen = |aspect| coverage.iter(aspect).filter(|item| item.count > 0).map(|item| item.name).collect::<Vec<_>>();
    /// assert_eq!(seen(Aspect::Operations), ["listActions"]);
    /// assert_eq!(seen(Aspect::Matrix), ["Job"]);
    /// let undeclared = |aspect| coverage.undeclared(aspect).iter().collect::<Vec<_>>();
    /// assert_eq!(undeclared(Aspect::Statuses), [("listActions", "204", 1)]);
    /// assert_eq!(undeclared(Aspect::Operations), [("GET", "/v1/groups/{}/messages", 1)]);
    /// ```
    pub fn cover_exchange(
        &self,
        exchange: &Exchange<'_>,
        report: &ExchangeReport<'_>,
        coverage: &mut Coverage,
    ) {
        let (request, response) = (&exchange.request, exchange.response.as_ref());
        for part in &report.parts {
            coverage.add_rules(&part.report);
        }
        let mut walk = Walk::new(&self.settings, coverage, || {
            request.hidden_beside(&self.secrets, response)
        });
        let mut operations = Contract::get().operations.iter();
        let operation = operations.find(|operation| Some(operation.id()) == report.operation);
        if let Some(operation) = operation {
            walk.operation(operation);
            let line = Line::read(self.contract, request);
            for (name, value) in line.iter().flat_map(Line::parameters) {
                walk.parameter(operation, &name, value.as_deref());
            }
            if let Some(response) = response {
                walk.status(operation, response.status);
            }
            for part in &report.parts {
                let text = match part.part {
                    Some(Part::RequestBody) => request.body.as_deref(),
                    Some(Part::ResponseBody) => response.and_then(|it| it.body.as_deref()),
                    _ => None,
                };
                if let (Some(kind), Some(text)) = (part.report.body, text) {
                    walk.body(kind, text);
                }
            }
        } else {
            let url = mask::url(&request.url);
            walk.lacks_path(&mask::method(&request.method), &names::path(&url));
        }
    }
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Operation) {
        let (method, id) = (&operation.method, operation.id().as_str());
        self.coverage.add_named(Aspect::Operations, method, id, 1);
        let segments = operation.segments();
        let names = segments.filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
        for name in names {
            self.coverage.add_named(Aspect::Parameters, id, name, 1);
        }
    }

    /// A parameter of the query; its value is not known if it is a placeholder.
    fn parameter(&mut self, operation: &'static Operation, name: &str, value: Option<&str>) {
        let id = operation.id().as_str();
        let mut declared = operation.query();
        let Some(parameter) = declared.find(|it| it.name.eq_ignore_ascii_case(name)) else {
            return self.lacks(Aspect::Parameters, id, name);
        };
        self.coverage
            .add_named(Aspect::Parameters, id, &parameter.name, 1);
        let Some(value) = value else { return };
        let of = of_parameter(operation, &parameter.name);
        if let Some(method) = parameter.schema.ids {
            self.action_type(value, method, &of);
        }
        let mut listed = parameter.listed();
        if let Some(listed) = listed.find(|it| it.eq_ignore_ascii_case(value)) {
            self.coverage.add_named(Aspect::Values, &of, listed, 1);
        }
    }

    fn status(&mut self, operation: &Operation, status: u16) {
        let (id, name) = (operation.id().as_str(), status.to_string());
        let is_own = Declared::get().index(Aspect::Statuses, id, &name).is_some();
        let declared = operation.response(status);
        // A failure without a declaration of its own is covered by the last.
        let name = match declared {
            Some(_) if !is_own => operation.statuses().last().unwrap_or_default(),
            _ => &name,
        };
        if !self.coverage.add_named(Aspect::Statuses, id, name, 1) {
            self.lacks(Aspect::Statuses, id, name);
        }
    }
}
