//! Reports and findings with secrets masked.

use std::{fmt, sync::Arc};

use super::{
    report::{Finding, Report},
    text::printable,
};
use crate::mask::{self, Hidden, Secrets};

impl Report {
    /// Sets what to mask in the report, if it has anything to show.
    pub(crate) fn hide(&mut self, learn: impl FnOnce() -> Arc<Hidden>) {
        if self.findings.is_empty() && !self.types.has_foreign() {
            return;
        }
        let hidden = learn();
        let secrets = (!hidden.is_empty()).then(|| Arc::new(Secrets::from(hidden)));
        self.cover(secrets.as_ref());
    }

    /// Masks the secrets of a text in the report. They are only looked for when they are needed,
    /// which may be in another thread or never.
    pub(crate) fn hide_those_of(&mut self, text: &[u8], known: &Arc<Hidden>) {
        if self.types.has_foreign() || !self.findings.is_empty() {
            self.cover(Some(&Arc::new(Secrets::in_text(text, known.clone()))));
        }
    }

    fn cover(&mut self, secrets: Option<&Arc<Secrets>>) {
        for finding in &mut self.findings {
            finding.cover.secrets = secrets.cloned();
        }
        self.types.cover.secrets = secrets.cloned();
    }

    /// The findings that are listed, by position and then by rule.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.findings.iter()
    }

    /// The secrets of the input that the report is about.
    #[must_use]
    pub fn hidden(&self) -> &Hidden {
        let first = self.findings.first();
        first.map_or(Hidden::nothing(), |finding| finding.cover.hidden())
    }
}

impl<'r> IntoIterator for &'r Report {
    type Item = &'r Finding;
    type IntoIter = std::slice::Iter<'r, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One line for each finding: `2:17: error[KZ201] unsupported-method: message (pointer)`.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            finding.fmt(f)?;
        }
        Ok(())
    }
}

/// As a line of a report; `{:#}` leaves out the position.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = mask::shown(self);
        let Self {
            start,
            severity,
            rule,
            message,
            pointer,
            ..
        } = &*shown;
        if !f.alternate() {
            write!(f, "{start}: ")?;
        }
        let message = printable(message);
        write!(f, "{severity}[{}] {}: {message}", rule.id, rule.name)?;
        if pointer.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", printable(pointer))
        }
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("body", &self.body)
            .field("findings", &self.findings)
            .field("unlisted", &self.unlisted)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = mask::shown(self);
        f.debug_struct("Finding")
            .field("rule", &shown.rule.id)
            .field("severity", &shown.severity)
            .field("message", &shown.message)
            .field("pointer", &shown.pointer)
            .field("offset", &shown.offset)
            .field("length", &shown.length)
            .field("start", &shown.start)
            .field("end", &shown.end)
            .field("expected", &shown.expected)
            .field("found", &shown.found)
            .field("help", &shown.help)
            .field("remedy", &shown.remedy)
            .field("fix", &shown.fix)
            .finish_non_exhaustive()
    }
}
