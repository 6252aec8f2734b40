//! GitLab's code quality report
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>), written as it
//! goes.

use std::{
    collections::HashMap,
    io::{self, Write},
    path::PathBuf,
};

use kaizala_actions::lint::{Finding, Part, Severity};
use serde::Serialize;

use super::{Checked, Clause, Renderer, Summary, location};
use crate::fingerprint::Fingerprint;

/// One JSON array of all findings. A finding is known again by its file, record, part, rule,
/// pointer and words: not by its line, which changes with what stands before.
#[derive(Debug)]
pub struct GitLab {
    folder: PathBuf,
    begun: bool,
}

#[derive(Serialize)]
struct Violation<'f> {
    description: String,
    check_name: &'f str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl GitLab {
    /// With paths told from a folder.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            begun: false,
        }
    }
}

impl Renderer for GitLab {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Checked { path, origin, .. } = checked;
        let path = location::relative(path, &self.folder);
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
                .or_insert(0_usize);
            let record = origin
                .record
                .map_or(String::new(), |record| record.to_string());
            let part = origin.part.map_or("", Part::name);
            let place = origin.place(finding);
            let within = origin.within(&place);
            let violation = Violation {
                description: format!(
                    "{within}{}{}",
                    if within.is_empty() { "" } else { ": " },
                    Clause(finding)
                ),
                check_name: rule.name,
                fingerprint: Fingerprint::of(&[
                    &path,
                    &record,
                    part,
                    rule.id,
                    pointer,
                    message,
                    &turn.to_string(),
                ])
                .to_string(),
                severity: match severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location {
                    path: &path,
                    lines: Lines {
                        begin: place.start.line,
                        end: place.end.line,
                    },
                },
            };
            out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, &violation)?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
