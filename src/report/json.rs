//! One JSON document for the whole run; every key is always there.

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, Renderer, Row, Summary};
use crate::body::BodyKind;

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

impl Renderer for Json {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        let kind = checked.report.body.map(BodyKind::name);
        let findings = checked.report.findings.iter().cloned().map(Row::from).collect();
        self.files.push(File { path: checked.path.to_owned(), r#as: kind, findings });
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &Document { version: 1, files: &self.files, summary })?;
        writeln!(out)
    }
}
