//! A page for a pull request or a job's summary.

use std::io::{self, Write};

use kaizala_actions::lint::Coverage;

use super::{Checked, CoverageTables, Renderer, Statistics, Summary};
use crate::{table, text::brief};

/// Tables of the findings by rule and by body, and the support matrix with what was seen of it.
#[derive(Debug, Default)]
pub struct Markdown {
    statistics: Statistics,
    unread: Vec<String>,
}

/// How many files are named that could not be read.
const MOST_UNREAD: usize = 20;

impl Renderer for Markdown {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.statistics.add(checked);
        Ok(())
    }

    fn unread(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        if self.unread.len() < MOST_UNREAD {
            self.unread.push(table::code(&brief(message)));
        }
        Ok(())
    }

    fn cover(&mut self, coverage: &Coverage) {
        self.statistics.cover(coverage);
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let Self { statistics, unread } = self;
        writeln!(out, "## Kaizala actions: {summary}")?;
        if !unread.is_empty() {
            writeln!(out, "\nCould not be read:\n\n- {}", unread.join("\n- "))?;
        }
        let sections = [
            ("Findings by rule", statistics.by_rule()),
            ("Findings by body", statistics.by_body()),
            ("Support matrix, and what was seen", statistics.matrix()),
            ("Types by body", statistics.by_type()),
        ];
        let coverage = statistics.coverage();
        let coverage = coverage.into_iter().flat_map(CoverageTables::titled);
        for (title, table) in sections.into_iter().chain(coverage) {
            if !table.rows.is_empty() {
                writeln!(out, "\n### {title}\n")?;
                table.markdown(out)?;
            }
        }
        Ok(())
    }
}
