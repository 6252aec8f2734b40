//! One JSON document for the whole run; every key is always there.

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, Renderer, Summary};
use crate::{
    body::BodyKind,
    lint::{Finding, Fix, Severity},
};

/// Version 1 of the format.
#[derive(Default)]
pub struct Json {
    files: Vec<File>,
}

#[derive(Serialize)]
struct Document<'d> {
    version: u32,
    files: &'d [File],
    summary: &'d Summary,
}

#[derive(Serialize)]
struct File {
    path: String,
    r#as: Option<&'static str>,
    findings: Vec<Row>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
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

impl From<&Finding> for Row {
    fn from(finding: &Finding) -> Self {
        let Finding { rule, severity, start, end, offset, length, .. } = *finding;
        Self {
            rule: rule.id,
            name: rule.name,
            severity,
            message: finding.message.clone(),
            pointer: finding.pointer.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            offset,
            length,
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            help: finding.help.clone(),
            fix: finding.fix.clone(),
        }
    }
}

impl Renderer for Json {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        let kind = checked.report.body.map(BodyKind::name);
        let findings = checked.report.findings.iter().map(Row::from).collect();
        self.files.push(File { path: checked.path.to_owned(), r#as: kind, findings });
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &Document { version: 1, files: &self.files, summary })?;
        writeln!(out)
    }
}
