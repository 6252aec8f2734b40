//! Tables of what an input exercises of the contract.

use std::io::{self, Write};

use kaizala_actions::lint::{Aspect, Coverage, Seen};

use crate::table::{Cell, Table};

/// What was seen of the contract, what was not, and what the contract lacks.
pub(crate) struct CoverageTables {
    totals: Table,
    unseen: Table,
    undeclared: Table,
}

impl CoverageTables {
    pub fn of(coverage: &Coverage) -> Self {
        Self {
            totals: totals(coverage),
            unseen: unseen(coverage),
            undeclared: undeclared(coverage),
        }
    }

    /// Each with its title.
    pub fn titled(self) -> [(&'static str, Table); 3] {
        [
            ("Coverage of the contract", self.totals),
            ("What was not seen", self.unseen),
            ("What the contract lacks", self.undeclared),
        ]
    }

    /// Writes those that have rows, as text.
    pub fn write(self, columns: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
        for table in [self.totals, self.unseen, self.undeclared] {
            if !table.rows.is_empty() {
                table.text(columns, out)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }
}

/// What a kind of thing is called in a table.
pub(super) fn title(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Matrix => "cells of the matrix",
        Aspect::Values => "values of enums",
        other => other.name(),
    }
}

fn totals(coverage: &Coverage) -> Table {
    let rows = Aspect::ALL.into_iter().map(|aspect| {
        let (declared, seen) = coverage.total(aspect);
        let unseen = declared - seen;
        vec![
            title(aspect).into(),
            declared.into(),
            seen.into(),
            unseen.into(),
        ]
    });
    Table {
        head: vec!["Coverage", "Declared", "Seen", "Not seen"],
        rows: rows.collect(),
    }
}

/// What belongs together, and what was not seen of it.
pub(super) struct Group<'c> {
    pub of: &'c str,
    pub declared: usize,
    pub unseen: Vec<&'c str>,
}

impl Group<'_> {
    /// The names of what was not seen.
    pub fn names(&self) -> String {
        if self.unseen.len() == self.declared && self.declared > 1 {
            "all".to_owned()
        } else {
            self.unseen.join(", ")
        }
    }
}

/// The groups of a kind, in the order of the contract.
pub(super) fn groups(coverage: &Coverage, aspect: Aspect) -> Vec<Group<'_>> {
    let items: Vec<_> = coverage.iter(aspect).collect();
    let groups = items.chunk_by(|one, other| one.of == other.of);
    let groups = groups.map(|group| Group {
        of: group[0].of,
        declared: group.len(),
        unseen: unseen_names(group),
    });
    groups.collect()
}

fn unseen_names<'c>(group: &[Seen<'c>]) -> Vec<&'c str> {
    let unseen = group.iter().filter(|item| item.count == 0);
    unseen.map(|item| item.name).collect()
}

/// A row for each group that was not seen as a whole.
fn unseen(coverage: &Coverage) -> Table {
    let rows = Aspect::ALL.into_iter().flat_map(|aspect| {
        let groups = groups(coverage, aspect).into_iter();
        let groups = groups.filter(|group| !group.unseen.is_empty());
        groups.map(move |group| {
            let which = Cell::Word(format!("{}: {}", group.of, group.names()));
            vec![title(aspect).into(), group.unseen.len().into(), which]
        })
    });
    Table {
        head: vec!["Not seen", "Count", "Which"],
        rows: rows.collect(),
    }
}

fn undeclared(coverage: &Coverage) -> Table {
    let kinds = Aspect::ALL.into_iter();
    let kinds = kinds.filter_map(|aspect| Some((aspect, aspect.undeclared_name()?)));
    let rows = kinds.flat_map(|(aspect, kind)| {
        let undeclared = coverage.undeclared(aspect);
        let row = |count: usize, which| vec![kind.into(), count.into(), which];
        let names = undeclared.iter();
        let names = names.map(|(of, name, count)| {
            let name = if name.is_empty() { "(empty)" } else { name };
            row(count, Cell::Foreign(format!("{of} {name}")))
        });
        let others = undeclared.others();
        let others = (others > 0).then(|| row(others, "(others)".into()));
        names.chain(others).collect::<Vec<_>>()
    });
    Table {
        head: vec!["Not declared", "Seen", "Which"],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    #[test]
    fn tables_fit_a_narrow_terminal() {
        for columns in [60, 80] {
            let mut out = Vec::new();
            let tables = CoverageTables::of(&Coverage::default());
            tables
                .write(Some(columns), &mut out)
                .expect("memory takes it");
            let text = String::from_utf8(out).expect("UTF-8");
            let widest = text.lines().max_by_key(|line| line.width());
            assert!(
                widest.is_some_and(|line| line.width() <= columns),
                "{widest:?}"
            );
        }
    }
}
