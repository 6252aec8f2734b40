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

mod code;
mod json;
mod layout;
mod operations;
mod overview;
mod prose;
mod reference;
mod rules;
mod rulings;
mod schema;
mod snippets;
mod types;

use reference::Reference;

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

/// The content security policy that the pages name themselves, and that a server of them should
/// send.
pub const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// What is in every file, by which one is known as a file of the reference.
pub const MARK: &str = "made by kaizala-actions";

/// All files, `index.html` first. They are the same in every run.
#[must_use]
pub fn files() -> Vec<File> {
    let reference = Reference::new();
    let mut pages = vec![
        overview::page(&reference),
        operations::page(&reference),
        rules::page(&reference),
        rulings::page(&reference),
    ];
    pages.extend(
        reference
            .topics
            .iter()
            .map(|topic| types::page(&reference, topic)),
    );
    let mut files: Vec<_> = pages
        .into_iter()
        .map(|page| File {
            name: page.file.clone(),
            media_type: "text/html; charset=utf-8",
            text: page.render(&reference),
        })
        .collect();
    for (name, media_type, text) in [
        (
            layout::STYLE,
            "text/css; charset=utf-8",
            include_str!("style.css"),
        ),
        (layout::ICON, "image/svg+xml", include_str!("icon.svg")),
    ] {
        files.push(File {
            name: name.to_owned(),
            media_type,
            text: text.to_owned(),
        });
    }
    files
}
