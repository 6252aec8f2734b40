//! What a page has that a link can lead to: its headings, and rows with names.

/// The name of the link of a heading to itself, which is not part of the heading.
pub(super) const ANCHOR: &str = "Link to this heading";

/// What links to sources and rulings have.
const RULING: &str = "href=\"rulings.html#";

/// A part of a page, from a heading or a row on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its level: 1 to 3 for headings, 4 for rows.
    pub level: usize,
    pub id: String,
    pub title: String,
    pub text: String,
}

/// The places of what a page has: our own HTML, as `maud` and `pulldown-cmark` write it.
pub(super) fn places(content: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let (mut is_title, mut is_code) = (false, false);
    for part in content.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = tag.split(' ').next().unwrap_or_default();
        let id = tag
            .split_once("id=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        let level = match (name, id) {
            ("h1", _) => Some(1),
            ("h2", Some(_)) => Some(2),
            ("h3", Some(_)) => Some(3),
            ("tr", Some(_)) => Some(4),
            _ => None,
        };
        if let Some(level) = level {
            is_title = true;
            let id = id.unwrap_or_default().to_owned();
            places.push(Place {
                level,
                id,
                ..Place::default()
            });
        } else if matches!(name, "/h1" | "/h2" | "/h3" | "/th") {
            is_title = false;
        }
        let Some(place) = places.last_mut() else {
            continue;
        };
        // What an example is of is in its label, and sources and rulings are places themselves.
        is_code = name == "pre" || is_code && name != "/pre";
        if is_code || tag.contains(ANCHOR) || tag.contains(RULING) {
            continue;
        }
        let text = decoded(text);
        let into = if is_title {
            &mut place.title
        } else {
            &mut place.text
        };
        let words = text.split_whitespace();
        for word in words {
            if !into.is_empty() {
                into.push(' ');
            }
            into.push_str(word);
        }
    }
    places
}

/// Without the references to characters that are in our HTML.
fn decoded(text: &str) -> String {
    let references = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    references
        .iter()
        .fold(text.to_owned(), |text, (name, letter)| {
            text.replace(name, letter)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_rows_are_places() {
        let content = "<h1>Job</h1><p>One &amp; all</p><h2 id=\"post\">Post \
                       <a href=\"#post\" aria-label=\"Link to this heading\">#</a></h2><p>A <code>body</code>.</p>\
                       <table><tr id=\"x.title\"><th><a>title</a></th><td>text</td>\
                       <td><a href=\"rulings.html#D-01\">D-01</a></td></tr></table>";
        let found: Vec<_> = places(content)
            .into_iter()
            .map(|it| (it.level, it.id, it.title, it.text))
            .collect();
        let place = |level, id: &str, title: &str, text: &str| {
            (level, id.to_owned(), title.to_owned(), text.to_owned())
        };
        assert_eq!(
            found,
            [
                place(1, "", "Job", "One & all"),
                place(2, "post", "Post", "A body ."),
                place(4, "x.title", "title", "text"),
            ]
        );
    }
}
