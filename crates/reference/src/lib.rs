//! The reference of the contract: static pages for a browser, made from the contract, the matrix
//! and the linter's rules.
//!
//! They load nothing but their own stylesheet and icon, hold no script, and work from a folder as
//! well as from a server under [`POLICY`].
//!
//! ```
//! let files = kaizala_actions_reference::files();
//! assert!(files.iter().any(|file| file.name == "index.html"));
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod code;
mod json;
mod layout;
mod operations;
mod overview;
mod prose;
mod reference;
mod rules;
mod rulings;
mod sandbox;
mod schema;
mod site;
mod snippets;
mod types;
mod value;

use reference::Reference;
use site::{ICON, STYLE};
pub use site::{MARK, POLICY};

/// A file of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// Its name; there are no folders.
    pub name: String,
    /// What a server says that it is.
    pub media_type: &'static str,
    /// Its text.
    pub text: String,
}

/// All files, `index.html` first. They are the same in every run.
#[must_use]
pub fn files() -> Vec<File> {
    let reference = Reference::new();
    let types = reference.topics.iter();
    let pages = [
        overview::page(&reference),
        operations::page(&reference),
        rules::page(),
        rulings::page(&reference),
        sandbox::page(),
    ]
    .into_iter()
    .chain(types.map(|topic| types::page(&reference, topic)));
    let file = |name: &str, media_type, text| File {
        name: name.to_owned(),
        media_type,
        text,
    };
    let mut files: Vec<_> = pages
        .map(|page| {
            file(
                &page.file,
                "text/html; charset=utf-8",
                page.render(&reference),
            )
        })
        .collect();
    let (style, icon) = (include_str!("style.css"), include_str!("icon.svg"));
    files.push(file(STYLE, "text/css; charset=utf-8", style.to_owned()));
    files.push(file(ICON, "image/svg+xml", icon.to_owned()));
    files
}

/// The page of a registry.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
