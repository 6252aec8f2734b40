//! One page for a browser: no script, nothing to load, and of limited size.

mod coverage;
mod findings;
mod page;
mod pieces;
mod worst;

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use kaizala_actions::lint::{Coverage, Rule};

use super::{Checked, Renderer, Summary};
use findings::{First, LISTED, OfRule};
use page::Content;
use worst::Worst;

/// How many files are named that could not be read.
const MOST_UNREAD: usize = 20;

/// Totals, coverage, the matrix, the findings by rule with the first of each, and the files with
/// most of them. What it quotes is masked.
#[derive(Debug, Default)]
pub struct Html {
    rules: BTreeMap<&'static str, OfRule>,
    files: Worst,
    unread: Vec<String>,
    /// How many more could not be read.
    more_unread: usize,
    coverage: Option<Coverage>,
}

impl Html {
    fn rule(&mut self, rule: &'static Rule) -> &mut OfRule {
        self.rules.entry(rule.id).or_insert_with(|| OfRule {
            rule,
            counts: [0; 3],
            firsts: Vec::new(),
        })
    }
}

impl Renderer for Html {
    fn document(&mut self, checked: &Checked<'_>, _: &mut dyn Write) -> io::Result<()> {
        let report = &checked.report;
        let mut text = None;
        for (finding, masked) in report.findings.iter().zip(checked.findings()) {
            let of_rule = self.rule(finding.rule);
            of_rule.counts[finding.severity as usize] += 1;
            if of_rule.firsts.len() < LISTED {
                // As in the other formats, without phone numbers too.
                let text = text.get_or_insert_with(|| report.hidden().all(checked.text));
                of_rule.firsts.push(First::new(checked, &masked, text));
            }
        }
        for others in &report.unlisted {
            self.rule(others.rule).counts[others.severity as usize] += others.count;
        }
        self.files.add(checked);
        Ok(())
    }

    fn unread(&mut self, message: &str, _: &mut dyn Write) -> io::Result<()> {
        if self.unread.len() < MOST_UNREAD {
            self.unread.push(pieces::short(message));
        } else {
            self.more_unread += 1;
        }
        Ok(())
    }

    fn cover(&mut self, coverage: &Coverage) {
        self.coverage = Some(coverage.clone());
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.files.end();
        let content = Content {
            summary,
            rules: findings::ordered(self.rules.values()),
            files: &self.files,
            unread: &self.unread,
            more_unread: self.more_unread,
            coverage: self.coverage.as_ref(),
        };
        writeln!(out, "{}", page::page(&content))
    }
}
