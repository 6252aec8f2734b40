//! A line of JSON for each finding, written as it is found, and one of the counts at the end.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use kaizala_actions::{
    body::BodyKind,
    lint::{JsonFinding, Part},
};
use serde::Serialize;
use serde_json::json;

use super::{Checked, Renderer, Summary};

/// A line is a row of the format `json` with `path`, `record`, `part` and `as` of its document
/// before it; the last line is `{"summary": …}`. Documents without a finding have no line.
#[derive(Debug)]
pub struct JsonLines;

/// The beginning of each line of a document.
#[derive(Serialize)]
struct Head<'c> {
    path: &'c str,
    record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'c, str>>,
    part: Option<Part>,
    r#as: Option<&'static str>,
}

impl Renderer for JsonLines {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        if checked.report.findings.is_empty() {
            return Ok(());
        }
        let origin = &checked.origin;
        let head = Head {
            path: checked.path,
            record: origin.record,
            id: checked.id(),
            part: origin.part,
            r#as: checked.report.body.map(BodyKind::name),
        };
        // Written at once: each token on its own would cost more than the whole of it does.
        let mut text = Vec::with_capacity(1024);
        serde_json::to_writer(&mut text, &head)?;
        let joint = text.len() - "}".len();
        for finding in checked.findings() {
            text.truncate(joint);
            // They are masked already.
            serde_json::to_writer(&mut text, &JsonFinding::unmasked(&finding, origin))?;
            // Two objects become one.
            text[joint] = b',';
            text.push(b'\n');
            out.write_all(&text)?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json!({"summary": summary}))
    }
}
