//! A line of JSON for each finding, written as it is found, and one of the counts at the end.

use std::io::{self, Write};

use kaizala_actions::{
    body::BodyKind,
    lint::{JsonFinding, Origin, Part},
};
use serde::Serialize;

use super::{Checked, Renderer, Summary};

/// A line is a row of the format `json` with `path`, `record`, `part` and `as` of its document
/// before it; the last line is `{"summary": …}`. Documents without a finding have no line.
#[derive(Debug, Default)]
pub struct JsonLines {
    /// Of the last document; kept for its room.
    lines: Vec<u8>,
}

#[derive(Serialize)]
struct Line<'c> {
    path: &'c str,
    record: Option<u64>,
    part: Option<Part>,
    r#as: Option<&'static str>,
    #[serde(flatten)]
    row: JsonFinding<'c>,
}

#[derive(Serialize)]
struct Last<'s> {
    summary: &'s Summary,
}

impl Renderer for JsonLines {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Checked {
            path,
            origin,
            report,
            ..
        } = checked;
        let Origin { record, part, .. } = *origin;
        let kind = report.body.map(BodyKind::name);
        for finding in checked.findings() {
            // Written at once: each token on its own would cost more than the whole of it does.
            self.lines.clear();
            serde_json::to_writer(
                &mut self.lines,
                &Line {
                    path,
                    record,
                    part,
                    r#as: kind,
                    row: JsonFinding::new(&finding, origin),
                },
            )?;
            self.lines.push(b'\n');
            out.write_all(&self.lines)?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, &Last { summary })?;
        writeln!(out)
    }
}
