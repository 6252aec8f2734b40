//! What a user of the linter can change.

use super::rule::{Rule, Severity};
use crate::support::Method;

#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    allowed: Vec<(String, Method)>,
    /// The severity that a rule was given, or none to ignore it.
    severities: Vec<(&'static Rule, Option<Severity>)>,
}

impl Settings {
    pub fn allow(&mut self, action_type: String, method: Method) {
        self.allowed.push((action_type, method));
    }

    pub fn set(&mut self, rule: &'static Rule, severity: Option<Severity>) {
        self.severities.retain(|(other, _)| *other != rule);
        self.severities.push((rule, severity));
    }

    /// Whether a type passes although the contract does not have it there.
    pub fn allows(&self, action_type: &str, method: Method) -> bool {
        self.allowed
            .iter()
            .any(|(name, allowed)| *allowed == method && name.eq_ignore_ascii_case(action_type))
    }

    /// How much a finding weighs; none when it is ignored.
    pub fn severity(&self, rule: &'static Rule, request: bool) -> Option<Severity> {
        let set = self.severities.iter().find(|(other, _)| *other == rule);
        set.map_or(Some(rule.severity_in(request)), |(_, severity)| *severity)
    }
}
