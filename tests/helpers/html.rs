//! The pages of the reference, as a browser reads them.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::sync::LazyLock;

use kaizala_actions::{body::BodyKind, contract};
use kaizala_actions_reference::{self as reference, File};

/// Made once.
static FILES: LazyLock<Vec<File>> = LazyLock::new(reference::files);

pub fn files() -> &'static [File] {
    &FILES
}

pub fn pages() -> impl Iterator<Item = &'static File> {
    let files = FILES.iter();
    files.filter(|file| file.media_type.starts_with("text/html"))
}

pub fn page(name: &str) -> &'static str {
    let found = FILES.iter().find(|file| file.name == name);
    &found.unwrap_or_else(|| panic!("no {name}")).text
}

/// The values of an attribute, as a browser reads them.
pub fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let start = format!(" {name}=\"");
    page.split(&start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// The text of the block with this label.
pub fn block(page: &str, label: &str) -> String {
    let start = format!("aria-label=\"{label}\" tabindex=\"0\"><code>");
    let text = page
        .split(&start)
        .nth(1)
        .unwrap_or_else(|| panic!("no {label}"))
        .split("</code>")
        .next()
        .unwrap();
    let mut bare = String::new();
    for part in text.split('<') {
        bare.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    bare.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The schemas of the bodies that can be sent, and the page of each.
pub fn sent() -> Vec<(String, BodyKind, String)> {
    let document = contract::document();
    let mut sent = Vec::new();
    for kind in [
        BodyKind::PostActionRequest,
        BodyKind::RespondToActionRequest,
    ] {
        for alternative in document["components"]["schemas"][kind.schema()]["oneOf"]
            .as_array()
            .unwrap()
        {
            let name = alternative["$ref"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap();
            let tag = document["components"]["schemas"][name]["properties"]["actionType"]["enum"]
                [0]
            .as_str();
            let page = tag.map_or("package.html".to_owned(), |tag| {
                format!("type-{}.html", tag.to_lowercase())
            });
            sent.push((name.to_owned(), kind, page));
        }
    }
    sent
}
