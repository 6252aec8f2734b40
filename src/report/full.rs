//! A block for each finding: the line with the place marked, what the contract wants there, and what to do.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer as Snippets, Snippet};

use super::{Checked, Renderer, Summary, excerpt::Excerpt};
use crate::lint::{Finding, Severity, printable};

/// For people.
pub struct Full {
    snippets: Snippets,
}

impl Full {
    /// With or without colour.
    #[must_use]
    pub fn new(color: bool) -> Self {
        Self { snippets: if color { Snippets::styled() } else { Snippets::plain() } }
    }
}

impl Renderer for Full {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for finding in &checked.report.findings {
            writeln!(out, "{}\n", self.snippets.render(&[group(finding, checked)]))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn group<'f>(finding: &'f Finding, checked: &'f Checked<'_>) -> Group<'f> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let Excerpt { text, span } = Excerpt::of(checked.text, finding.offset..finding.offset + finding.length);
    let label = finding.expected.as_deref().map(|expected| format!("expected {}", printable(expected)));
    // The snippet would count columns in the excerpt.
    let origin = Origin::path(printable(checked.path)).line(finding.start.line).char_column(finding.start.column);
    let snippet = Snippet::source(text).line_start(finding.start.line).annotation(AnnotationKind::Primary.span(span).label(label));
    let place = if finding.pointer.is_empty() { "the whole body".to_owned() } else { printable(&finding.pointer).into_owned() };
    let mut group = Group::with_title(level.primary_title(format!("{}: {}", finding.rule.name, printable(&finding.message))).id(finding.rule.id))
        .element(origin)
        .element(snippet)
        .element(Level::NOTE.with_name("at").message(place));
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(Level::HELP.with_name("fix").message(printable(&fix.description).into_owned()));
    }
    group
}
