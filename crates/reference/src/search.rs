//! The index of the search: a place for each heading and each row that a link can lead to.
//!
//! All pages load it, so it repeats nothing: a place has no title of the headings above it, and no
//! word that says nothing about what it is of.

use serde_json::json;

use super::{layout::Page, site::MARK};

/// The most words of a place, beside its title; each counts once.
const WORDS: usize = 30;

/// Words that are everywhere. The script does not look for them either.
const IGNORED: &str = "a an and are as at be but by can do does for from has have how i if in into is it its no not of on or so than \
                       that the their them then there they this to was what when where which who why with without";

/// A part of a page, from a heading or a row on.
#[derive(Debug, Default, PartialEq, Eq)]
struct Place {
    /// Its level: 1 to 3 for headings, 4 for rows.
    level: usize,
    id: String,
    title: String,
    text: String,
}

/// The script that holds the index: the ignored words, and of each page its file and its places,
/// each with the level, the anchor, the title and the words.
pub(super) fn script(pages: &[Page]) -> String {
    let ignored: Vec<_> = IGNORED.split_whitespace().collect();
    let pages = pages.iter().map(|page| {
        let places = places(&page.content.clone().into_string());
        let places = places.into_iter().map(|place| {
            let words = words(&place.text, &ignored).join(" ");
            json!([place.level, place.id, place.title, words]).to_string()
        });
        let places: Vec<_> = places.collect();
        format!("[{},[\n{}]]", json!(page.file), places.join(",\n"))
    });
    let pages: Vec<_> = pages.collect();
    let ignored = json!(ignored);
    format!(
        "// {MARK}\nsearchIn({ignored},[\n{}\n]);\n",
        pages.join(",\n")
    )
}

/// The first words of a text, as a reader would type them, each once.
fn words(text: &str, ignored: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()) {
        let word = word.to_lowercase();
        let is_new = !word.is_empty() && !ignored.contains(&&*word) && !words.contains(&word);
        if is_new && words.len() < WORDS {
            words.push(word);
        }
    }
    words
}

/// The places of what a page has: our own HTML, as `maud` and `pulldown-cmark` write it.
fn places(content: &str) -> Vec<Place> {
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
        // What an example is of is in its label.
        is_code = name == "pre" || is_code && name != "/pre";
        if is_code || tag.contains("class=\"anchor\"") {
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
    fn words_are_there_once_and_say_something() {
        assert_eq!(
            words(
                "The Job, and its `dueDate`; a job.",
                &["the", "and", "its", "a"]
            ),
            ["job", "duedate"]
        );
    }

    #[test]
    fn headings_and_rows_are_places() {
        let content = "<h1>Job</h1><p>One &amp; all</p><h2 id=\"post\">Post \
                       <a class=\"anchor\" href=\"#post\">#</a></h2><p>A <code>body</code>.</p>\
                       <table><tr id=\"x.title\"><th><a>title</a></th><td>text</td></tr></table>";
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
