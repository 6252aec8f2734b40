//! The commands that print data of the contract and the linter.

use std::io::{self, Write};

use kaizala_actions::{
    contract::{self, Dialect, Form},
    lint::Rule,
    support,
};
use kaizala_actions_reference::published;
use serde::Serialize;
use serde_json::json;

use crate::{
    args::{RulesFormat, SpecFormat, Subject, TableFormat},
    console::columns,
    lint::config_schema,
    table::{Cell, Table, yes},
};

pub(crate) fn matrix(format: TableFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        TableFormat::Text => table().text(columns(), out),
        TableFormat::Markdown => table().markdown(out),
        TableFormat::Json => write_json(&json!({"rows": support::rows()}), out),
        TableFormat::Csv => out.write_all(published::matrix_csv().as_bytes()),
    }
}

fn table() -> Table {
    // A name that occurs in requests: code in Markdown.
    let code = |name: &str| Cell::Foreign(name.to_owned());
    let rows = support::rows().iter().map(|row| {
        vec![
            row.label.into(),
            row.id.map_or("n/a".into(), code),
            code(row.body_value),
            yes(row.get).into(),
            yes(row.post).into(),
        ]
    });
    Table {
        head: vec!["Action", "Id", "Body value", "GET", "POST"],
        rows: rows.collect(),
    }
}

pub(crate) fn rules(format: RulesFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        RulesFormat::Text => {
            let rules = Rule::all().iter();
            let row = |rule: &'static Rule| {
                let severities = severities(rule);
                vec![
                    rule.id.into(),
                    rule.name.into(),
                    (*severities).into(),
                    rule.summary.into(),
                ]
            };
            let table = Table {
                head: Vec::new(),
                rows: rules.map(|rule| row(rule)).collect(),
            };
            table.text(columns(), out)
        }
        RulesFormat::Json => write_json(&Rule::all(), out),
    }
}

/// `error`, or `warning/note` if the severity is lower in responses.
fn severities(rule: &Rule) -> String {
    match rule.in_responses {
        Some(severity) => format!("{}/{severity}", rule.severity),
        None => rule.severity.to_string(),
    }
}

pub(crate) fn spec(form: Form, format: SpecFormat, out: &mut dyn Write) -> io::Result<()> {
    match (format, form) {
        (SpecFormat::Yaml, Form::OpenApi30) => out.write_all(contract::YAML.as_bytes()),
        (SpecFormat::Yaml, form) => {
            serde_yaml_ng::to_writer(out, &contract::document_in(form)).map_err(io::Error::other)
        }
        (SpecFormat::Json, form) => write_json(&contract::document_in(form), out),
    }
}

pub(crate) fn schema(dialect: Dialect, of: Subject, out: &mut dyn Write) -> io::Result<()> {
    match of {
        Subject::Body(body) => write_json(&contract::json_schema_in(dialect, body), out),
        Subject::Config => write_json(&config_schema(dialect), out),
    }
}

fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
