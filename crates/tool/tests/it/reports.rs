//! What people read: the report of each rule's fixture, as a block for people and as JSON for
//! programs.

use std::{borrow::Cow, fs, path::PathBuf};

use kaizala_actions::{
    body::BodyKind,
    lint::{Example, Linter, Origin, Rule, Survey},
};
use kaizala_actions_cli::report::{Checked, Full, Json, Renderer, Summary};

/// The fixture that fails this rule alone, and what it is judged as: its folder, or whatever it is
/// recognised as.
fn fixture(rule: &Rule) -> (PathBuf, Option<BodyKind>) {
    let examples = PathBuf::from(crate::helpers::ROOT).join("openapi/examples");
    let kinds = || {
        BodyKind::ALL
            .iter()
            .map(|kind| (kind.name(), Some(*kind)))
            .chain([("unknown", None)])
    };
    let places = ["invalid", "lenient", "valid"]
        .iter()
        .flat_map(|verdict| kinds().map(move |(folder, kind)| (verdict, folder, kind)));
    places
        .map(|(verdict, folder, kind)| {
            (
                examples
                    .join(verdict)
                    .join(folder)
                    .join(format!("{}.json", rule.name)),
                kind,
            )
        })
        .find(|(path, _)| path.exists())
        .expect(rule.name)
}

/// A record of that many bytes is no fixture.
const TOO_LARGE: &str = "record-too-long";

/// The report of the first exchange of a rule's fixture.
fn render_exchange(mut renderer: impl Renderer, rule: &Rule) -> String {
    let name = format!("{}.ndjson", rule.name);
    let path = PathBuf::from(crate::helpers::ROOT)
        .join("openapi/examples/exchanges")
        .join(&name);
    let text = fs::read(&path).expect("a fixture");
    let mut out = Vec::new();
    let mut summary = Summary::default();
    let report = Linter::new().lint_exchange_json(text.trim_ascii_end());
    summary.add_parts(report.parts.iter().map(|part| &part.report));
    for part in report.parts {
        let checked = Checked {
            path: &name,
            origin: Origin::FILE,
            id: None,
            text: &part.text,
            report: Cow::Owned(part.report),
        };
        renderer
            .document(&checked, &mut out)
            .expect("memory takes it");
    }
    renderer
        .finish(&summary, &mut out)
        .expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

fn render(renderer: impl Renderer, rule: &Rule) -> String {
    if rule.bad.body == Some(Example::EXCHANGE) {
        render_exchange(renderer, rule)
    } else {
        render_body(renderer, rule)
    }
}

fn render_body(mut renderer: impl Renderer, rule: &Rule) -> String {
    let (path, kind) = fixture(rule);
    let text = fs::read(&path).expect("a fixture");
    let most = rule.bad.most_findings;
    let linter = most.map_or_else(Linter::new, |most| Linter::new().most_findings(most));
    let linter = match fs::read(path.with_extension("survey")) {
        Ok(survey) => linter.survey(Survey::read(&survey).expect("a survey")),
        Err(_) => linter,
    };
    let report = kind.map_or_else(
        || linter.lint_unknown(&text),
        |kind| linter.lint(kind, &text),
    );
    let mut summary = Summary::default();
    summary.add(&report);
    let mut out = Vec::new();
    let name = format!("{}.json", rule.name);
    renderer
        .document(
            &Checked {
                path: &name,
                origin: Origin::FILE,
                id: None,
                text: &text,
                report: Cow::Owned(report),
            },
            &mut out,
        )
        .expect("memory takes it");
    renderer
        .finish(&summary, &mut out)
        .expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn each_rule_reads_well() {
    for rule in Rule::all().iter().filter(|rule| rule.name != TOO_LARGE) {
        insta::assert_snapshot!(
            format!("full@{}", rule.name),
            render(Full::new(false), rule)
        );
    }
}

#[test]
fn the_json_report_of_one_fixture_of_each_family() {
    for name in [
        "invalid-json",
        "member-casing",
        "unsupported-method",
        "missing-member",
        "options-required",
        "missing-time",
    ] {
        let rule = Rule::find(name).expect("a rule");
        insta::assert_snapshot!(format!("json@{name}"), render(Json::default(), rule));
    }
}
