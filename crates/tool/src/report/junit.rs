//! JUnit's XML, as CI servers read it
//! (<https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd>).

use std::{
    borrow::Cow,
    io::{self, Write},
};

use kaizala_actions::lint::{Finding, Severity};

use super::{Checked, Renderer, Summary, xml::escape};
use crate::text::{brief, count};

/// How many documents of a file have a case of their own, and up to how many bytes: a suite says
/// first how many there are.
const MOST_CASES: usize = 1000;
const MOST_BYTES: usize = 1 << 20;

/// The maximum number of listed findings of a document.
const MOST_LINES: usize = 50;

/// A suite for each file, and in it a case for each document: failed where there is an error, with
/// warnings and notes as its output. Of a file with many documents, the clean ones are one case
/// together, as are those with findings after the first thousand or the first mebibyte.
#[derive(Debug, Default)]
pub struct JUnit {
    begun: bool,
    suite: Suite,
}

/// The file that is being read.
#[derive(Debug, Default)]
struct Suite {
    name: String,
    cases: String,
    tests: usize,
    failures: usize,
    /// Documents that have no case of their own.
    clean: usize,
    /// Whether those are parts of exchanges.
    in_parts: bool,
    rest: Summary,
}

impl Suite {
    fn add(&mut self, checked: &Checked<'_>) {
        let Checked { origin, report, .. } = checked;
        if report.is_clean() && origin.record.is_some() {
            self.clean += 1;
            self.in_parts |= origin.part.is_some();
        } else if self.tests < MOST_CASES && self.cases.len() < MOST_BYTES {
            let name = match (origin.record, origin.part) {
                (Some(record), Some(part)) => format!("record {record} {part}"),
                (Some(record), None) => format!("record {record}"),
                (None, Some(part)) => part.to_string(),
                (None, None) => "document".to_owned(),
            };
            self.case(&name, report.has_errors(), &content(checked));
        } else {
            self.rest.add(report);
        }
    }

    /// Adds a case; its content is XML.
    fn case(&mut self, name: &str, failed: bool, content: &str) {
        self.tests += 1;
        self.failures += usize::from(failed);
        let file = escape(&brief(&self.name));
        let end = if content.is_empty() {
            "/>\n".to_owned()
        } else {
            format!(">\n{content}    </testcase>\n")
        };
        let case = [
            "    <testcase classname=\"",
            &file,
            "\" name=\"",
            name,
            "\"",
            &end,
        ];
        self.cases.extend(case);
    }

    fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.clean > 0 {
            let kind = if self.in_parts { "part" } else { "record" };
            self.case(&count(self.clean, &format!("clean {kind}")), false, "");
        }
        if self.rest.documents > 0 {
            let rest = &self.rest;
            let failed = rest.errors > 0;
            let content = if failed {
                format!("      <failure type=\"more\" message=\"{rest}\"/>\n")
            } else {
                format!("      <system-out>{rest}</system-out>\n")
            };
            self.case("more records", failed, &content);
        }
        if self.tests == 0 {
            return Ok(());
        }
        let name = escape(&brief(&self.name));
        let (tests, failures, cases) = (self.tests, self.failures, self.cases);
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{cases}  </testsuite>"
        )
    }
}

/// What a case holds.
fn content(checked: &Checked<'_>) -> String {
    let (errors, others): (Vec<_>, Vec<_>) = checked
        .findings()
        .partition(|finding| finding.severity == Severity::Error);
    // As character data, in which the end of a line needs no reference.
    let lines = |findings: &[Cow<'_, Finding>]| {
        let line = |finding: &Cow<'_, Finding>| {
            let place = checked.origin.place(finding);
            let (lead, words) = (checked.lead(&place), format!("{finding:#}"));
            escape(&format!("{} {lead}{}", place.start, brief(&words)))
        };
        let mut lines: Vec<_> = findings.iter().take(MOST_LINES).map(line).collect();
        if findings.len() > MOST_LINES {
            lines.push(format!("and {} more", findings.len() - MOST_LINES));
        }
        lines.join("\n")
    };
    let mut content = String::new();
    if let [first, more @ ..] = &errors[..] {
        let mut message = brief(&first.message).into_owned();
        if !more.is_empty() {
            message.extend([", and ", &count(more.len(), "more error")]);
        }
        let (name, message, lines) = (first.rule.name, escape(&message), lines(&errors));
        content =
            format!("      <failure type=\"{name}\" message=\"{message}\">{lines}</failure>\n");
    }
    if !others.is_empty() {
        let lines = lines(&others);
        content.extend(["      <system-out>", &lines, "</system-out>\n"]);
    }
    content
}

impl JUnit {
    /// Ends the suite that is being written; before the first, begins the document.
    fn turn(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kaizala-actions lint\">\n")?;
        }
        std::mem::take(&mut self.suite).write(out)
    }
}

impl Renderer for JUnit {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.suite.name != checked.path {
            self.turn(out)?;
            checked.path.clone_into(&mut self.suite.name);
        }
        self.suite.add(checked);
        Ok(())
    }

    fn unread(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        self.turn(out)?;
        let message = escape(&brief(message));
        writeln!(
            out,
            "  <testsuite name=\"{message}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase classname=\"kaizala-actions\" name=\"read\">\n      <error type=\"unread\" message=\"{message}\"/>\n    </testcase>\n  </testsuite>"
        )
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.turn(out)?;
        out.write_all(b"</testsuites>\n")
    }
}
