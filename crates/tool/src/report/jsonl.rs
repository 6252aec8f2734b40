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

#[derive(Serialize)]
struct Line<'c> {
    path: &'c str,
    record: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'c, str>>,
    part: Option<Part>,
    r#as: Option<&'static str>,
    #[serde(flatten)]
    row: JsonFinding<'c>,
}

impl Renderer for JsonLines {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let origin = &checked.origin;
        for finding in checked.findings() {
            let line = Line {
                path: checked.path,
                record: origin.record,
                id: checked.id(),
                part: origin.part,
                r#as: checked.report.body.map(BodyKind::name),
                // They are masked already.
                row: JsonFinding::unmasked(&finding, origin),
            };
            // Written at once: each token on its own would cost more than the whole of it does.
            let mut text = Vec::with_capacity(1024);
            serde_json::to_writer(&mut text, &line)?;
            text.push(b'\n');
            out.write_all(&text)?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json!({"summary": summary}))
    }
}
