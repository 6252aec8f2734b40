//! The guide of the repository, as pages.

use maud::html;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    code,
    layout::{Page, anchor},
    prose::strip_raw_html,
    site::{GUIDE, RULINGS, START},
};

/// The pages by their names in the repository, in the order of the guide.
const PAGES: [(&str, &str); 12] = [
    ("README.md", include_str!("../guide/README.md")),
    ("start.md", include_str!("../guide/start.md")),
    ("inputs.md", include_str!("../guide/inputs.md")),
    ("reports.md", include_str!("../guide/reports.md")),
    ("fixes.md", include_str!("../guide/fixes.md")),
    (
        "configuration.md",
        include_str!("../guide/configuration.md"),
    ),
    ("client.md", include_str!("../guide/client.md")),
    ("sandbox.md", include_str!("../guide/sandbox.md")),
    ("proxy.md", include_str!("../guide/proxy.md")),
    ("javascript.md", include_str!("../guide/javascript.md")),
    ("python.md", include_str!("../guide/python.md")),
    ("glossary.md", include_str!("../guide/glossary.md")),
];

pub(super) fn pages() -> impl Iterator<Item = Page> {
    PAGES.iter().map(|(name, text)| {
        let (title, content) = render(text);
        Page::new(&file(name), &title, maud::PreEscaped(content))
    })
}

/// The page of a file of the guide.
fn file(name: &str) -> String {
    match name {
        "README.md" => GUIDE.to_owned(),
        "start.md" => START.to_owned(),
        other => format!("guide-{}.html", other.trim_end_matches(".md")),
    }
}

/// Where a link of the guide leads among the pages; none for what is not among them.
fn place(link: &str) -> Option<String> {
    if link.starts_with("https://") {
        return Some(link.to_owned());
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let page = match path {
        "" => String::new(),
        "../../openapi/README.md" => return Some(RULINGS.to_owned()),
        name => PAGES
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(name, _)| file(name))?,
    };
    let hash = if anchor.is_empty() { "" } else { "#" };
    Some(format!("{page}{hash}{anchor}"))
}

/// What a heading is called in links, as where the repository is read.
fn slug(heading: &str) -> String {
    let letters = heading.to_lowercase();
    let kept = letters
        .chars()
        .filter(|it| it.is_alphanumeric() || " -_".contains(*it));
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}

/// The title of a page and its content.
fn render(text: &str) -> (String, String) {
    let mut pages = Renderer::default();
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(strip_html);
    let events: Vec<_> = events.flat_map(|event| pages.event(event)).collect();
    let mut content = String::new();
    pulldown_cmark::html::push_html(&mut content, events.into_iter());
    (pages.title, content)
}

/// Links are looked at by themselves.
fn strip_html(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => event,
        other => strip_raw_html(other),
    }
}

#[derive(Default)]
struct Renderer {
    title: String,
    heading: String,
    /// The text of the heading or of the block of code that is being read.
    text: Option<String>,
    /// What the block of code is in. In Rust, lines that begin with `#` are hidden.
    language: String,
    /// Whether each open link has a place.
    links: Vec<bool>,
}

impl Renderer {
    fn event<'t>(&mut self, event: Event<'t>) -> Vec<Event<'t>> {
        let raw = |html: String| vec![Event::Html(CowStr::from(html))];
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.text = Some(String::new());
                Vec::new()
            }
            Event::End(TagEnd::Heading(level)) => {
                self.heading = self.text.take().unwrap_or_default();
                raw(self.headed(level))
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.language = match kind {
                    CodeBlockKind::Fenced(words) => words.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.text = Some(String::new());
                Vec::new()
            }
            Event::End(TagEnd::CodeBlock) => {
                let text = self.text.take().unwrap_or_default();
                let is_rust = self.language.starts_with("rust");
                let shown = |line: &&str| !is_rust || !line.starts_with('#');
                let lines: Vec<_> = text.lines().filter(shown).collect();
                let label = format!("{}: an example", self.heading);
                let text = lines.join("\n");
                raw(code::block(&label, &self.language, text.trim_end()).into_string())
            }
            Event::Text(words) | Event::Code(words) if self.text.is_some() => {
                self.text.get_or_insert_default().push_str(&words);
                Vec::new()
            }
            Event::Start(Tag::Table(_)) => {
                let head = html! {
                    (maud::PreEscaped(r#"<div class="scroll" role="region" tabindex="0" aria-label=""#))
                    (self.heading) (maud::PreEscaped(r#""><table><caption>"#)) (self.heading)
                    (maud::PreEscaped("</caption>"))
                };
                raw(head.into_string())
            }
            Event::End(TagEnd::Table) => vec![event, Event::Html("</div>".into())],
            Event::Start(Tag::Link { dest_url, .. }) => {
                let place = place(&dest_url);
                self.links.push(place.is_some());
                let open = |place| html! { a href=(place) {} }.into_string();
                let open = place.map(|place| open(place).replace("</a>", ""));
                open.map_or_else(Vec::new, |open| vec![Event::InlineHtml(open.into())])
            }
            Event::End(TagEnd::Link) => match self.links.pop() {
                Some(true) => vec![Event::InlineHtml("</a>".into())],
                _ => Vec::new(),
            },
            other => vec![other],
        }
    }

    fn headed(&mut self, level: HeadingLevel) -> String {
        let (heading, id) = (self.heading.as_str(), slug(&self.heading));
        let content = html! { (heading) (anchor(&id)) };
        let headed = match level {
            HeadingLevel::H1 => {
                heading.clone_into(&mut self.title);
                html! { h1 { (heading) } }
            }
            HeadingLevel::H2 => html! { h2 id=(id) { (content) } },
            _ => html! { h3 id=(id) { (content) } },
        };
        headed.into_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_and_code_is_as_a_reader_wants_it() {
        let text = "# A `b`\n\n## C d!\n\n[x](inputs.md#y) [z](https://e.example) [w](../../benches/README.md)\n\n\
                    ```rust\n# hidden\nlet shown = 1;\n```\n\n| a |\n| --- |\n| <b> |\n";
        let (title, content) = render(text);
        assert_eq!(title, "A b");
        for part in [
            "<h1>A b</h1>",
            r#"<h2 id="c-d">C d!"#,
            r#"<a href="guide-inputs.html#y">x</a> <a href="https://e.example">z</a> w"#,
            "<b>let</b> shown",
            "<table><caption>C d!</caption>",
            "&lt;b&gt;",
        ] {
            assert!(content.contains(part), "{part}: {content}");
        }
        assert!(!content.contains("hidden"), "{content}");
    }
}
