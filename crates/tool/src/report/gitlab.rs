//! GitLab's code quality report
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>), written as it
//! goes.

use std::{
    collections::HashMap,
    io::{self, Write},
    path::PathBuf,
};

use kaizala_actions::lint::{Finding, Part, Severity};
use serde_json::json;

use super::{Checked, Renderer, Summary, location};
use crate::fingerprint::Fingerprint;

/// One JSON array of all findings. The fingerprint of a finding covers its file, record, part,
/// rule, pointer and message: not its line, which changes with the text above it.
#[derive(Debug)]
pub struct GitLab {
    /// Paths below it are relative to it.
    pub folder: PathBuf,
    /// Whether a finding is written.
    pub begun: bool,
}

impl Renderer for GitLab {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Checked { path, origin, .. } = checked;
        let path = &location::relative(path, &self.folder);
        let record = origin
            .record
            .map_or(String::new(), |record| record.to_string());
        let part = origin.part.map_or("", Part::name);
        let mut turns = HashMap::new();
        let findings: Vec<_> = checked.findings().collect();
        for finding in &findings {
            let Finding {
                rule,
                severity,
                message,
                pointer,
                ..
            } = &**finding;
            // The same can be found twice in a document: a key that is there three times.
            let turn = turns
                .entry((rule.id, pointer, message))
                .and_modify(|turn| *turn += 1)
                .or_insert(0_usize)
                .to_string();
            let fingerprint =
                Fingerprint::of(&[path, &record, part, rule.id, pointer, message, &turn]);
            let severity = match severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            let place = origin.place(finding);
            let entry = json!({
                "description": format!("{}{finding:#}", checked.lead(&place)),
                "check_name": rule.name,
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": path,
                    "lines": {"begin": place.start.line, "end": place.end.line},
                },
            });
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            write!(out, "{entry}")?;
            self.begun = true;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
