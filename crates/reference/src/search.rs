//! The index of the search: a place for each heading and each row that a link can lead to.
//!
//! All pages load it, so it repeats nothing: a place has no title of the headings above it, and no
//! word that says nothing about what it is of.

use serde_json::json;

use super::{layout::Page, places::places, site::MARK};

/// The most words of a place, without its title; each counts once.
const WORDS: usize = 20;

/// Words that are everywhere. The script does not look for them either.
const IGNORED: &str = "a an and are as at be but by can do does for from has have how i if in into is it its no not of on or so than \
                       that the their them then there they this to was what when where which who why with without";

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
}
