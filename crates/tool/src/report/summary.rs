//! Counts alone, for people: by rule, by body and by type of action.

use std::io::{self, Write};

use kaizala_actions::lint::Coverage;

use super::{Checked, Renderer, Statistics, Summary};

impl Renderer for Statistics {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.add(checked);
        Ok(())
    }

    fn cover(&mut self, coverage: &Coverage) {
        Self::cover(self, coverage);
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.write(out)?;
        writeln!(out, "{summary}")
    }
}
