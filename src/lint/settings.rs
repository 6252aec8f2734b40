//! The settings of the linter.

use super::rule::{Rule, Severity};
use crate::support::{self, ActionType, Method, Unsupported};

#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    allowed: Vec<(String, Method)>,
    /// The severity that was set for a rule, or `None` to ignore it.
    severities: Vec<(&'static Rule, Option<Severity>)>,
}

/// What the support matrix and the settings say about the name of a type.
pub(super) enum Decision {
    /// The matrix supports the method for it.
    Supported(ActionType),
    /// It is allowed although the contract does not have it there (D-01, D-04).
    Allowed,
    /// The matrix refuses it.
    Unsupported(Unsupported),
    /// The matrix has no such row.
    Unknown,
}

impl Settings {
    pub fn allow(&mut self, action_type: String, method: Method) {
        self.allowed.push((action_type, method));
    }

    pub fn set(&mut self, rule: &'static Rule, severity: Option<Severity>) {
        self.severities.retain(|(other, _)| *other != rule);
        self.severities.push((rule, severity));
    }

    /// The status of the name of a type where a column of the matrix decides.
    pub fn decide(&self, name: &str, method: Method) -> Decision {
        let known = ActionType::by_name(name);
        let checked = known.map(|known| support::check(known, method).map(|()| known));
        let mut allowed = self.allowed.iter().filter(|(_, column)| *column == method);
        match checked {
            Some(Ok(known)) => Decision::Supported(known),
            _ if allowed.any(|(other, _)| other.eq_ignore_ascii_case(name)) => Decision::Allowed,
            Some(Err(refused)) => Decision::Unsupported(refused),
            None => Decision::Unknown,
        }
    }

    /// The severity of a finding; `None` if it is ignored.
    pub fn severity(&self, rule: &'static Rule, request: bool) -> Option<Severity> {
        let set = self.severities.iter().find(|(other, _)| *other == rule);
        set.map_or(Some(rule.severity_in(request)), |(_, severity)| *severity)
    }
}
