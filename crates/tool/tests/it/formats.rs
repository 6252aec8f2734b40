//! What each format of report looks like: the same findings in all of them.

use std::{
    borrow::Cow,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use clap::ValueEnum as _;
use kaizala_actions::lint::{Linter, Origin, Part, Position, printable};
use kaizala_actions_cli::report::{Checked, Format, RenderOptions, Summary};
use proptest::prelude::*;
use serde_json::Value;

use crate::helpers::{ROOT, command, output};

/// Files with a byte order mark, with Hindi, emoji and CRLF, with what is markup somewhere, and a
/// clean one.
const FILES: [&str; 6] = [
    "clean.json",
    "job.json",
    "marked.json",
    "list.json",
    "hostile.json",
    "posts.ndjson",
];

fn folder() -> PathBuf {
    Path::new(ROOT).join("tests/reports")
}

fn lint(arguments: &[&str], folder: &Path) -> Output {
    let mut command = command(&["lint"]);
    command
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1");
    output(&mut command, "")
}

fn names() -> Vec<String> {
    let values = Format::value_variants()
        .iter()
        .filter_map(clap::ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_owned()).collect()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

/// As a reviewer can judge it: JSON of one line as one of many, without the descriptions of the
/// rules, their indexes, and the version; a page as a line for each of its blocks, without its frame
/// and the coverage, which other tests look at.
fn reviewed(format: &str, report: &str) -> String {
    if format == "html" {
        return blocks(report);
    }
    if format != "sarif" {
        return report.to_owned();
    }
    let mut log: Value = serde_json::from_str(report).expect("JSON");
    let driver = &mut log["runs"][0]["tool"]["driver"];
    driver["semanticVersion"] = "…".into();
    let rules = driver["rules"].as_array_mut().expect("rules");
    assert_eq!(rules.len(), kaizala_actions::lint::Rule::all().len());
    rules.truncate(1);
    // Another with each new rule.
    for result in log["runs"][0]["results"].as_array_mut().expect("results") {
        result
            .as_object_mut()
            .expect("an object")
            .remove("ruleIndex")
            .expect("an index");
    }
    serde_json::to_string_pretty(&log).expect("JSON")
}

fn blocks(page: &str) -> String {
    let (_, main) = page.split_once("<main").expect("a frame");
    let (main, _) = main.split_once("</main>").expect("a frame");
    let sections = main.split("<h2");
    let sections = sections.filter(|section| {
        [" id=\"matrix\"", " id=\"coverage\"", " id=\"undeclared\""]
            .iter()
            .all(|id| !section.starts_with(id))
    });
    let mut text = sections.collect::<Vec<_>>().join("<h2");
    for same in [
        " class=\"number\"",
        " preserveAspectRatio=\"none\" aria-hidden=\"true\"",
        "<rect width=\"100\" height=\"10\" class=\"rest\"></rect>",
    ] {
        text = text.replace(same, "");
    }
    for block in ["h1", "h2", "h3", "dl", "tr", "p", "pre", "li", "section"] {
        for end in [" ", ">"] {
            text = text.replace(&format!("<{block}{end}"), &format!("\n<{block}{end}"));
        }
    }
    text
}

#[test]
fn each_format_shows_the_same_findings() {
    for name in names() {
        let output = lint(&[&["--format", &name][..], &FILES].concat(), &folder());
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        insta::assert_snapshot!(format!("all@{name}"), reviewed(&name, &text(output.stdout)));
    }
}

#[test]
fn each_format_shows_the_part_of_an_exchange() {
    let text_of_part = br#"{"actionType":"job","actionBody":{"title":"T"}}"#;
    let mut origin = Origin::record(
        7,
        Position {
            line: 120,
            column: 5,
        },
        9000,
    );
    origin.part = Some(Part::RequestBody);
    for verbatim in [true, false] {
        origin.verbatim = verbatim;
        for format in Format::value_variants() {
            let name = format
                .to_possible_value()
                .expect("it has a name")
                .get_name()
                .to_owned();
            let mut renderer = format.renderer(&RenderOptions::default());
            let report = Linter::new().lint_unknown(text_of_part);
            let (mut summary, mut out) = (Summary::default(), Vec::new());
            summary.add(&report);
            let checked = Checked {
                path: "traffic.har",
                origin,
                id: None,
                text: text_of_part,
                report: Cow::Owned(report),
            };
            renderer
                .document(&checked, &mut out)
                .expect("memory takes it");
            renderer
                .finish(&summary, &mut out)
                .expect("memory takes it");
            let kind = if verbatim { "part" } else { "part-elsewhere" };
            insta::assert_snapshot!(format!("{kind}@{name}"), reviewed(&name, &text(out)));
        }
    }
}

#[test]
fn files_hold_what_stdout_would() {
    let place = tempfile::tempdir().expect("a folder");
    let outputs: Vec<_> = names()
        .iter()
        .map(|name| format!("{name}={}", place.path().join(name).display()))
        .collect();
    let arguments: Vec<_> = outputs
        .iter()
        .flat_map(|output| ["--output", output])
        .chain(["--format", "concise"])
        .chain(FILES)
        .collect();
    let all = lint(&arguments, &folder());
    assert_eq!(all.status.code(), Some(1), "{all:?}");
    for name in names() {
        let alone = lint(&[&["--format", &name][..], &FILES].concat(), &folder());
        let in_file = fs::read(place.path().join(&name)).expect("a report");
        assert_eq!(text(in_file), text(alone.stdout), "{name}");
    }
    assert_eq!(
        fs::read_dir(place.path()).expect("a folder").count(),
        names().len(),
        "nothing else is left there"
    );
}

#[test]
fn a_file_that_could_not_be_read_is_in_the_reports_that_stand_for_the_run() {
    for (name, sign) in [
        (
            "html",
            "<h2>Could not be read</h2><ul><li><code>nothing.json: ",
        ),
        ("sarif", "\"executionSuccessful\":false"),
        ("junit", "<error type=\"unread\""),
        ("github", "::error::nothing.json: "),
        ("markdown", "Could not be read:\n\n- `nothing.json: "),
    ] {
        let output = lint(&["--format", name, "nothing.json", "clean.json"], &folder());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(text(output.stdout).contains(sign), "{name}");
    }
}

#[test]
fn what_cannot_be_written_leaves_the_old_report_and_a_message_and_does_not_stop_the_others() {
    let place = tempfile::tempdir().expect("a folder");
    let good = place.path().join("good.json");
    let in_no_folder = format!("json={}", place.path().join("none/lint.json").display());
    let early = lint(&["--output", &in_no_folder, "clean.json"], &folder());
    assert_eq!(early.status.code(), Some(2));
    assert!(text(early.stderr).contains("none/lint.json: No such file"));

    if Path::new("/dev/full").exists() {
        let good_output = format!("json={}", good.display());
        let full = lint(
            &[
                "--output",
                "sarif=/dev/full",
                "--output",
                &good_output,
                "--format",
                "concise",
                "job.json",
            ],
            &folder(),
        );
        assert_eq!(full.status.code(), Some(2), "{full:?}");
        assert!(text(full.stderr).contains("/dev/full: No space left on device"));
        assert!(
            text(full.stdout).contains("KZ302")
                && text(fs::read(&good).expect("a report")).contains("KZ302")
        );
    }
}

#[test]
fn a_closed_pipe_does_not_stop_the_files() {
    let place = tempfile::tempdir().expect("a folder");
    let report = place.path().join("lint.json");
    let script = "\"$@\" | true";
    let mut command = Command::new("bash");
    command.args([
        "-c",
        script,
        "bash",
        env!("CARGO_BIN_EXE_kaizala-actions"),
        "lint",
        "--output",
    ]);
    command
        .arg(format!("json={}", report.display()))
        .arg("openapi/examples")
        .current_dir(ROOT);
    let output = command.output().expect("bash runs");
    let alone = lint(&["--format", "json", "openapi/examples"], Path::new(ROOT));
    assert_eq!(
        text(fs::read(&report).expect("a report")),
        text(alone.stdout),
        "{output:?}"
    );
}

#[test]
fn a_full_disk_leaves_the_old_report() {
    let place = tempfile::tempdir().expect("a folder");
    let report = place.path().join("lint.json");
    fs::write(&report, "old").expect("a file");
    // No file can grow past the limit of a kilobyte, which is what a full disk is like: one report
    // meets it while it is written, the other, which fits into the buffer, at its end.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$@\"";
    for (format, file) in [("sarif", "clean.json"), ("gitlab", "posts.ndjson")] {
        let mut command = Command::new("bash");
        command.args([
            "-c",
            script,
            "bash",
            env!("CARGO_BIN_EXE_kaizala-actions"),
            "lint",
            "--format",
            "concise",
            "--output",
        ]);
        command
            .arg(format!("{format}={}", report.display()))
            .arg(file)
            .current_dir(folder());
        let output = command.output().expect("bash runs");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(text(output.stderr).contains("lint.json: File too large"));
        assert_eq!(fs::read_to_string(&report).expect("a file"), "old");
        assert_eq!(
            fs::read_dir(place.path()).expect("a folder").count(),
            1,
            "nothing else is left there"
        );
    }
}

#[test]
fn statistics_are_beside_any_format() {
    let plain = lint(&["--format", "concise", "job.json"], &folder());
    let counted = lint(
        &["--format", "concise", "--statistics", "job.json"],
        &folder(),
    );
    assert_eq!(plain.stdout, counted.stdout);
    assert!(plain.stderr.is_empty());
    let summary = text(lint(&["--format", "summary", "job.json"], &folder()).stdout);
    assert!(summary.starts_with(&text(counted.stderr)), "{summary}");
}

#[test]
fn wrong_outputs_are_told_at_once() {
    for (output, message) in [
        ("lint.sarif", "write FORMAT=FILE"),
        (
            "xml=lint.xml",
            "no format xml; there are full, concise, json, jsonl, sarif",
        ),
        ("sarif=", "the file is missing"),
    ] {
        let output = lint(&["--output", output, "clean.json"], &folder());
        assert_eq!(output.status.code(), Some(2));
        assert!(text(output.stderr.clone()).contains(message), "{output:?}");
    }
}

/// A document whose one finding says what it is told to.
pub(crate) fn checked<'c>(path: &'c str, message: &str, pointer: &str) -> Checked<'c> {
    let text: &[u8] =
        br#"{"actionType":"job","actionBody":{"title":"T","assignedTo":["+911234500001"]}}"#;
    let mut report = Linter::new().lint_unknown(text);
    assert_eq!(report.findings.len(), 1);
    let finding = &mut report.findings[0];
    finding.message = message.to_owned().into();
    pointer.clone_into(&mut finding.pointer);
    finding.help = Some(message.to_owned().into());
    Checked {
        path,
        origin: Origin::record(1, Position { line: 1, column: 1 }, 0),
        id: None,
        text,
        report: Cow::Owned(report),
    }
}

pub(crate) fn render(format: Format, documents: &[Checked<'_>]) -> String {
    let mut renderer = format.renderer(&RenderOptions::default());
    let (mut summary, mut out) = (Summary::default(), Vec::new());
    for checked in documents {
        summary.add(&checked.report);
        renderer
            .document(checked, &mut out)
            .expect("memory takes it");
    }
    renderer
        .unread(documents[0].path, &mut out)
        .expect("memory takes it");
    renderer
        .finish(&summary, &mut out)
        .expect("memory takes it");
    text(out)
}

/// Letters that mean something in some format, and any others.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "<", ">", "&", "\"", "'", "]]>", "<!--", "|", "`", "``", "\\", "[x](y)", "{0}", "}", "::error::", "%0A", "%", ":", ",", "\n",
            "\r", "\t", "\0", "\u{1b}[31m", "\u{202e}", "\u{fffe}", "\u{2028}", "@her", "/0/", "~1",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// <https://www.w3.org/TR/xml/#charsets>
fn is_of_xml(letter: char) -> bool {
    letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}') || letter == '\n'
}

proptest! {
    #[test]
    fn no_text_of_a_document_breaks_a_report(path in hostile(), message in hostile(), pointer in hostile()) {
        let of = |format| render(format, &[checked(&path, &message, &pointer), checked("b.json", &pointer, &message)]);
        for format in [Format::Json, Format::Sarif, Format::Gitlab] {
            serde_json::from_str::<Value>(&of(format))?;
        }
        let lines = of(Format::Jsonl);
        prop_assert_eq!(lines.lines().map(serde_json::from_str::<Value>).collect::<Result<Vec<_>, _>>()?.len(), 3);
        prop_assert_eq!(of(Format::Concise).lines().count(), 2);

        let commands = of(Format::Github);
        prop_assert_eq!(commands.split('\n').count(), 3 + 1, "a line for each, and an end: {}", commands);
        for command in commands.lines() {
            let (properties, _) = command[2..].split_once("::").expect("two parts");
            let given = properties.split_once(' ').map_or(0, |(_, list)| list.split(',').filter(|one| one.contains('=')).count());
            prop_assert!(given == 6 || given == 0, "{command}");
            let escapes = command.split('%').skip(1).filter(|rest| ["25", "0A", "0D", "3A", "2C"].iter().any(|code| rest.starts_with(code)));
            prop_assert_eq!(escapes.count(), command.matches('%').count());
        }

        let xml = of(Format::Junit);
        prop_assert!(xml.chars().all(is_of_xml), "a letter that XML does not have: {}", xml);
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut told = String::new();
        loop {
            match reader.read_event()? {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                    for attribute in tag.attributes() {
                        attribute?.normalized_value(quick_xml::XmlVersion::Implicit1_0)?;
                    }
                }
                quick_xml::events::Event::Text(content) => told += &content,
                quick_xml::events::Event::GeneralRef(entity) => told += &quick_xml::escape::unescape(&format!("&{};", &*entity))?,
                _ => {}
            }
        }
        let whole = |words: &str| told.contains(&printable(words).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"));
        prop_assert!(whole(&message) && whole(&pointer), "{told}");

        let page = of(Format::Markdown);
        let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| KZ")).collect();
        prop_assert_eq!(rows.len(), 1);
        prop_assert_eq!(rows[0].replace("\\|", "").matches('|').count(), 7);
    }
}

#[test]
fn phone_numbers_are_in_no_report_but_full_and_tokens_in_none() {
    let document = || {
        checked(
            "a.json",
            "found +911234567890 and accessToken: 5e3c1a7f",
            "/+911234567890",
        )
    };
    for format in Format::value_variants() {
        let report = render(*format, &[document()]);
        assert_eq!(
            report.contains("+911234"),
            *format == Format::Full,
            "{report}"
        );
        assert!(!report.contains("5e3c1a7f"), "{report}");
    }
}

#[test]
fn a_sarif_log_stays_small_whatever_is_found() {
    let mut renderer = Format::Sarif.renderer(&RenderOptions::default());
    let mut out = Vec::new();
    let mut document = checked("traffic.ndjson", "", "/actionType");
    for number in 0..200_000 {
        document.report.to_mut().findings[0].message =
            format!("{number} is no number that anybody has seen before").into();
        document.origin = Origin::record(number + 1, Position { line: 1, column: 1 }, number * 600);
        renderer
            .document(&document, &mut out)
            .expect("memory takes it");
    }
    renderer
        .finish(&Summary::default(), &mut out)
        .expect("memory takes it");
    assert!(out.len() < 10_000_000, "{} bytes", out.len());
    let log: Value = serde_json::from_slice(&out).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(
        (1000..25_000).contains(&results.len()),
        "{} results",
        results.len()
    );
    let counted: u64 = results
        .iter()
        .map(|result| result["occurrenceCount"].as_u64().expect("a count"))
        .sum();
    assert_eq!(counted, 200_000, "no finding is lost");
}
