//! The reference of the contract: static pages for a browser, made from the contract, the matrix
//! and the linter's rules.
//!
//! Where the sandbox serves them, they have forms that send calls to it.
//!
//! They load nothing but their own stylesheet, icon and scripts, and work from a folder as well as
//! from a server under [`POLICY`]. Without scripts, all is there but search, copying, what is
//! remembered, and the forms.
//!
//! ```
//! let files = kaizala_actions_reference::files();
//! assert!(files.iter().any(|file| file.name == "index.html"));
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod call;
mod code;
mod colour;
mod csv;
mod denied;
mod downloads;
mod grammar;
mod guide;
mod json;
mod layout;
mod operations;
mod overview;
mod places;
mod playground;
mod prose;
pub mod published;
mod reference;
mod rules;
mod rulings;
mod sandbox;
mod schema;
mod search;
mod site;
mod snippets;
mod types;
mod value;

use reference::Reference;

pub use playground::{Engine, EngineError};
use site::{CALLS, ENGINE, ICON, INDEX, PLAY, SCRIPT, STYLE};
pub use site::{MARK, PLAYGROUND_POLICY, POLICY, SERVED_POLICY};

/// The colours of the pages, light and dark, as custom properties of CSS; for other pages that
/// should look like them.
pub const COLOURS: &str = include_str!("colours.css");

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
    /// The content security policy that a server of it should send.
    pub policy: &'static str,
}

impl File {
    /// Whether a text is a file of the reference, of this version or of another.
    #[must_use]
    pub fn is_known(text: &str) -> bool {
        text.contains(MARK) || downloads::is_known(text)
    }
}

/// All files for a folder or any server, `index.html` first. They are the same in every run.
#[must_use]
pub fn files() -> Vec<File> {
    files_with(None)
}

/// The same with a playground, if there is an engine for it.
#[must_use]
pub fn files_with(engine: Option<&Engine>) -> Vec<File> {
    made(Reference::new(), engine)
}

/// All files for a sandbox, which serves them under [`SERVED_POLICY`]: the same, and forms that
/// send calls to it.
#[must_use]
pub fn served_files() -> Vec<File> {
    served_files_with(None)
}

/// The same with a playground, if there is an engine for it.
#[must_use]
pub fn served_files_with(engine: Option<&Engine>) -> Vec<File> {
    let mut reference = Reference::new();
    reference.is_served = true;
    made(reference, engine)
}

fn made(mut reference: Reference, engine: Option<&Engine>) -> Vec<File> {
    reference.has_playground = engine.is_some();
    let reference = &reference;
    let mut pages = vec![
        overview::page(reference),
        operations::page(reference),
        rulings::page(reference),
        sandbox::page(),
    ];
    pages.extend(guide::pages());
    pages.extend(rules::pages());
    let types = reference.topics.iter();
    pages.extend(types.map(|topic| types::page(reference, topic)));
    pages.extend(engine.map(|_| playground::page()));
    let mut files: Vec<_> = pages
        .iter()
        .map(|page| File {
            name: page.file.clone(),
            media_type: "text/html; charset=utf-8",
            text: page.render(reference),
            policy: page.policy(reference),
        })
        .collect();
    let file = |name: &str, media_type, text: &str| File {
        name: name.to_owned(),
        media_type,
        text: text.to_owned(),
        policy: reference.policy(),
    };
    let style = format!("{}\n{COLOURS}", include_str!("style.css"));
    files.push(file(STYLE, "text/css; charset=utf-8", &style));
    files.push(file(ICON, "image/svg+xml", include_str!("icon.svg")));
    let script = "text/javascript; charset=utf-8";
    files.push(file(SCRIPT, script, include_str!("reference.js")));
    if reference.is_served {
        files.push(file(CALLS, script, include_str!("call.js")));
    }
    if let Some(engine) = engine {
        files.push(file(PLAY, script, playground::SCRIPT));
        files.push(file(ENGINE, script, engine.as_str()));
    }
    files.push(file(INDEX, script, &search::script(&pages)));
    let downloads = downloads::all().into_iter();
    files.extend(downloads.map(|(name, media_type, text)| file(&name, media_type, &text)));
    files
}

/// The page of a registry.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
