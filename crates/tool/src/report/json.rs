//! One JSON document for the whole run, written as it goes; every key of version 1 is always there.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use kaizala_actions::{
    body::BodyKind,
    lint::{JsonFinding, Part},
};
use serde::Serialize;

use super::{Checked, Renderer, Summary};

/// Version 1 of the format.
#[derive(Debug, Default)]
pub struct Json {
    /// Whether an entry is written.
    begun: bool,
}

#[derive(Serialize)]
struct File<'c> {
    path: &'c str,
    r#as: Option<&'static str>,
    /// Which record of the file; not there where the file is one document.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    /// What the file calls it, where an option says where that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'c, str>>,
    /// Which part of an exchange.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<Part>,
    findings: Vec<JsonFinding<'c>>,
}

/// Bytes that most entries fit in.
const ROOM: usize = 1 << 12;

/// What precedes the first entry.
const START: &[u8] = b"{\n  \"version\": 1,\n  \"files\": [";

/// Writes a value as it looks `depth` steps inside a document. A line feed in JSON is always one
/// between tokens.
fn nested(value: &impl Serialize, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut entry = Vec::with_capacity(ROOM);
    serde_json::to_writer_pretty(&mut entry, value)?;
    for (index, line) in entry.split(|byte| *byte == b'\n').enumerate() {
        if index > 0 {
            write!(out, "\n{:1$}", "", 2 * depth)?;
        }
        out.write_all(line)?;
    }
    Ok(())
}

impl Renderer for Json {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"," } else { START })?;
        self.begun = true;
        out.write_all(b"\n    ")?;
        let origin = &checked.origin;
        let findings: Vec<_> = checked.findings().collect();
        let findings = findings
            .iter()
            .map(|finding| JsonFinding::new(finding, origin))
            .collect();
        let file = File {
            path: checked.path,
            r#as: checked.report.body.map(BodyKind::name),
            record: origin.record,
            id: checked.id(),
            part: origin.part,
            findings,
        };
        nested(&file, 2, out)
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n  " } else { START })?;
        out.write_all(b"],\n  \"summary\": ")?;
        nested(summary, 1, out)?;
        out.write_all(b"\n}\n")
    }
}
