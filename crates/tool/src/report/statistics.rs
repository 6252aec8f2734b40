//! Counts over a run: by rule, by body, and by type of action.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
};

use kaizala_actions::{
    body::BodyKind,
    lint::{Finding, Part, Rule, Severity},
    mask,
    support::{self, ActionType, Method},
};

use super::{
    Checked, Summary,
    types::{Seen, Shape},
};
use crate::table::{Cell, Table};

/// How many names of types are kept that the matrix does not have: they come from the documents.
const MOST_NAMES: usize = 50;

/// What was seen in a run.
#[derive(Debug, Default)]
pub struct Statistics {
    rules: BTreeMap<&'static str, OfRule>,
    /// By body; of what is no body, by the part of an exchange that it is.
    bodies: BTreeMap<(Option<BodyKind>, Option<Part>), Summary>,
    shapes: HashMap<BodyKind, Option<Shape<'static>>>,
    types: BTreeMap<(BodyKind, Seen), usize>,
}

#[derive(Debug)]
struct OfRule {
    rule: &'static Rule,
    counts: [usize; 3],
    /// Where it was found first.
    first: String,
}

impl Statistics {
    /// Adds a document.
    pub fn add(&mut self, checked: &Checked<'_>) {
        let Checked {
            path,
            origin,
            text,
            report,
        } = checked;
        let part = origin.part.filter(|_| report.body.is_none());
        self.bodies
            .entry((report.body, part))
            .or_default()
            .add(report);
        for finding in &report.findings {
            let Finding { rule, severity, .. } = finding;
            let of_rule = self.rules.entry(rule.id).or_insert_with(|| OfRule {
                rule,
                counts: [0; 3],
                first: format!(
                    "{path}:{} {}",
                    origin.place(finding).start,
                    origin.within(&origin.place(finding))
                )
                .trim_end()
                .to_owned(),
            });
            of_rule.counts[column(*severity)] += 1;
        }
        let Some(kind) = report.body else { return };
        let Some(shape) = self.shapes.entry(kind).or_insert_with(|| Shape::of(kind)) else {
            return;
        };
        for seen in shape.types(text) {
            let seen = match seen {
                Seen::Type(name) => match ActionType::by_name(&name) {
                    Some(known) => Seen::Type(known.to_string()),
                    None if self.types.len() < MOST_NAMES
                        || self.types.contains_key(&(kind, Seen::Type(name.clone()))) =>
                    {
                        Seen::Type(mask::phones(&name).into_owned())
                    }
                    None => Seen::Type("(others)".to_owned()),
                },
                other => other,
            };
            *self.types.entry((kind, seen)).or_default() += 1;
        }
    }

    /// Writes the tables of what there is, as text.
    ///
    /// # Errors
    /// Whatever writing gives.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for table in [self.by_rule(), self.by_body(), self.by_type()] {
            if !table.rows.is_empty() {
                table.text(out)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    /// The rules that found something, those of the most findings first.
    pub(crate) fn by_rule(&self) -> Table {
        let mut rules: Vec<_> = self.rules.values().collect();
        rules.sort_by_key(|of_rule| std::cmp::Reverse(of_rule.counts.iter().sum::<usize>()));
        let rows = rules.into_iter().map(
            |OfRule {
                 rule,
                 counts,
                 first,
             }| {
                let mut row = vec![rule.id.into(), rule.name.into()];
                row.extend(counts.iter().copied().map(Cell::from));
                row.push(Cell::Foreign(first.clone()));
                row
            },
        );
        Table {
            head: vec!["Rule", "Name", "Errors", "Warnings", "Notes", "First"],
            rows: rows.collect(),
        }
    }

    pub(crate) fn by_body(&self) -> Table {
        let rows = self.bodies.iter().map(|((kind, part), summary)| {
            let Summary {
                documents,
                clean,
                errors,
                warnings,
                notes,
                ..
            } = *summary;
            let name = kind
                .map(BodyKind::name)
                .or(part.map(Part::name))
                .unwrap_or("(unknown)");
            let mut row = vec![name.into()];
            row.extend([documents, clean, errors, warnings, notes].map(Cell::from));
            row
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

    /// The support matrix, with how often each of its cells was seen: listed or fetched, and
    /// posted.
    pub(crate) fn matrix(&self) -> Table {
        let rows = support::rows().iter().map(|row| {
            let seen = |method| Cell::from(self.count(row.action_type, method));
            let word = |supported| Cell::from(if supported { "Yes" } else { "No" });
            vec![
                row.label.into(),
                row.id.unwrap_or("n/a").into(),
                row.body_value.into(),
                word(row.get),
                seen(Method::Get),
                word(row.post),
                seen(Method::Post),
            ]
        });
        Table {
            head: vec!["Action", "Id", "Body value", "GET", "Seen", "POST", "Seen"],
            rows: rows.collect(),
        }
    }

    /// How many actions of a type were seen in bodies of a method; answers to actions are none.
    fn count(&self, action_type: ActionType, method: Method) -> usize {
        let name = action_type.to_string();
        let is = |kind: BodyKind| {
            kind.method() == Some(method) && kind != BodyKind::PostActionResponseRequest
        };
        self.types
            .iter()
            .filter(|((kind, seen), _)| is(*kind) && *seen == Seen::Type(name.clone()))
            .map(|(_, count)| count)
            .sum()
    }
}

fn name(seen: &Seen) -> Cell {
    match seen {
        Seen::Type(name) if ActionType::by_name(name).is_none() => Cell::Foreign(name.clone()),
        known => Cell::Word(known.name().into_owned()),
    }
}

fn column(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    }
}
