//! The contract's test vectors: what they must be, and what they prove of the linter and of the
//! published JSON Schemas.

use std::collections::{BTreeMap, BTreeSet};

use kaizala_actions::{
    body::BodyKind,
    contract,
    lint::{self, Linter, Report, Rule, Severity},
};
use serde_json::{Value, json};

use crate::corpus::{Example, Exchanges, Outcome, examples, exchanges, expect, findings, render};
use crate::coverage::Coverage;
use crate::schemas::{Schemas, validator};

/// Fails with all that is wrong, one a line.
fn none(what: &str, wrong: &[String]) -> Outcome {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{} {what}:\n{}\n", wrong.len(), wrong.join("\n")).into())
    }
}

fn has(report: &Report, rule: &Rule) -> bool {
    report.findings.iter().any(|finding| finding.rule == rule)
}

// ---- each body

#[test]
fn every_body_gives_exactly_its_findings() -> Outcome {
    let update = std::env::var_os("UPDATE_FINDINGS").is_some();
    let mut wrong = Vec::new();
    for example in examples()? {
        let (found, expected) = (render(&example.report()), example.findings()?);
        if found == expected {
            continue;
        }
        if update {
            example.expect(&found)?;
        } else {
            wrong.push(format!(
                "{}\n  expected:\n{expected}  found:\n{found}",
                example.label()
            ));
        }
    }
    none(
        "bodies with other findings (`cargo run -p xtask` writes them)",
        &wrong,
    )
}

#[test]
fn every_exchange_gives_exactly_its_findings() -> Outcome {
    let update = std::env::var_os("UPDATE_FINDINGS").is_some();
    let mut wrong = Vec::new();
    for exchanges in exchanges()? {
        let (found, expected) = (exchanges.render(), findings(&exchanges.path)?);
        if found == expected {
            continue;
        }
        if update {
            expect(&exchanges.path, &found)?;
        } else {
            wrong.push(format!(
                "{}\n  expected:\n{expected}  found:\n{found}",
                exchanges.name
            ));
        }
    }
    none(
        "exchanges with other findings (`cargo run -p xtask` writes them)",
        &wrong,
    )
}

#[test]
fn every_body_lies_in_the_folder_of_its_verdict() -> Outcome {
    let misfits = examples()?.into_iter().filter_map(|example| {
        let verdict = verdict(&example.report());
        (verdict != example.set).then(|| format!("{} is {verdict}", example.label()))
    });
    none("bodies in the wrong folder", &misfits.collect::<Vec<_>>())
}

fn verdict(report: &Report) -> &'static str {
    let unknown_type = || {
        report
            .findings
            .iter()
            .any(|finding| finding.rule.name == "unknown-listed-type")
    };
    if report.has_errors() {
        "invalid"
    } else if report.count(Severity::Warning) > 0 || unknown_type() {
        "lenient"
    } else {
        "valid"
    }
}

#[test]
fn there_are_enough_bodies() -> Outcome {
    let examples = examples()?;
    for (set, least) in [("valid", 80), ("lenient", 25), ("invalid", 120)] {
        let count = examples.iter().filter(|example| example.set == set).count();
        assert!(
            count >= least,
            "{count} {set} bodies, and there should be {least}"
        );
    }
    Ok(())
}

#[test]
fn every_valid_body_is_recognised() -> Outcome {
    let mut wrong = Vec::new();
    for example in examples()?
        .into_iter()
        .filter(|example| example.set == "valid")
    {
        let recognised = Linter::new().lint_unknown(&example.text).body;
        if recognised != example.kind {
            wrong.push(format!("{} as {recognised:?}", example.label()));
        }
    }
    none("valid bodies recognised as something else", &wrong)
}

// ---- all bodies together

#[test]
fn valid_bodies_use_all_of_the_contract() -> Outcome {
    let document = contract::document();
    let (mut declared, mut used) = (Coverage::new(&document), Coverage::new(&document));
    for kind in BodyKind::ALL {
        declared.declare(kind.schema());
    }
    let examples = examples()?;
    for example in examples.iter().filter(|example| example.set == "valid") {
        if let Some(kind) = example.kind {
            used.observe(kind.schema(), &serde_json::from_slice(&example.text)?);
        }
    }
    let mut missing = declared.without(&used);
    for set in ["valid", "lenient", "invalid"] {
        let kinds: BTreeSet<_> = examples
            .iter()
            .filter(|example| example.set == set)
            .filter_map(|example| example.kind.map(BodyKind::name))
            .collect();
        missing.extend(
            BodyKind::ALL
                .iter()
                .filter(|kind| !kinds.contains(kind.name()))
                .map(|kind| format!("{kind} in {set}")),
        );
    }
    none("parts of the contract that no example uses", &missing)
}

#[test]
fn every_rule_is_found_somewhere() -> Outcome {
    let bodies = examples()?.into_iter().map(|example| example.report());
    let exchanges = exchanges()?;
    let found: BTreeSet<_> = bodies
        .chain(exchanges.iter().flat_map(parts))
        .flat_map(|report| report.findings)
        .map(|finding| finding.rule.name)
        .collect();
    let unused: Vec<_> = rules()
        .filter(|rule| !found.contains(rule.name))
        .map(|rule| rule.name.to_owned())
        .collect();
    none("rules that no example breaks", &unused)
}

// ---- the rules

/// A record of that many bytes is no example; `crates/tool/tests/it/exchanges.rs` makes one.
const TOO_LARGE: &str = "record-too-long";

fn rules() -> impl Iterator<Item = &'static Rule> {
    Rule::all()
        .iter()
        .copied()
        .filter(|rule| rule.name != TOO_LARGE)
}

/// Whether a rule is about exchanges, and so its examples are.
fn is_of_exchanges(rule: &Rule) -> bool {
    rule.bad.body == Some(lint::Example::EXCHANGE)
}

/// All findings of all parts.
fn parts(exchanges: &Exchanges) -> Vec<Report> {
    exchanges
        .reports()
        .into_iter()
        .flat_map(|report| report.parts)
        .map(|part| part.report)
        .collect()
}

#[test]
fn every_rule_has_a_fixture_with_exactly_its_finding() -> Outcome {
    let fixtures = by_name(examples()?);
    let exchanges = exchanges()?;
    let mut wrong = Vec::new();
    for rule in rules() {
        if is_of_exchanges(rule) {
            match exchanges
                .iter()
                .find(|exchanges| exchanges.name == rule.name)
            {
                None => wrong.push(format!("{}.ndjson is missing", rule.name)),
                Some(fixture) => wrong.extend(unless_alone(rule, &parts(fixture), &fixture.name)),
            }
            continue;
        }
        match fixtures.get(rule.name) {
            None => wrong.push(format!("{}.json is missing", rule.name)),
            Some(fixture) => {
                wrong.extend(unless_alone(rule, &[fixture.report()], &fixture.label()));
            }
        }
    }
    none("rules without a fixture", &wrong)
}

#[test]
fn every_rule_has_a_near_miss() -> Outcome {
    let fixtures = by_name(examples()?);
    let exchanges = exchanges()?;
    let mut wrong = Vec::new();
    for rule in rules() {
        let name = format!("near-{}", rule.name);
        if is_of_exchanges(rule) {
            match exchanges.iter().find(|exchanges| exchanges.name == name) {
                None => wrong.push(format!("{name}.ndjson is missing")),
                Some(near)
                    if near
                        .reports()
                        .iter()
                        .any(|report| report.is_foreign() || report.has_errors()) =>
                {
                    wrong.push(format!("{name} should be judged and right"));
                }
                Some(near) if parts(near).iter().any(|report| has(report, rule)) => {
                    wrong.push(format!("{name} is no near miss but a hit"));
                }
                Some(_) => {}
            }
            continue;
        }
        match fixtures.get(&name) {
            None => wrong.push(format!("near-{}.json is missing", rule.name)),
            Some(near) if near.set == "invalid" => {
                wrong.push(format!("{} should be valid", near.label()));
            }
            Some(near)
                if has(&near.report(), rule)
                    || has(&Linter::new().lint_unknown(&near.text), rule) =>
            {
                wrong.push(format!("{} is no near miss but a hit", near.label()));
            }
            Some(_) => {}
        }
    }
    none("rules without a near miss", &wrong)
}

#[test]
fn the_examples_that_explain_a_rule_show_it() -> Outcome {
    let mut wrong = Vec::new();
    for rule in rules() {
        let (bad, good) = (reports(rule.bad)?, reports(rule.good)?);
        wrong.extend(unless_alone(rule, &bad, "bad"));
        if good.is_empty() || !good.iter().all(Report::is_clean) {
            wrong.push(format!("{}: good gives\n{}", rule.name, lines(&good)));
        }
    }
    none("rules with an example that does not show them", &wrong)
}

/// One of a body, and one of each part of an exchange.
fn reports(example: lint::Example) -> Result<Vec<Report>, Box<dyn std::error::Error>> {
    let text = example.text.as_bytes();
    let linter = Linter::for_example(&example);
    Ok(match example.body {
        Some(lint::Example::EXCHANGE) => linter
            .lint_exchange_json(text)
            .parts
            .into_iter()
            .map(|part| part.report)
            .collect(),
        Some(kind) => vec![linter.lint(kind.parse()?, text)],
        None => vec![linter.lint_unknown(text)],
    })
}

fn unless_alone(rule: &Rule, reports: &[Report], what: &str) -> Option<String> {
    let findings: Vec<_> = reports.iter().flat_map(|report| &report.findings).collect();
    let alone = matches!(&findings[..], [finding] if finding.rule == rule);
    (!alone).then(|| format!("{}: {what} gives\n{}", rule.name, lines(reports)))
}

fn lines(reports: &[Report]) -> String {
    reports
        .iter()
        .filter(|report| !report.is_clean())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn by_name(examples: Vec<Example>) -> BTreeMap<String, Example> {
    let fixtures: BTreeSet<_> = Rule::all()
        .iter()
        .flat_map(|rule| [rule.name.to_owned(), format!("near-{}", rule.name)])
        .collect();
    examples
        .into_iter()
        .filter(|example| fixtures.contains(&example.name))
        .map(|example| (example.name.clone(), example))
        .collect()
}

// ---- the published JSON Schemas

#[test]
#[expect(
    clippy::print_stdout,
    reason = "a number that a reviewer wants to see, shown with --nocapture"
)]
fn the_published_schemas_agree_with_the_linter() -> Outcome {
    let schemas = Schemas::compile()?;
    let examples = examples()?;
    let (mut compared, mut wrong) = (0, Vec::new());
    for example in &examples {
        let report = example.report();
        let Some(agree) = example
            .kind
            .and_then(|kind| schemas.agree(kind, &example.text, &report))
        else {
            continue;
        };
        compared += 1;
        if !agree {
            wrong.push(format!(
                "{}: schema and linter disagree\n{report}",
                example.label()
            ));
        }
    }
    println!(
        "{compared} of {} bodies compared with the schemas",
        examples.len()
    );
    assert!(
        compared * 2 >= examples.len(),
        "only {compared} of {} bodies can be compared",
        examples.len()
    );
    none("bodies about which schema and linter disagree", &wrong)
}

// ---- the examples in the document

#[test]
fn examples_of_media_types_have_notes_at_most() -> Outcome {
    let document = contract::document();
    let mut media_types = Vec::new();
    collect(
        &document["paths"],
        "",
        &|value| value.get("application/json"),
        &mut media_types,
    );
    collect(
        &document["components"]["responses"],
        "",
        &|value| value.get("application/json"),
        &mut media_types,
    );
    let (mut judged, mut wrong) = (0, Vec::new());
    for (place, media_type) in media_types {
        let schema = media_type["schema"]["$ref"].as_str().unwrap_or_default();
        for kind in BodyKind::ALL
            .iter()
            .filter(|kind| schema.rsplit('/').next() == Some(kind.schema()))
        {
            let named = media_type["examples"].as_object().into_iter().flatten();
            let named = named.map(|(_, example)| &example["value"]);
            for example in named.chain(media_type.get("example")) {
                judged += 1;
                let report = Linter::new().lint(*kind, example.to_string().as_bytes());
                if verdict(&report) != "valid" {
                    wrong.push(format!("{place}: {report}"));
                }
            }
        }
    }
    assert!(
        judged >= BodyKind::ALL.len(),
        "only {judged} examples were found"
    );
    none("examples of media types with findings", &wrong)
}

#[test]
fn examples_of_schemas_fit_them() -> Outcome {
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    for kind in BodyKind::ALL {
        let published = contract::json_schema(*kind);
        // The whole is a schema as those are that it refers to.
        let mut definitions = published["$defs"].clone();
        let mut root = published.clone();
        if let Some(root) = root.as_object_mut() {
            root.retain(|keyword, _| !keyword.starts_with('$'));
        }
        definitions[kind.schema()] = root;
        let mut schemas = Vec::new();
        collect(
            &definitions,
            "#/$defs",
            &|value| value.get("examples").map(|_| value),
            &mut schemas,
        );
        for (place, schema) in schemas {
            if !seen.insert(place.clone()) {
                continue;
            }
            let validator = validator(
                &json!({"$schema": published["$schema"], "$ref": place, "$defs": definitions}),
            )?;
            for example in schema["examples"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|example| !validator.is_valid(example))
            {
                wrong.push(format!("{place}: {example}"));
            }
        }
    }
    assert!(
        seen.len() > 100,
        "only {} schemas with examples were found",
        seen.len()
    );
    none("examples that do not fit their schema", &wrong)
}

/// All that `pick` finds in a value, with the places where it found it.
fn collect<'v>(
    value: &'v Value,
    place: &str,
    pick: &impl Fn(&'v Value) -> Option<&'v Value>,
    found: &mut Vec<(String, &'v Value)>,
) {
    found.extend(pick(value).map(|picked| (place.to_owned(), picked)));
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| collect(item, &format!("{place}/{index}"), pick, found)),
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| collect(member, &format!("{place}/{name}"), pick, found)),
        _ => {}
    }
}
