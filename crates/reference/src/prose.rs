//! `CommonMark` of the contract and the rulings, as HTML. What is HTML in it stays text.

use kaizala_actions::lint::Rule;
use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::site::rule_place;

/// One or more paragraphs.
pub(super) fn blocks(text: &str) -> Markup {
    render(text, false)
}

/// A sentence or two within something else.
pub(super) fn inline(text: &str) -> Markup {
    render(text, true)
}

fn render(text: &str, inline: bool) -> Markup {
    let is_paragraph = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        )
    };
    let events = Parser::new_ext(text, Options::empty())
        .map(strip_raw_html)
        .filter(|event| !(inline && is_paragraph(event)));
    let mut out = String::new();
    html::push_html(&mut out, events);
    PreEscaped(out.trim_end().to_owned())
}

/// Nothing gets through that a browser would run or load; the name of a rule leads to it.
pub(super) fn strip_raw_html(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { .. } | Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Link | TagEnd::Image) => Event::End(TagEnd::Emphasis),
        Event::Code(text) => match rule_of(&text) {
            Some(id) => Event::InlineHtml(CowStr::from(format!(
                r#"<a href="{}"><code>{text}</code></a>"#,
                rule_place(id)
            ))),
            None => Event::Code(text),
        },
        other => other,
    }
}

/// The id of the rule of this name.
fn rule_of(name: &str) -> Option<&'static str> {
    let rule = Rule::all().iter().find(|rule| rule.name == name);
    rule.map(|rule| rule.id)
}

#[cfg(test)]
mod tests {
    use super::{blocks, inline};

    #[test]
    fn markdown_is_rendered_and_html_is_not() {
        assert_eq!(
            inline("An `id` *and* more.").into_string(),
            "An <code>id</code> <em>and</em> more."
        );
        assert_eq!(
            blocks("One.\n\nTwo.").into_string(),
            "<p>One.</p>\n<p>Two.</p>"
        );
        let hostile = blocks(
            "<script>alert(1)</script>\n\na <img src=x onerror=y> b [c](javascript:d) ![e](https://f.example/g)",
        );
        let hostile = hostile.into_string();
        assert!(
            hostile.contains("&lt;script&gt;") && hostile.contains("&lt;img"),
            "{hostile}"
        );
        assert!(
            !hostile.contains("javascript:")
                && !hostile.contains("f.example")
                && !hostile.contains("<img"),
            "{hostile}"
        );
    }

    #[test]
    fn the_name_of_a_rule_is_a_link() {
        assert_eq!(
            inline("`value-casing`").into_string(),
            r#"<a href="rules-kz1.html#KZ106"><code>value-casing</code></a>"#
        );
    }
}
