//! A line for each finding, as compilers write it and editors read it.

use std::io::{self, Write};

use super::{Checked, Renderer, Summary, mask};
use crate::lint::printable;

/// `path:line:column: severity[KZ201] unsupported-method: message (pointer)`.
pub struct Concise;

impl Renderer for Concise {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.report.findings {
            writeln!(out, "{}:{}", printable(checked.path), mask::finding(finding.clone()))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
