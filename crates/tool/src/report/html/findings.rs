//! The findings by rule.

use kaizala_actions::lint::{Finding, Rule, Severity};
use maud::{Markup, Render, html};

use super::pieces::{bar, short};
use crate::report::{Checked, excerpt::Excerpt};

/// How many findings of a rule are listed.
pub(super) const LISTED: usize = 5;

/// One of the first findings of a rule.
#[derive(Debug)]
pub(super) struct First {
    severity: Severity,
    /// The file, the position, and what is between them.
    place: String,
    pointer: String,
    message: String,
    expected: Option<String>,
    help: Option<String>,
    fix: Option<String>,
    line: usize,
    before: String,
    marked: String,
    after: String,
}

/// The findings of a rule.
#[derive(Debug)]
pub(super) struct OfRule {
    pub rule: &'static Rule,
    /// Of notes, of warnings and of errors.
    pub counts: [usize; 3],
    pub firsts: Vec<First>,
}

impl OfRule {
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

impl First {
    /// A finding and its document, both masked.
    pub fn new(checked: &Checked<'_>, finding: &Finding, text: &[u8]) -> Self {
        let at = checked.origin.place(finding);
        let within = checked.within(&at);
        let place = format!("{}:{} {within}", checked.path, at.start);
        let span = finding.offset..finding.offset + finding.length;
        let Excerpt { text, span } = Excerpt::of(text, span);
        Self {
            severity: finding.severity,
            place: short(place.trim_end()),
            pointer: short(&finding.pointer),
            message: short(&finding.message),
            expected: finding.expected.as_deref().map(short),
            help: finding.help.as_deref().map(short),
            fix: finding.fix.as_ref().map(|fix| short(&fix.description)),
            line: at.in_text.unwrap_or(at.start).line,
            before: text[..span.start].to_owned(),
            marked: text[span.clone()].to_owned(),
            after: text[span.end..].to_owned(),
        }
    }
}

impl Render for First {
    fn render(&self) -> Markup {
        html! {
            li {
                p { (severity(self.severity)) " " (inline(&self.message)) }
                p.place {
                    code { (self.place) }
                    @if !self.pointer.is_empty() { " at " code { (self.pointer) } }
                }
                pre {
                    code {
                        span.line { (self.line) " " }
                        (self.before)
                        // The end of a text is a place, too.
                        mark { @if self.marked.is_empty() { "\u{a0}" } @else { (self.marked) } }
                        (self.after)
                    }
                }
                @if let Some(expected) = &self.expected { p { "Expected: " (inline(expected)) } }
                @if let Some(help) = &self.help { p { "Help: " (inline(help)) } }
                @if let Some(fix) = &self.fix { p { code { "lint --fix" } ": " (inline(fix)) } }
            }
        }
    }
}

fn severity(severity: Severity) -> Markup {
    html! { span class={ "severity " (severity) } { (severity) } }
}

/// The rules with the most findings first.
pub(super) fn ordered<'r>(rules: impl Iterator<Item = &'r OfRule>) -> Vec<&'r OfRule> {
    let mut rules: Vec<_> = rules.collect();
    rules.sort_by_key(|of_rule| std::cmp::Reverse(of_rule.total()));
    rules
}

/// A row for each rule, with a bar; `is_listed` says whether its first findings follow.
pub(super) fn table(rules: &[&OfRule], is_listed: impl Fn(&OfRule) -> bool) -> Markup {
    let most = rules.first().map_or(0, |of_rule| of_rule.total());
    html! {
        table {
            caption { "Findings by rule" }
            thead {
                tr {
                    th scope="col" { "Rule" }
                    th.number scope="col" { "Errors" }
                    th.number scope="col" { "Warnings" }
                    th.number scope="col" { "Notes" }
                    th scope="col" { "All" }
                }
            }
            tbody {
                @for of_rule in rules {
                    tr {
                        th scope="row" {
                            @let name = html! { (of_rule.rule.name) " " span.id { (of_rule.rule.id) } };
                            @if is_listed(of_rule) {
                                a href={ "#" (of_rule.rule.id) } { (name) }
                            } @else { (name) }
                        }
                        @for (label, count) in ["Errors", "Warnings", "Notes"].iter().zip(of_rule.counts.iter().rev()) {
                            td.number data-label=(label) { (count) }
                        }
                        td data-label="All" { (bar(of_rule.total(), most)) }
                    }
                }
            }
        }
    }
}

/// The first findings of a rule.
pub(super) fn section(of_rule: &OfRule) -> Markup {
    let (rule, firsts) = (of_rule.rule, &of_rule.firsts);
    let total = of_rule.total();
    html! {
        section {
            h3 id=(rule.id) { (rule.name) " " span.id { (rule.id) } }
            p { (inline(rule.summary)) " " (inline(rule.why)) }
            @if firsts.len() < total {
                p.quiet { "The first " (firsts.len()) " of " (total) ":" }
            }
            ol { @for first in firsts { (first) } }
        }
    }
}

/// Text in which names are between backticks.
fn inline(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
