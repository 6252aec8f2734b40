//! What all pages have around their content.

use maud::{DOCTYPE, Markup, Render, html};

use super::{
    downloads::DOCUMENTS,
    places::{ANCHOR, Place, places},
    reference::Reference,
    site::{
        CALLS, DOWNLOADS, ENGINE, GUIDE, ICON, INDEX, MARK, OPERATIONS, OVERVIEW, PLAY, PLAYGROUND,
        PLAYGROUND_POLICY, RULES, RULINGS, SANDBOX, SCRIPT, START, STYLE,
    },
};

/// The pages that are there whatever the types are.
const SECTIONS: [(&str, &str); 7] = [
    (OVERVIEW, "Overview"),
    (START, "Quick start"),
    (GUIDE, "Guide"),
    (OPERATIONS, "Operations"),
    (RULES, "Rules"),
    (RULINGS, "Rulings"),
    (SANDBOX, "Sandbox"),
];

/// From how many headings on a page has a list of them, and how many are all listed.
const LEAST_HEADINGS: usize = 3;
const MOST_HEADINGS: usize = 30;

/// A page, before the frame is put around it.
pub(super) struct Page {
    pub file: String,
    pub title: String,
    /// All of it, from the first heading on.
    pub content: Markup,
}

impl Page {
    pub fn new(file: &str, title: &str, content: Markup) -> Self {
        Self {
            file: file.to_owned(),
            title: title.to_owned(),
            content,
        }
    }

    fn is_playground(&self) -> bool {
        self.file == PLAYGROUND
    }

    /// The content security policy that it is under.
    pub fn policy(&self, reference: &Reference) -> &'static str {
        if self.is_playground() {
            PLAYGROUND_POLICY
        } else {
            reference.policy()
        }
    }

    pub fn render(&self, reference: &Reference) -> String {
        let site = reference.title();
        let title = if self.title == site {
            site.to_owned()
        } else {
            format!("{} · {site}", self.title)
        };
        let current = |file: &str| (file == self.file).then_some("page");
        let playground = reference.has_playground;
        let playground = playground.then_some((PLAYGROUND, "Playground"));
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(self.policy(reference));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    title { (title) }
                    link rel="stylesheet" href=(STYLE);
                    link rel="icon" href=(ICON) type="image/svg+xml";
                    script src=(SCRIPT) defer {}
                    script src=(INDEX) defer {}
                    @if self.is_playground() {
                        script src=(ENGINE) defer {}
                        script src=(PLAY) defer {}
                    } @else if reference.is_served {
                        script type="module" src=(CALLS) {}
                    }
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    header.site {
                        a.home href=(OVERVIEW) { (site) }
                        nav aria-label="Sections" {
                            ul {
                                @for (file, name) in SECTIONS.iter().chain(&playground) {
                                    li { a href=(file) aria-current=[current(file)] { (name) } }
                                }
                            }
                        }
                    }
                    div.columns {
                        (self.menus(reference))
                        main #content tabindex="-1" { (self.content) }
                    }
                    footer.site {
                        p {
                            "Download: "
                            @for (name, files) in &DOCUMENTS {
                                (name) " (" (saved(files)) "), "
                            }
                            a href={ (OVERVIEW) "#" (DOWNLOADS) } { "JSON Schemas" } "."
                        }
                        p {
                            (site) " " (reference.version()) ", " (MARK)
                            " from its contract. It is not published by Microsoft."
                        }
                    }
                }
            }
        };
        page.into_string()
    }

    /// Next to the content, or behind buttons above it on narrow screens.
    fn menus(&self, reference: &Reference) -> Markup {
        let current = |file: &str| (file == self.file).then_some("page");
        let headings = self.headings();
        let menus = [
            ("On this page", "menu-page", !headings.is_empty()),
            ("Types", "menu-types", true),
        ];
        html! {
            aside aria-label="Menus" {
                div.buttons {
                    @for (name, id, is_there) in menus {
                        @if is_there { button type="button" popovertarget=(id) { (name) } }
                    }
                }
                @if !headings.is_empty() {
                    nav.menu #menu-page popover aria-label="On this page" {
                        p { "On this page" }
                        ul {
                            @for place in &headings {
                                li class=[(place.level > 2).then_some("sub")] {
                                    a href={ "#" (place.id) } { (place.title) }
                                }
                            }
                        }
                    }
                }
                nav.menu #menu-types popover aria-label="Types" {
                    p { "Types" }
                    ul {
                        @for topic in &reference.topics {
                            li {
                                a href=(topic.file) aria-current=[current(&topic.file)] {
                                    (topic.label)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The headings of a long page, and of a very long one those of its sections alone.
    fn headings(&self) -> Vec<Place> {
        let mut headings = places(&self.content.clone().into_string());
        headings.retain(|place| matches!(place.level, 2 | 3));
        if headings.len() > MOST_HEADINGS {
            headings.retain(|place| place.level == 2);
        }
        if headings.len() < LEAST_HEADINGS {
            headings.clear();
        }
        headings
    }
}

/// The formats of something that can be saved, as links to its files.
pub(super) fn saved(files: &[(&str, &str)]) -> Markup {
    html! {
        @for (index, (file, format)) in files.iter().enumerate() {
            @if index > 0 { ", " }
            a href=(file) download { (format) }
        }
    }
}

/// A table that scrolls by itself where there is no room for it.
pub(super) fn table(caption: &str, columns: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll role="region" aria-label=(caption) tabindex="0" {
            table {
                caption { (caption) }
                thead { tr { @for column in columns { th scope="col" { (column) } } } }
                tbody { (rows) }
            }
        }
    }
}

/// The heading of a section, which can be linked to.
pub(super) fn section(id: &str, content: impl Render) -> Markup {
    html! { h2 id=(id) { (content) (anchor(id)) } }
}

/// The same, a level below.
pub(super) fn subsection(id: &str, content: impl Render) -> Markup {
    html! { h3 id=(id) { (content) (anchor(id)) } }
}

pub(super) fn anchor(id: &str) -> Markup {
    html! { " " a href={ "#" (id) } aria-label=(ANCHOR) { "#" } }
}
