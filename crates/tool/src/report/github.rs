//! Workflow commands, which GitHub Actions turns into annotations
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use std::{
    io::{self, Write},
    path::PathBuf,
};

use kaizala_actions::lint::{Finding, Severity};

use super::{Checked, Renderer, location};
use crate::{inert::inert, text::brief};

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, a line for each finding.
#[derive(Debug)]
pub struct GitHub {
    /// Paths below it are relative to it.
    pub folder: PathBuf,
}

impl Renderer for GitHub {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for finding in checked.findings() {
            let Finding {
                rule,
                severity,
                message,
                pointer,
                help,
                ..
            } = &*finding;
            let place = checked.origin.place(&finding);
            let (start, end) = (place.start, place.end);
            let command = match severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let file = location::relative(checked.path, &self.folder);
            write!(
                out,
                "::{command} file={},line={},col={}",
                property(&brief(&file)),
                start.line,
                start.column
            )?;
            // A place of several lines is annotated as lines, and then may have no column to end
            // in.
            if start.line == end.line && place.in_text.is_none() {
                write!(out, ",endLine={},endColumn={}", end.line, end.column)?;
            }
            write!(out, ",title={} {}::", rule.id, rule.name)?;
            let at = match (&*checked.within(&place), &*brief(pointer)) {
                ("", "") => String::new(),
                ("", at) | (at, "") => format!(" ({at})"),
                (within, pointer) => format!(" ({within} {pointer})"),
            };
            let help = help
                .as_deref()
                .map_or(String::new(), |help| format!("\n{}", brief(help)));
            writeln!(out, "{}", data(&format!("{}{at}{help}", brief(message))))?;
        }
        Ok(())
    }

    fn unread(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "::error::{}", data(&brief(message)))
    }
}

fn data(text: &str) -> String {
    // Of the commands that runners find anywhere in a line; at its start there is this one.
    inert(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
