//! Counts over a run: by rule, by body, and by type of action.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, Write},
};

use kaizala_actions::{
    body::BodyKind,
    lint::{Coverage, Part, Rule, SeenType},
    support::{self, ActionType, Method},
};

use super::{Checked, CoverageTables, Summary};
use crate::table::{Cell, Table, yes};

/// How many names of types are kept that the matrix does not have: they come from the documents.
const MOST_NAMES: usize = 50;

/// What was seen in a run.
#[derive(Debug, Default)]
pub struct Statistics {
    rules: BTreeMap<&'static str, OfRule>,
    /// By kind of body; other texts by the part of the exchange.
    bodies: BTreeMap<(Option<BodyKind>, Option<Part>), Summary>,
    types: BTreeMap<(BodyKind, SeenType), usize>,
    coverage: Option<Coverage>,
    /// How wide the tables may be.
    columns: Option<usize>,
}

#[derive(Debug)]
struct OfRule {
    rule: &'static Rule,
    /// Of notes, of warnings and of errors.
    counts: [usize; 3],
    /// Where it was found first.
    first: String,
}

impl Statistics {
    /// For a terminal of this width, if it is one.
    #[must_use]
    pub fn within(columns: Option<usize>) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    /// Adds a document.
    pub fn add(&mut self, checked: &Checked<'_>) {
        let Checked {
            path,
            origin,
            report,
            ..
        } = checked;
        let part = origin.part.filter(|_| report.body.is_none());
        self.bodies
            .entry((report.body, part))
            .or_default()
            .add(report);
        for finding in &report.findings {
            let rule = finding.rule;
            let of_rule = self.rules.entry(rule.id).or_insert_with(|| {
                let place = origin.place(finding);
                let first = format!("{path}:{} {}", place.start, checked.within(&place));
                OfRule {
                    rule,
                    counts: [0; 3],
                    first: first.trim_end().to_owned(),
                }
            });
            of_rule.counts[finding.severity as usize] += 1;
        }
        for others in &report.unlisted {
            let of_rule = self.rules.entry(others.rule.id).or_insert_with(|| OfRule {
                rule: others.rule,
                counts: [0; 3],
                first: (*path).to_owned(),
            });
            of_rule.counts[others.severity as usize] += others.count;
        }
        let Some(kind) = report.body else { return };
        for seen in report.types() {
            let key = (kind, seen.clone());
            let is_counted = self.types.len() < MOST_NAMES || self.types.contains_key(&key);
            let seen = match seen {
                SeenType::Named(name) => SeenType::Named(match ActionType::by_name(&name) {
                    Some(known) => known.row().body_value.into(),
                    None if is_counted => name,
                    None => "(others)".into(),
                }),
                other => other,
            };
            *self.types.entry((kind, seen)).or_default() += 1;
        }
    }

    /// Adds what the input exercises of the contract.
    pub(crate) fn cover(&mut self, coverage: &Coverage) {
        self.coverage = Some(coverage.clone());
    }

    /// The coverage, if it was added.
    pub(crate) fn coverage(&self) -> Option<CoverageTables> {
        self.coverage.as_ref().map(CoverageTables::of)
    }

    /// Writes the tables of what there is, as text.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for table in [self.by_rule(), self.by_body(), self.by_type()] {
            if !table.rows.is_empty() {
                table.text(self.columns, out)?;
                writeln!(out)?;
            }
        }
        self.coverage()
            .map_or(Ok(()), |tables| tables.write(self.columns, out))
    }

    /// The rules that found something, those of the most findings first.
    pub(crate) fn by_rule(&self) -> Table {
        let mut rules: Vec<_> = self.rules.values().collect();
        rules.sort_by_key(|of_rule| Reverse(of_rule.counts.iter().sum::<usize>()));
        let rows = rules.into_iter().map(|of_rule| {
            let mut row = vec![of_rule.rule.id.into(), of_rule.rule.name.into()];
            row.extend(of_rule.counts.into_iter().rev().map(Cell::from));
            row.push(Cell::Foreign(of_rule.first.clone()));
            row
        });
        Table {
            head: vec!["Rule", "Name", "Errors", "Warnings", "Notes", "First"],
            rows: rows.collect(),
        }
    }

    pub(crate) fn by_body(&self) -> Table {
        let rows = self.bodies.iter().map(|((kind, part), counts)| {
            let name = kind.map(BodyKind::name).or(part.map(Part::name));
            vec![
                name.unwrap_or("(unknown)").into(),
                counts.documents.into(),
                counts.clean.into(),
                counts.errors.into(),
                counts.warnings.into(),
                counts.notes.into(),
            ]
        });
        Table {
            head: vec!["Body", "Documents", "Clean", "Errors", "Warnings", "Notes"],
            rows: rows.collect(),
        }
    }

    /// Each type and body that was seen.
    pub(crate) fn by_type(&self) -> Table {
        let rows = self
            .types
            .iter()
            .map(|((kind, seen), count)| vec![kind.name().into(), name(seen), (*count).into()]);
        Table {
            head: vec!["Body", "Type", "Seen"],
            rows: rows.collect(),
        }
    }

    /// The support matrix, with counts for each of its cells: listed or fetched, and posted.
    /// Responses to actions are not actions.
    pub(crate) fn matrix(&self) -> Table {
        let rows = support::rows().iter().map(|row| {
            let seen = |method| {
                let counts = self.types.iter().filter(|((kind, seen), _)| {
                    kind.method() == Some(method)
                        && *kind != BodyKind::RespondToActionRequest
                        && matches!(seen, SeenType::Named(name) if name == row.body_value)
                });
                counts.map(|(_, count)| count).sum::<usize>().into()
            };
            vec![
                row.label.into(),
                row.id.unwrap_or("n/a").into(),
                row.body_value.into(),
                yes(row.get).into(),
                seen(Method::Get),
                yes(row.post).into(),
                seen(Method::Post),
            ]
        });
        Table {
            head: vec!["Action", "Id", "Body value", "GET", "Seen", "POST", "Seen"],
            rows: rows.collect(),
        }
    }
}

fn name(seen: &SeenType) -> Cell {
    match seen {
        SeenType::Named(name) => match ActionType::by_name(name) {
            Some(known) => known.row().body_value.into(),
            None => Cell::Foreign(name.to_string()),
        },
        SeenType::Package => "(action package)".into(),
        SeenType::Missing => "(none)".into(),
    }
}
