//! `lint --format html`: one page that loads nothing, and is of limited size.

use kaizala_actions::lint::{Coverage, Rule, printable};
use kaizala_actions_cli::report::{Format, RenderOptions, Summary};
use proptest::prelude::*;

use crate::{
    formats::{checked, hostile, render},
    helpers::{ROOT, command, output, stdout},
    html::attributes,
};

/// The text of a page, without its tags, if each tag is closed.
fn read(page: &str) -> Result<String, String> {
    let page = page.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
    let (mut text, mut open) = (String::new(), Vec::new());
    for part in page.split('<').skip(1) {
        let (tag, after) = part.split_once('>').ok_or(part)?;
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) if open.pop() == Some(name) => {}
            Some(name) => return Err(format!("{name} is closed")),
            None if name == "meta" => {}
            None => open.push(name),
        }
        if open.last() != Some(&"style") {
            text += after;
        }
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#58;", ":"),
        ("&#35;", "#"),
        ("&amp;", "&"),
    ];
    let text = signs
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to));
    open.is_empty()
        .then_some(text)
        .ok_or(format!("{open:?} is open"))
}

#[test]
fn the_page_runs_nothing_and_loads_nothing() {
    let mut command = command(&["lint", "--format", "html", "openapi/examples"]);
    let output = output(command.current_dir(ROOT), "");
    assert_eq!(output.status.code(), Some(1));
    let page = stdout(&output);
    read(page).expect("each tag is closed");
    for forbidden in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        " style=",
        " src=",
        "url(",
        "@import",
        "javascript:",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let handler = |word: &str| word.starts_with("on") && word.contains("=\"");
    assert!(!page.split(['<', ' ']).any(handler));
    let policy = attributes(page, "content");
    assert!(
        policy
            .iter()
            .any(|it| it.starts_with("default-src 'none'; style-src 'sha256-"))
    );
    let ids = attributes(page, "id");
    let links = attributes(page, "href");
    assert!(links.len() > 20);
    for link in links {
        let target = link.strip_prefix('#').expect("a place on the page");
        assert_eq!(ids.iter().filter(|id| **id == target).count(), 1, "{link}");
    }
    for (cell, class) in [
        ("No<span class=\"count\">5 refused", "refused"),
        ("Yes<span class=\"count\">3 seen", "seen"),
    ] {
        assert!(
            page.contains(&format!("<td class=\"{class}\" data-label=")) && page.contains(cell),
            "{cell}"
        );
    }
    assert!(page.len() < 250_000, "{} bytes", page.len());
}

#[test]
fn a_page_stays_small_whatever_is_found() {
    let mut renderer = Format::Html.renderer(&RenderOptions::default());
    let (mut summary, mut out) = (Summary::default(), Vec::new());
    let long = "\"##[a] ".repeat(300);
    for (number, rule) in (0..3000).zip(Rule::all().iter().copied().cycle()) {
        let path = format!("{number}{long}");
        let mut document = checked(&path, &long, &long);
        document.report.to_mut().findings[0].rule = rule;
        summary.add(&document.report);
        renderer
            .document(&document, &mut out)
            .expect("memory takes it");
        renderer.unread(&path, &mut out).expect("memory takes it");
    }
    renderer.cover(&Coverage::default());
    renderer
        .finish(&summary, &mut out)
        .expect("memory takes it");
    assert!(
        (500_000..1_000_000).contains(&out.len()),
        "{} bytes",
        out.len()
    );
    let page = String::from_utf8(out).expect("UTF-8");
    let text = read(&page).expect("each tag is closed");
    assert!(text.contains("more rules are left out; the format json has all findings."));
    assert!(
        text.contains("2980 more"),
        "of those that could not be read"
    );
    let links = attributes(&page, "href");
    let sections = page.matches("<section>").count();
    assert_eq!(
        links.iter().filter(|link| link.starts_with("#KZ")).count(),
        sections
    );
}

#[test]
fn what_was_not_seen_and_what_the_contract_lacks_is_listed() {
    let body = r#"{"actionType":"Picnic","actionBody":{}}"#;
    let page = output(&mut command(&["lint", "--format", "html"]), body);
    let page = stdout(&page);
    let row = "<tr><th scope=\"row\"><code>Picnic</code></th><td data-label=\"In\"><code>ActionRequest</code></td>";
    assert!(page.contains(row), "{page}");
    assert!(page.contains("<summary>Not seen of members: "));
    assert!(page.contains("<dt><code>listActions</code></dt><dd>4 of 4: all</dd>"));
    let clean = output(
        &mut command(&["lint", "--format", "html"]),
        crate::helpers::JOB,
    );
    assert!(stdout(&clean).contains("There are no findings."));
}

proptest! {
    #[test]
    fn no_text_of_a_document_is_markup(path in hostile(), message in hostile(), pointer in hostile()) {
        let page = render(Format::Html, &[checked(&path, &message, &pointer)]);
        let text = read(&page).map_err(TestCaseError::fail)?;
        // What is between backticks is code.
        prop_assert!(text.contains(&printable(&message).replace('`', "")), "{}", text);
        prop_assert!(text.contains(&*printable(&pointer)), "{}", text);
    }
}
