//! A block for each finding: the line with the place marked, what the contract wants there, and
//! what to do.
//!
//! Drawn here and not by annotate-snippets: that counts columns in the excerpt it is given, so that
//! in a long line, which is cut before it is drawn, the position would be wrong.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use kaizala_actions::lint::{Finding, Severity, printable};
use kaizala_actions::mask;
use unicode_width::UnicodeWidthStr as _;

use super::{Checked, Renderer, excerpt::Excerpt};

/// For people.
#[derive(Debug)]
pub struct Full {
    color: bool,
}

impl Full {
    /// With or without colour.
    #[must_use]
    pub fn new(color: bool) -> Self {
        Self { color }
    }

    fn finding(
        &self,
        finding: &Finding,
        checked: &Checked<'_>,
        text: &[u8],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        // Without effect if color is off.
        let bold = |style: Style| {
            if self.color {
                style.bold()
            } else {
                Style::new()
            }
        };
        let (strong, frame) = (bold(Style::new()), bold(AnsiColor::BrightBlue.on_default()));
        let color = match finding.severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::BrightGreen,
        };
        let mark = bold(color.on_default());
        let Finding { rule, severity, .. } = finding;
        let at = checked.origin.place(finding);
        // The number of the line that is shown: in the file, if it is there.
        let line = at.in_text.unwrap_or(at.start).line.to_string();
        let gutter = " ".repeat(line.len());
        let message = printable(&finding.message);
        writeln!(
            out,
            "{mark}{severity}[{}]{mark:#} {strong}{}: {message}{strong:#}",
            rule.id, rule.name
        )?;
        let path = printable(checked.path);
        write!(out, "{gutter}{frame}-->{frame:#} {path}:{}", at.start)?;
        let within = checked.within(&at);
        if !within.is_empty() {
            write!(out, " {within}")?;
        }
        if !finding.pointer.is_empty() {
            write!(out, " at {}", printable(&finding.pointer))?;
        }

        let Excerpt { text, span } =
            Excerpt::of(text, finding.offset..finding.offset + finding.length);
        let indent = " ".repeat(text[..span.start].width());
        let carets = "^".repeat(text[span].width().max(1));
        writeln!(out, "\n{gutter} {frame}|{frame:#}")?;
        writeln!(out, "{frame}{line} |{frame:#} {text}")?;
        write!(out, "{gutter} {frame}|{frame:#} {indent}{mark}{carets}")?;
        if let Some(expected) = &finding.expected {
            write!(out, " expected {}", printable(expected))?;
        }
        writeln!(out, "{mark:#}")?;
        let fix = finding.fix.as_ref().map(|fix| &*fix.description);
        for (name, text) in [("help", finding.help.as_deref()), ("fix", fix)] {
            if let Some(text) = text {
                let (name, text) = (format!("{strong}{name}{strong:#}"), printable(text));
                writeln!(out, "{gutter} {frame}={frame:#} {name}: {text}")?;
            }
        }
        writeln!(out)
    }
}

impl Renderer for Full {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        if checked.report.is_clean() {
            return Ok(());
        }
        let text = checked.report.hidden().secrets(checked.text);
        checked.report.findings.iter().try_for_each(|finding| {
            let finding = Finding::with_options(mask::without_secrets(finding));
            self.finding(&finding, checked, &text, out)
        })
    }
}
