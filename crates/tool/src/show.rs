//! The commands that print what the contract and the linter know.

use std::io::{self, Write};

use clap::CommandFactory as _;
use clap_complete::Shell;
use kaizala_actions::{
    contract::{self, Dialect},
    lint::{Example, Rule, Severity},
    support::{self, Row},
};
use serde::Serialize;

use crate::{
    args::{Args, RulesFormat, SpecFormat, Subject, TableFormat},
    csv,
    lint::config_schema,
    report::explanation,
};

pub(crate) fn matrix(format: TableFormat, out: &mut dyn Write) -> io::Result<()> {
    let yes = |supported| if supported { "Yes" } else { "No" };
    let rows = support::rows();
    match format {
        TableFormat::Text => {
            let width = |cell: fn(&Row) -> usize| rows.iter().map(cell).max().unwrap_or(0);
            let (label, id) = (
                width(|row| row.label.len()),
                width(|row| row.id.unwrap_or("n/a").len()),
            );
            let body_value = width(|row| row.body_value.len());
            writeln!(
                out,
                "{:label$}  {:id$}  {:body_value$}  GET  POST",
                "Action", "Id", "Body value"
            )?;
            for row in rows {
                let (row_id, get, post) = (row.id.unwrap_or("n/a"), yes(row.get), yes(row.post));
                writeln!(
                    out,
                    "{:label$}  {row_id:id$}  {:body_value$}  {get:3}  {post}",
                    row.label, row.body_value
                )?;
            }
        }
        TableFormat::Markdown => {
            writeln!(
                out,
                "| Action | Id | Body value | GET | POST |\n| --- | --- | --- | --- | --- |"
            )?;
            for row in rows {
                let (id, get, post) = (
                    row.id.map_or("n/a".to_owned(), |id| format!("`{id}`")),
                    yes(row.get),
                    yes(row.post),
                );
                writeln!(
                    out,
                    "| {} | {id} | `{}` | {get} | {post} |",
                    row.label, row.body_value
                )?;
            }
        }
        TableFormat::Json => {
            let rows = rows.iter().map(|row| Cells {
                label: row.label,
                id: row.id,
                body_value: row.body_value,
                get: row.get,
                post: row.post,
            });
            write_json(
                &Table {
                    rows: rows.collect(),
                },
                out,
            )?;
        }
        // The names are those of the JSON; where there is no id, the field is empty.
        TableFormat::Csv => {
            csv::record(["label", "id", "bodyValue", "get", "post"], out)?;
            for row in rows {
                csv::record(
                    [
                        row.label,
                        row.id.unwrap_or_default(),
                        row.body_value,
                        yes(row.get),
                        yes(row.post),
                    ],
                    out,
                )?;
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Table {
    rows: Vec<Cells>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cells {
    label: &'static str,
    id: Option<&'static str>,
    body_value: &'static str,
    get: bool,
    post: bool,
}

pub(crate) fn rules(format: RulesFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        RulesFormat::Text => {
            let name = Rule::all()
                .iter()
                .map(|rule| rule.name.len())
                .max()
                .unwrap_or(0);
            for rule in Rule::all() {
                writeln!(
                    out,
                    "{}  {:name$}  {:15}  {}",
                    rule.id,
                    rule.name,
                    severities(rule),
                    rule.summary
                )?;
            }
            Ok(())
        }
        RulesFormat::Json => write_json(
            &Rule::all()
                .iter()
                .map(|rule| RuleRow::from(*rule))
                .collect::<Vec<_>>(),
            out,
        ),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleRow {
    id: &'static str,
    name: &'static str,
    severity: Severity,
    severity_in_responses: Severity,
    summary: &'static str,
    why: &'static str,
    bad: Example,
    good: Example,
    sources: &'static [&'static str],
    decisions: &'static [&'static str],
}

impl From<&'static Rule> for RuleRow {
    fn from(rule: &'static Rule) -> Self {
        Self {
            id: rule.id,
            name: rule.name,
            severity: rule.severity,
            severity_in_responses: rule.severity_in(false),
            summary: rule.summary,
            why: rule.why,
            bad: rule.bad,
            good: rule.good,
            sources: rule.sources,
            decisions: rule.decisions,
        }
    }
}

/// `error`, or `warning/note` where a response weighs less.
fn severities(rule: &Rule) -> String {
    match rule.in_responses {
        Some(severity) => format!("{}/{severity}", rule.severity),
        None => rule.severity.to_string(),
    }
}

pub(crate) fn explain(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(explanation(rule).as_bytes())
}

pub(crate) fn spec(format: SpecFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        SpecFormat::Yaml => out.write_all(contract::YAML.as_bytes()),
        SpecFormat::Json => write_json(&contract::document(), out),
    }
}

pub(crate) fn schema(dialect: Dialect, of: Subject, out: &mut dyn Write) -> io::Result<()> {
    match of {
        Subject::Body(body) => write_json(&contract::json_schema_in(dialect, body), out),
        Subject::Config => write_json(&config_schema(dialect), out),
    }
}

pub(crate) fn completions(shell: Shell, out: &mut dyn Write) {
    clap_complete::generate(
        shell,
        &mut Args::command(),
        "kaizala-actions",
        &mut WriteAll(out),
    );
}

/// `clap_complete` wants a sized writer.
struct WriteAll<'w>(&'w mut dyn Write);

impl Write for WriteAll<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
