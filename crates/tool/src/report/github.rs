//! Workflow commands, of which GitHub Actions makes annotations
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use std::{
    io::{self, Write},
    path::PathBuf,
};

use kaizala_actions::lint::{Finding, Severity};

use super::{Checked, Renderer, location};
use crate::text::brief;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, a line for each finding.
#[derive(Debug)]
pub struct GitHub {
    folder: PathBuf,
}

impl GitHub {
    /// With paths told from a folder.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
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
                place.start.line,
                place.start.column
            )?;
            // A place of several lines is annotated as lines, and then may have no column to end
            // in.
            if place.start.line == place.end.line && place.in_text.is_none() {
                write!(
                    out,
                    ",endLine={},endColumn={}",
                    place.end.line, place.end.column
                )?;
            }
            write!(
                out,
                ",title={}::",
                property(&format!("{} {}", rule.id, rule.name))
            )?;
            let within = checked.origin.within(&place);
            let at = [within, brief(pointer).into_owned()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            let at = if at.is_empty() {
                at
            } else {
                format!(" ({at})")
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
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
