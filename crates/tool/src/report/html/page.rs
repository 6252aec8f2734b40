//! The page as a whole.

use kaizala_actions::lint::Coverage;
use kaizala_actions_reference::COLOURS;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{
    coverage,
    findings::{self, OfRule},
    pieces::{bar, short},
    worst::{OfFile, Worst},
};
use crate::{inert::inert_xml, report::Summary};

/// The most bytes of the page, except for a line that says what is left out.
const MOST: usize = 990_000;

/// The digest of the stylesheet, which is all that the page may use.
const POLICY: &str = concat!(
    "default-src 'none'; style-src 'sha256-",
    "BtlhBl7uJ9cTybFcrjK/YhIDGIaWAi9W2LvXpCxTQW4=",
    "'; base-uri 'none'; form-action 'none'"
);

/// What is on the page.
pub(super) struct Content<'c> {
    pub summary: &'c Summary,
    /// Those with the most findings first.
    pub rules: Vec<&'c OfRule>,
    pub files: &'c Worst,
    /// Why files could not be read.
    pub unread: &'c [String],
    pub more_unread: usize,
    pub coverage: Option<&'c Coverage>,
}

/// The whole page. The first findings of rules are left out where they would make it too large.
pub(super) fn page(content: &Content<'_>) -> String {
    // As if all were listed, which makes it no smaller.
    let around = frame(content, content.rules.len(), &[]);
    let mut left = MOST.saturating_sub(bytes(&around));
    let mut sections = Vec::new();
    for of_rule in &content.rules {
        let section = findings::section(of_rule);
        let Some(less) = left.checked_sub(bytes(&section.0)) else {
            break;
        };
        left = less;
        sections.push(section);
    }
    frame(content, sections.len(), &sections)
}

/// As large as it is when it is written.
fn bytes(text: &str) -> usize {
    inert_xml(text).len()
}

/// The page with these sections, which are those of the first rules.
fn frame(content: &Content<'_>, listed: usize, sections: &[Markup]) -> String {
    let Content {
        summary,
        rules,
        coverage,
        ..
    } = content;
    let (coverage, files) = (*coverage, content.files.files());
    let undeclared = coverage.and_then(coverage::undeclared);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { "Report of kaizala-actions lint" }
                style { (PreEscaped(style())) }
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header {
                    nav aria-label="Sections" {
                        ul {
                            @if coverage.is_some() { li { a href="#matrix" { "Matrix" } } }
                            li { a href="#findings" { "Findings" } }
                            @if !files.is_empty() { li { a href="#files" { "Files" } } }
                            @if coverage.is_some() { li { a href="#coverage" { "Coverage" } } }
                            @if undeclared.is_some() { li { a href="#undeclared" { "Not declared" } } }
                        }
                    }
                }
                main id="content" tabindex="-1" {
                    h1 { "Report of kaizala-actions lint" }
                    (totals(summary))
                    (unread(content))
                    @if let Some(coverage) = coverage {
                        h2 id="matrix" { "Support matrix" }
                        (coverage::matrix(coverage))
                    }
                    h2 id="findings" { "Findings by rule" }
                    @if rules.is_empty() { p { "There are no findings." } }
                    @else {
                        (findings::table(rules, |of_rule| {
                            rules[..listed].iter().any(|other| other.rule == of_rule.rule)
                        }))
                    }
                    @if !files.is_empty() {
                        h2 id="files" { "Files with the most findings" }
                        (worst(files))
                        @if content.files.is_cut() { p.quiet { "There may be more files with findings." } }
                    }
                    @if let Some(coverage) = coverage {
                        h2 id="coverage" { "Coverage of the contract" }
                        (coverage::totals(coverage))
                    }
                    @if let Some(undeclared) = &undeclared {
                        h2 id="undeclared" { "What the contract lacks" }
                        (undeclared)
                    }
                    @if !sections.is_empty() {
                        h2 { "The first findings of each rule" }
                        @for section in sections { (section) }
                    }
                    @if listed < rules.len() {
                        p { "To limit the size of the page, those of " (rules.len() - listed) " more rules are left out; the format json has all findings." }
                    }
                }
                footer { "kaizala-actions " (env!("CARGO_PKG_VERSION")) }
            }
        }
    };
    page.0
}

fn style() -> String {
    format!("{COLOURS}\n{}", include_str!("style.css"))
}

fn totals(summary: &Summary) -> Markup {
    html! {
        dl.facts {
            @for (name, count) in [
                ("Documents", summary.documents),
                ("Clean", summary.clean),
                ("Errors", summary.errors),
                ("Warnings", summary.warnings),
                ("Notes", summary.notes),
            ] {
                div { dt { (name) } dd { (count) } }
            }
        }
        @if !summary.not_judged.is_empty() { p { "Not judged: " (summary.not_judged) "." } }
    }
}

fn unread(content: &Content<'_>) -> Markup {
    html! {
        @if !content.unread.is_empty() {
            h2 { "Could not be read" }
            ul {
                @for message in content.unread { li { code { (message) } } }
                @if content.more_unread > 0 { li { (content.more_unread) " more" } }
            }
        }
    }
}

fn worst(files: &[OfFile]) -> Markup {
    let most = files.first().map_or(0, OfFile::total);
    html! {
        table {
            caption { "Files with the most findings" }
            thead {
                tr {
                    th scope="col" { "File" }
                    th.number scope="col" { "Errors" }
                    th.number scope="col" { "Warnings" }
                    th.number scope="col" { "Notes" }
                    th scope="col" { "All" }
                }
            }
            tbody {
                @for file in files {
                    tr {
                        th scope="row" { code { (short(&file.path)) } }
                        @for (label, count) in ["Errors", "Warnings", "Notes"].iter().zip(file.counts.iter().rev()) {
                            td.number data-label=(label) { (count) }
                        }
                        td data-label="All" { (bar(file.total(), most)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };

    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_policy_admits_the_stylesheet_and_nothing_else() {
        let mut digest = Command::new("sha256sum")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("coreutils");
        let mut stdin = digest.stdin.take().expect("piped");
        stdin.write_all(style().as_bytes()).expect("it reads");
        drop(stdin);
        let output = digest.wait_with_output().expect("it ends").stdout;
        let digest = data_encoding::HEXLOWER.decode(&output[..64]).expect("hex");
        let source = format!("'sha256-{}'", data_encoding::BASE64.encode(&digest));
        assert!(POLICY.contains(&source), "{source}");
    }
}
