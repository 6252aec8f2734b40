//! One JSON document for the whole run, written as it goes; every key of version 1 is always there.

use std::io::{self, Write};

use kaizala_actions::{
    body::BodyKind,
    lint::{JsonFinding, Origin, Part},
};
use serde::Serialize;

use super::{Checked, Renderer, Summary};

/// Version 1 of the format.
#[derive(Debug, Default)]
pub struct Json {
    /// Whether an entry is written.
    begun: bool,
    /// Of the last entry; kept for its room.
    entry: Vec<u8>,
}

#[derive(Serialize)]
struct File<'c> {
    path: &'c str,
    r#as: Option<&'static str>,
    /// Which record of the file; not there where the file is one document.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    /// Which part of an exchange.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Part>,
    findings: Vec<JsonFinding<'c>>,
}

/// What stands before the first entry.
const START: &[u8] = b"{\n  \"version\": 1,\n  \"files\": [";

impl Json {
    /// Writes a value as it looks `depth` steps inside a document. A line feed in JSON is always
    /// one between tokens.
    fn nested(
        &mut self,
        value: &impl Serialize,
        depth: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.entry.clear();
        serde_json::to_writer_pretty(&mut self.entry, value)?;
        for (index, line) in self.entry.split(|byte| *byte == b'\n').enumerate() {
            if index > 0 {
                write!(out, "\n{:1$}", "", 2 * depth)?;
            }
            out.write_all(line)?;
        }
        Ok(())
    }
}

impl Renderer for Json {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            out.write_all(b",")?;
        } else {
            out.write_all(START)?;
            self.begun = true;
        }
        out.write_all(b"\n    ")?;
        let Checked {
            path,
            origin,
            report,
            ..
        } = checked;
        let Origin { record, part, .. } = *origin;
        let findings: Vec<_> = checked.findings().collect();
        let findings = findings
            .iter()
            .map(|finding| JsonFinding::new(finding, origin))
            .collect();
        self.nested(
            &File {
                path,
                r#as: report.body.map(BodyKind::name),
                record,
                part,
                findings,
            },
            2,
            out,
        )
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if self.begun {
            out.write_all(b"\n  ")?;
        } else {
            out.write_all(START)?;
        }
        out.write_all(b"],\n  \"summary\": ")?;
        self.nested(summary, 1, out)?;
        out.write_all(b"\n}\n")
    }
}
