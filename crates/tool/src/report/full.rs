//! A block for each finding: the line with the place marked, what the contract wants there, and
//! what to do.
//!
//! Drawn here and not by annotate-snippets: that counts columns in the excerpt it is given, so that
//! in a long line, which is cut before it is drawn, the position would be wrong.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};
use kaizala_actions::lint::{Finding, Severity, printable};
use kaizala_actions::mask;
use unicode_width::UnicodeWidthStr as _;

use super::{Checked, Renderer, excerpt::Excerpt};
use crate::remedy;

/// For people.
#[derive(Debug)]
pub struct Full {
    styles: Styles,
}

/// All without effect when there is to be no colour.
#[derive(Debug, Default)]
struct Styles {
    error: Style,
    warning: Style,
    note: Style,
    strong: Style,
    frame: Style,
}

impl Full {
    /// With or without colour.
    #[must_use]
    pub fn new(color: bool) -> Self {
        let bold = |color: AnsiColor| color.on_default().bold();
        let styles = Styles {
            error: bold(AnsiColor::BrightRed),
            warning: bold(AnsiColor::Yellow),
            note: bold(AnsiColor::BrightGreen),
            strong: Style::new().bold(),
            frame: bold(AnsiColor::BrightBlue),
        };
        Self {
            styles: if color { styles } else { Styles::default() },
        }
    }

    fn finding(
        &self,
        finding: &Finding,
        checked: &Checked<'_>,
        text: &[u8],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Styles { strong, frame, .. } = self.styles;
        let Finding {
            rule,
            severity,
            message,
            ..
        } = finding;
        let at = checked.origin.place(finding);
        let mark = match severity {
            Severity::Error => self.styles.error,
            Severity::Warning => self.styles.warning,
            Severity::Note => self.styles.note,
        };
        // Of the line that is shown: in the file, if it stands there.
        let line = at.in_text.unwrap_or(at.start).line.to_string();
        let gutter = " ".repeat(line.len());
        let place = if finding.pointer.is_empty() {
            String::new()
        } else {
            format!(" at {}", printable(&finding.pointer))
        };
        writeln!(
            out,
            "{mark}{severity}[{}]{mark:#} {strong}{}: {}{strong:#}",
            rule.id,
            rule.name,
            printable(message)
        )?;
        let within = checked.origin.within(&at);
        let gap = if within.is_empty() { "" } else { " " };
        writeln!(
            out,
            "{gutter}{frame}-->{frame:#} {}:{}{gap}{within}{place}",
            printable(checked.path),
            at.start
        )?;

        let Excerpt { text, span } =
            Excerpt::of(text, finding.offset..finding.offset + finding.length);
        let indent = " ".repeat(text[..span.start].width());
        let carets = "^".repeat(text[span].width().max(1));
        let label = finding
            .expected
            .as_deref()
            .map_or(String::new(), |expected| {
                format!(" expected {}", printable(expected))
            });
        writeln!(out, "{gutter} {frame}|{frame:#}")?;
        writeln!(out, "{frame}{line} |{frame:#} {text}")?;
        writeln!(
            out,
            "{gutter} {frame}|{frame:#} {indent}{mark}{carets}{label}{mark:#}"
        )?;
        let fix = finding.fix.as_ref().map(|fix| fix.description.as_str());
        for (name, text) in [("help", finding.help.as_deref()), ("fix", fix)] {
            if let Some(text) = text {
                writeln!(
                    out,
                    "{gutter} {frame}={frame:#} {strong}{name}{strong:#}: {}",
                    printable(text)
                )?;
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
        let text = mask::secrets(checked.text);
        checked.report.findings.iter().try_for_each(|finding| {
            let mut finding = finding.clone();
            mask::without_secrets(&mut finding);
            self.finding(&remedy::worded(Cow::Owned(finding)), checked, &text, out)
        })
    }
}
