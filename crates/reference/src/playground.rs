//! The playground: a page with the linter in it.

use std::{error::Error, fmt};

use kaizala_actions::body::BodyKind;
use maud::{Markup, html};

use super::{
    layout::{Page, section},
    site::PLAYGROUND,
};

/// How the script of the npm package begins, up to the version.
const START: &str = "// The linter as WebAssembly, made by kaizala-actions ";

/// What the page does.
pub(super) const SCRIPT: &str = concat!(
    include_str!("playground/page.js"),
    "\n",
    include_str!("playground/curl.js")
);

/// The script of the npm package, which is the linter: `engine.js` of what `npm run build` makes in
/// `bindings/npm`.
///
/// ```
/// use kaizala_actions_reference::Engine;
///
/// let refused = Engine::new("alert(1)".to_owned()).unwrap_err();
/// assert!(refused.to_string().contains("npm run build"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine(String);

/// A text is not the script of this version.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EngineError {
    /// The version that it is of; `None` if it is another script.
    pub version: Option<String>,
}

impl Engine {
    /// The name of its file.
    pub const FILE: &str = "engine.js";

    /// Takes the script.
    ///
    /// # Errors
    /// Another script, or that of another version: the pages would contradict it.
    pub fn new(text: String) -> Result<Self, EngineError> {
        let line = text.lines().next().unwrap_or_default();
        let version = line.strip_prefix(START).map(str::to_owned);
        if version.as_deref() == Some(env!("CARGO_PKG_VERSION")) {
            Ok(Self(text))
        } else {
            Err(EngineError { version })
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.version {
            // No more of it than a version has: it is from a file.
            Some(version) => write!(
                f,
                "the engine is of version {version:.20?}, not {}",
                env!("CARGO_PKG_VERSION")
            )?,
            None => f.write_str("this is not the engine of the playground")?,
        }
        f.write_str("; `npm run build` in bindings/npm makes it")
    }
}

impl Error for EngineError {}

pub(super) fn page() -> Page {
    Page::new(PLAYGROUND, "Playground", content())
}

/// What a script fills is empty: the examples, and the findings.
fn content() -> Markup {
    html! {
        h1 { "Playground" }
        p.lead {
            "Paste a body, an exchange or a call of curl, and see what the linter says. It runs in this page, which can open no connection: "
            "nothing that you paste leaves it."
        }
        noscript { p.note { "The linter is a script, and scripts are turned off." } }
        form.play #play hidden {
            div.fields {
                label { "Example" select name="example" { option value="" { "none" } } }
                label {
                    "Input"
                    select name="input" {
                        option value="body" { "a body" }
                        option value="exchange" { "an exchange, as JSON" }
                        option value="curl" { "a call of curl" }
                    }
                }
                label {
                    "Kind of body"
                    select name="kind" {
                        option value="" { "detected" }
                        @for kind in BodyKind::ALL { option { (kind) } }
                    }
                }
            }
            label.title for="text" { "Text" }
            div.editor {
                div.marks #marks aria-hidden="true" {}
                textarea #text name="text" rows="16" spellcheck="false" autocapitalize="off" autocomplete="off"
                    aria-describedby="verdict" {}
            }
            p.actions {
                button type="button" name="fix" { "Apply all fixes" }
                " "
                button type="button" name="share" { "Put it into the address" }
            }
            p #verdict role="status" {}
        }
        (section("findings", "Findings"))
        ol.findings #found {}
        (section("how", "How it works"))
        p {
            "A finding is underlined where it is, and listed below the text; its button leads to the place. The address of this page can hold the text, "
            "behind the " code { "#" } ", which a browser does not send to a server. The same linter is a "
            a href="guide-javascript.html" { "package for JavaScript" } "."
        }
    }
}
