//! Rules that a report needs no more findings of.

use std::sync::atomic::{AtomicBool, Ordering};

use super::rule::Rule;

/// The rules that a report has a finding of, if it shows only the first one of each. It is shared by
/// the linters of a run and the report: see [`Linter::list_first`](super::Linter::list_first).
#[derive(Debug)]
pub struct ReportedRules(Box<[AtomicBool]>);

impl Default for ReportedRules {
    fn default() -> Self {
        let none = Rule::all().iter().map(|_| AtomicBool::default());
        Self(none.collect())
    }
}

impl ReportedRules {
    /// Notes that the report has a finding of this rule.
    pub fn add(&self, rule: &Rule) {
        if let Some(reported) = self.of(rule) {
            reported.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn has(&self, rule: &Rule) -> bool {
        let reported = self.of(rule);
        reported.is_some_and(|reported| reported.load(Ordering::Relaxed))
    }

    fn of(&self, rule: &Rule) -> Option<&AtomicBool> {
        let index = Rule::all().iter().position(|other| *other == rule)?;
        self.0.get(index)
    }
}
