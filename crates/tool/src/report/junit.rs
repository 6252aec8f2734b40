//! JUnit's XML, as CI servers read it
//! (<https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd>).

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use kaizala_actions::lint::{Finding, Origin, Severity};

use super::{Checked, Clause, Renderer, Summary, xml::escape};
use crate::text::{brief, count};

/// How many documents of a file have a case of their own, and up to how many bytes: a suite says
/// first how many there are.
const MOST_CASES: usize = 1000;
const MOST_BYTES: usize = 1 << 20;

/// How many findings of a document are told.
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
            let case = case(checked);
            self.case(&name(origin), report.has_errors(), &case);
        } else {
            self.rest.add(report);
        }
    }

    fn case(&mut self, name: &str, failed: bool, content: &str) {
        let Self {
            name: file,
            cases,
            tests,
            failures,
            ..
        } = self;
        *tests += 1;
        *failures += usize::from(failed);
        let close = if content.is_empty() {
            "/>\n".to_owned()
        } else {
            format!(">\n{content}    </testcase>\n")
        };
        // Into a string, which takes everything.
        let _ = write!(
            cases,
            "    <testcase classname=\"{}\" name=\"{}\"{close}",
            escape(&brief(file)),
            escape(name)
        );
    }

    fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.clean > 0 {
            let kind = if self.in_parts {
                "clean part"
            } else {
                "clean record"
            };
            self.case(&count(self.clean, kind), false, "");
        }
        if self.rest.documents > 0 {
            let rest = self.rest.to_string();
            let failure = format!(
                "      <failure type=\"more\" message=\"{}\"/>\n",
                escape(&rest)
            );
            let output = format!("      <system-out>{}</system-out>\n", escape(&rest));
            let failed = self.rest.errors > 0;
            self.case(
                "more records",
                failed,
                if failed { &failure } else { &output },
            );
        }
        if self.tests == 0 {
            return Ok(());
        }
        let Self {
            name,
            cases,
            tests,
            failures,
            ..
        } = self;
        let name = escape(&brief(&name)).into_owned();
        write!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{cases}  </testsuite>\n"
        )
    }
}

/// What a case holds.
fn case(checked: &Checked<'_>) -> String {
    let origin = &checked.origin;
    let (mut errors, mut others) = (Vec::new(), Vec::new());
    let findings: Vec<_> = checked.findings().collect();
    for finding in &findings {
        let list = if finding.severity == Severity::Error {
            &mut errors
        } else {
            &mut others
        };
        list.push(&**finding);
    }
    let lines = |findings: &[&Finding]| {
        let mut lines = String::new();
        for finding in findings.iter().take(MOST_LINES) {
            let place = origin.place(finding);
            let within = origin.within(&place);
            let gap = if within.is_empty() { "" } else { ": " };
            let _ = writeln!(
                lines,
                "{} {within}{gap}{}",
                place.start,
                brief(&Clause(finding).to_string())
            );
        }
        if findings.len() > MOST_LINES {
            let _ = writeln!(lines, "and {} more", findings.len() - MOST_LINES);
        }
        lines
    };
    let mut case = String::new();
    if let Some(first) = errors.first() {
        let more = if errors.len() > 1 {
            format!(", and {}", count(errors.len() - 1, "more error"))
        } else {
            String::new()
        };
        let message = format!("{}{more}", brief(&first.message));
        let _ = writeln!(
            case,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
            first.rule.name,
            escape(&message),
            multiline(&lines(&errors))
        );
    }
    if !others.is_empty() {
        let _ = writeln!(
            case,
            "      <system-out>{}</system-out>",
            multiline(&lines(&others))
        );
    }
    case
}

/// Lines in character data, where they need no reference.
fn multiline(lines: &str) -> String {
    lines
        .trim_end()
        .split('\n')
        .map(escape)
        .collect::<Vec<_>>()
        .join("\n")
}

fn name(origin: &Origin) -> String {
    let record = origin.record.map(|record| format!("record {record}"));
    let part = origin.part.map(|part| part.name().to_owned());
    let name: Vec<_> = record.into_iter().chain(part).collect();
    if name.is_empty() {
        "document".to_owned()
    } else {
        name.join(" ")
    }
}

impl JUnit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kaizala-actions lint\">\n")
    }
}

impl Renderer for JUnit {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.suite.name != checked.path {
            self.begin(out)?;
            std::mem::take(&mut self.suite).write(out)?;
            checked.path.clone_into(&mut self.suite.name);
        }
        self.suite.add(checked);
        Ok(())
    }

    fn unread(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        std::mem::take(&mut self.suite).write(out)?;
        let message = escape(&brief(message)).into_owned();
        writeln!(
            out,
            "  <testsuite name=\"{message}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase classname=\"kaizala-actions\" name=\"read\">\n      <error type=\"unread\" message=\"{message}\"/>\n    </testcase>\n  </testsuite>"
        )
    }

    fn finish(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        std::mem::take(&mut self.suite).write(out)?;
        out.write_all(b"</testsuites>\n")
    }
}
