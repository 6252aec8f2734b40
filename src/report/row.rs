//! A finding as JSON: what `lint --format json` prints, and what the sandbox answers with.

use serde::Serialize;

use super::mask;
use crate::lint::{Finding, Fix, Severity};

/// A finding, with every key always there, and without phone numbers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    rule: &'static str,
    name: &'static str,
    severity: Severity,
    message: String,
    pointer: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    offset: usize,
    length: usize,
    expected: Option<String>,
    found: Option<String>,
    help: Option<String>,
    fix: Option<Fix>,
}

impl From<Finding> for Row {
    fn from(finding: Finding) -> Self {
        let Finding { rule, severity, message, pointer, offset, length, start, end, expected, found, help, fix } = mask::finding(finding);
        Self {
            rule: rule.id,
            name: rule.name,
            severity,
            message,
            pointer,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            offset,
            length,
            expected,
            found,
            help,
            fix,
        }
    }
}
