//! How much of what the contract declares was seen.

use std::collections::BTreeMap;

use super::{
    aspect::Aspect,
    declared::{Declared, Item},
    undeclared::Undeclared,
};
use crate::lint::Report;

/// What an input exercises of the contract, and what it has that the contract lacks.
///
/// ```
/// use kaizala_actions::lint::{Aspect, Coverage, Linter};
///
/// let linter = Linter::new();
/// let body = br#"{"actionType": "Job", "actionBody": {"title": "Check the doors", "colour": "red"}}"#;
/// let mut coverage = Coverage::default();
/// linter.cover(body, &linter.lint_unknown(body), &mut coverage);
///
/// let members = coverage.iter(Aspect::Members).filter(|member| member.count > 0);
/// let members: Vec<_> = members.map(|member| format!("{} {}", member.of, member.name)).collect();
/// assert_eq!(members, ["JobRequest /actionType", "JobRequest /actionBody", "JobRequest /actionBody/title"]);
///
/// let undeclared: Vec<_> = coverage.undeclared(Aspect::Members).iter().collect();
/// assert_eq!(undeclared, [("JobRequest", "/actionBody/colour", 1)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// By the index of the item.
    counts: Vec<usize>,
    /// By the index of the cell.
    refused: BTreeMap<usize, usize>,
    undeclared: BTreeMap<Aspect, Undeclared>,
}

/// Something that the contract declares, and how often it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seen<'c> {
    /// What it belongs to, as in `JobRequest` or `listActions`; see [`Aspect`].
    pub of: &'c str,
    /// Its name, as in `/actionBody/title` or `200`.
    pub name: &'c str,
    /// How often it was seen.
    pub count: usize,
    /// How often it was refused, if it is a cell of the matrix.
    pub refused: usize,
}

/// Nothing is seen.
impl Default for Coverage {
    fn default() -> Self {
        Self {
            counts: vec![0; Declared::get().items.len()],
            refused: BTreeMap::new(),
            undeclared: BTreeMap::new(),
        }
    }
}

impl Coverage {
    /// Everything of a kind that the contract declares, in its order, seen or not.
    pub fn iter(&self, aspect: Aspect) -> impl Iterator<Item = Seen<'_>> {
        let items = Declared::get().items.iter().zip(&self.counts).enumerate();
        let items = items.filter(move |(_, (item, _))| item.aspect == aspect);
        items.map(|(index, (Item { of, name, .. }, count))| Seen {
            of,
            name,
            count: *count,
            refused: self.refused.get(&index).copied().unwrap_or_default(),
        })
    }

    /// How many things of a kind the contract declares, and how many of them were seen.
    #[must_use]
    pub fn total(&self, aspect: Aspect) -> (usize, usize) {
        self.iter(aspect).fold((0, 0), |(declared, seen), item| {
            (declared + 1, seen + usize::from(item.count > 0))
        })
    }

    /// What the contract lacks: see [`Aspect::undeclared_name`].
    #[must_use]
    pub fn undeclared(&self, aspect: Aspect) -> &Undeclared {
        static NOTHING: Undeclared = Undeclared::NOTHING;
        self.undeclared.get(&aspect).unwrap_or(&NOTHING)
    }

    /// Adds the rules of a report. [`Linter::cover`](crate::lint::Linter::cover) does it for the
    /// report of a body.
    pub fn add_rules(&mut self, report: &Report) {
        let listed = report.findings.iter().map(|finding| (finding.rule, 1));
        let unlisted = report
            .unlisted
            .iter()
            .map(|other| (other.rule, other.count));
        for (rule, count) in listed.chain(unlisted) {
            self.add_named(Aspect::Rules, rule.severity.name(), rule.id, count);
        }
    }

    /// Adds what another part of the input exercises. The order of the parts makes no difference.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        for (cell, more) in &other.refused {
            *self.refused.entry(*cell).or_default() += more;
        }
        for (aspect, undeclared) in &other.undeclared {
            self.lacks(*aspect).merge(undeclared);
        }
    }

    pub(super) fn add(&mut self, index: usize) {
        self.counts[index] += 1;
    }

    /// Returns whether the contract has it.
    pub(super) fn add_named(&mut self, aspect: Aspect, of: &str, name: &str, count: usize) -> bool {
        let index = Declared::get().index(aspect, of, name);
        index.inspect(|at| self.counts[*at] += count).is_some()
    }

    /// Returns whether the contract has the cell.
    pub(super) fn add_refused(&mut self, of: &str, name: &str, count: usize) -> bool {
        let cell = Declared::get().index(Aspect::Matrix, of, name);
        cell.inspect(|at| *self.refused.entry(*at).or_default() += count)
            .is_some()
    }

    pub(super) fn lacks(&mut self, aspect: Aspect) -> &mut Undeclared {
        self.undeclared.entry(aspect).or_default()
    }
}
