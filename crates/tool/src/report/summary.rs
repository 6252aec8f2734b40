//! Counts alone, for people.

use std::io::{self, Write};

use super::{Checked, Renderer, Statistics, Summary};

/// Counts by rule, by body and by type of action.
#[derive(Debug, Default)]
pub struct InSummary {
    statistics: Statistics,
}

impl Renderer for InSummary {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.statistics.add(checked);
        Ok(())
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.statistics.write(out)?;
        writeln!(out, "{summary}")
    }
}
