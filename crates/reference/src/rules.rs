//! The rules of the linter, each with what shows it and what to do about it.

use kaizala_actions::lint::{Example, Finding, Linter, Rule, Severity, printable};
use maud::{Markup, html};

use super::{
    code, json,
    layout::{Page, section, table},
    prose,
    schema::tags,
    site::{RULES, family_page, rule_place},
};

/// The families, by the first digit of the ids of their rules.
const FAMILIES: [(&str, &str); 7] = [
    ("0", "The text"),
    ("1", "Envelope and names"),
    ("2", "Support matrix"),
    ("3", "Schema"),
    ("4", "Meaning"),
    ("5", "Responses"),
    ("6", "Exchanges"),
];

/// A page with all rules as a table, and one for each family.
pub(super) fn pages() -> Vec<Page> {
    let families = FAMILIES.iter().map(|(digit, name)| family(digit, name));
    [page()].into_iter().chain(families).collect()
}

fn of_family(digit: &str) -> impl Iterator<Item = &'static Rule> {
    let rules = Rule::all().iter().copied();
    rules.filter(move |rule| rule.id[2..].starts_with(digit))
}

fn family(digit: &str, name: &str) -> Page {
    let title = format!("Rules: {name}");
    let content = html! {
        h1 { (title) }
        p { a href=(RULES) { "All rules" } }
        @for rule in of_family(digit) { (explained(rule)) }
    };
    Page::new(&family_page(digit), &title, content)
}

fn page() -> Page {
    let content = html! {
        h1 { "Rules" }
        p.lead {
            "What " code { "kaizala-actions lint" } " finds in recorded bodies and exchanges. "
            "An error is what the contract refuses; a warning is what the service is believed to "
            "take; a note is what a reader should know."
        }
        div.filtered {
            (table("All rules", &["Id", "Name", "Severity", "What is found"], &html! {
                @for rule in Rule::all() {
                    tr {
                        th scope="row" { a href=(rule_place(rule.id)) { (rule.id) } }
                        td.name { code { (rule.name) } }
                        td { (severities(rule)) }
                        td.wide { (prose::inline(rule.summary)) }
                    }
                }
            }))
        }
        (section("families", "Families"))
        ul {
            @for (digit, name) in FAMILIES {
                li { a href=(family_page(digit)) { (name) } ", KZ" (digit) "01 and so on" }
            }
        }
    };
    Page::new(RULES, "Rules", content)
}

fn explained(rule: &Rule) -> Markup {
    let finding = finding(rule);
    html! {
        section.rule {
            (section(rule.id, html! { (rule.name) " " span.id { (rule.id) } }))
            p { (severities(rule)) }
            p { (prose::inline(rule.summary)) " " (prose::inline(rule.why)) }
            div.pair {
                (example("Bad", rule, rule.bad))
                (example("Good", rule, rule.good))
            }
            @if let Some(most) = rule.bad.most_findings {
                p { "With at most " (most) " findings listed." }
            }
            @if let Some(survey) = rule.bad.survey {
                p { "Both answer this survey:" }
                @let text = json::laid_out(&printable(survey), json::PAGE);
                (code::block(&format!("Survey of {}", rule.id), "json", &text))
            }
            dl.finding {
                @if let Some(finding) = finding {
                    div {
                        dt { "Finding" }
                        dd {
                            (prose::inline(&finding.message))
                            @if !finding.pointer.is_empty() { " at " code { (finding.pointer) } }
                        }
                    }
                    @if let Some(help) = &finding.help {
                        div { dt { "Help" } dd { (prose::inline(help)) } }
                    }
                    @if let Some(fix) = &finding.fix {
                        div {
                            dt { "By machine" }
                            dd {
                                code { "lint --fix" } " does it: "
                                (prose::inline(&fix.description))
                            }
                        }
                    }
                }
                @if !rule.sources.is_empty() {
                    div { dt { "Source" } dd { (tags(rule.sources, rule.decisions)) } }
                }
            }
        }
    }
}

/// `error`, or `error in requests, warning in responses`.
fn severities(rule: &Rule) -> Markup {
    let badge =
        |severity: Severity| html! { span.severity.(severity.name()) { (severity.name()) } };
    html! {
        (badge(rule.severity))
        @if let Some(severity) = rule.in_responses {
            " in requests, " (badge(severity)) " in responses"
        }
    }
}

fn example(title: &str, rule: &Rule, example: Example) -> Markup {
    let text = json::laid_out(&printable(example.text), json::COLUMN);
    html! {
        div {
            p.title { strong { (title) } @if let Some(body) = example.body { " " code { (body) } } }
            (code::block(&format!("{title} example of {}", rule.id), "json", &text))
        }
    }
}

/// The linter's findings in the bad example.
fn finding(rule: &Rule) -> Option<Finding> {
    let mut findings = findings(rule.bad).into_iter();
    findings.find(|finding| finding.rule == rule)
}

fn findings(example: Example) -> Vec<Finding> {
    let text = example.text.as_bytes();
    let linter = Linter::for_example(&example);
    match example.body {
        Some(Example::EXCHANGE) => {
            let parts = linter.lint_exchange_json(text).parts.into_iter();
            parts.flat_map(|part| part.report.findings).collect()
        }
        Some(kind) => kind
            .parse()
            .map_or_else(|_| Vec::new(), |kind| linter.lint(kind, text).findings),
        None => linter.lint_unknown(text).findings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page shows, if it is the example and not a rendering of signs that cannot be seen.
    fn shown(example: Example) -> Option<String> {
        (printable(example.text) == example.text)
            .then(|| json::laid_out(example.text, json::COLUMN))
    }

    /// A record that is too long for a machine is so for a page.
    const TOO_LONG: &str = "record-too-long";

    #[test]
    fn every_rule_tells_what_to_do_and_shows_what_it_finds() {
        for rule in Rule::all().iter().filter(|rule| rule.name != TOO_LONG) {
            let found =
                finding(rule).unwrap_or_else(|| panic!("{}: the bad example shows it", rule.name));
            assert!(found.help.is_some(), "{}: no help", rule.name);
            for (example, expected) in [(rule.bad, 1), (rule.good, 0)] {
                let Some(text) = shown(example) else { continue };
                let mut laid_out = example;
                laid_out.text = Box::leak(text.into_boxed_str());
                let found = findings(laid_out).len();
                assert_eq!(found, expected, "{}: {}", rule.name, laid_out.text);
            }
        }
    }
}
