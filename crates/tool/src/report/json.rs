//! One JSON document for the whole run, written as it goes; every key of version 1 is always
//! there, except for `coverage`, which only `--coverage` adds.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use kaizala_actions::{
    body::BodyKind,
    lint::{Coverage, JsonFinding, Part},
};
use serde::{Deserialize, Serialize};

use super::{Checked, Renderer, Summary, guard::Guard};
use crate::inert::safe_json;

/// The version of the format.
pub(crate) const VERSION: u32 = 1;

/// The format.
#[derive(Debug, Default)]
pub struct Json {
    /// Whether an entry is written.
    begun: bool,
    coverage: Option<Coverage>,
}

/// An entry of the report. It owns its texts if it is read.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JsonFile<'c> {
    path: Cow<'c, str>,
    r#as: Option<BodyKind>,
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

/// The report that is made of the entries of others.
pub(crate) struct JsonMerge(Guard<Json>);

impl Default for JsonMerge {
    fn default() -> Self {
        Self(Guard::new(Json::default(), safe_json))
    }
}

impl JsonMerge {
    /// Writes an entry.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn entry(&mut self, file: &JsonFile<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.0.pass(|json, text| json.entry(file, text), out)
    }

    /// Writes the rest.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn finish(
        mut self,
        summary: &Summary,
        coverage: Option<&Coverage>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if let Some(coverage) = coverage {
            self.0.cover(coverage);
        }
        self.0.finish(summary, out)
    }
}

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

impl Json {
    fn entry(&mut self, file: &JsonFile<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"," } else { START })?;
        self.begun = true;
        out.write_all(b"\n    ")?;
        nested(file, 2, out)
    }
}

impl Renderer for Json {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let origin = &checked.origin;
        let findings: Vec<_> = checked.findings().collect();
        let findings = findings
            .iter()
            // They are masked already.
            .map(|finding| JsonFinding::unmasked(finding, origin))
            .collect();
        let file = JsonFile {
            path: checked.path.into(),
            r#as: checked.report.body,
            record: origin.record,
            id: checked.id(),
            part: origin.part,
            findings,
        };
        self.entry(&file, out)
    }

    fn cover(&mut self, coverage: &Coverage) {
        self.coverage = Some(coverage.clone());
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n  " } else { START })?;
        out.write_all(b"],\n  \"summary\": ")?;
        nested(summary, 1, out)?;
        if let Some(coverage) = &self.coverage {
            out.write_all(b",\n  \"coverage\": ")?;
            nested(coverage, 1, out)?;
        }
        out.write_all(b"\n}\n")
    }
}
