//! The page at `/_sandbox`, which shows what the sandbox stores and sets its faults.
//!
//! The page itself contains no state and needs no token, so any page may link to it. The requests
//! of its script are ordinary requests to the sandbox's own endpoints, and need what those need.

use std::{fmt::Write as _, sync::LazyLock};

use hyper::{Method, Response};

use super::{
    body::AnswerBody,
    file,
    published::{JSON, YAML, schema_path, schemas},
};

/// Only its own style and script, and the sandbox's own endpoints.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";

/// The page, with links to the other pages and documents.
static PAGE: LazyLock<String> = LazyLock::new(|| {
    let mut links = String::new();
    let mut link = |path: &str, text: &str| {
        let _ = writeln!(links, "<li><a href=\"{path}\">{text}</a></li>");
    };
    if cfg!(feature = "pages") {
        link("/", "Reference of the contract");
    }
    link(JSON, "OpenAPI document, JSON");
    link(YAML, "OpenAPI document, YAML");
    for (dialect, body) in schemas() {
        let text = format!("JSON Schema of {body}, {dialect}");
        link(&schema_path(dialect, body), &text);
    }
    include_str!("dashboard/page.html").replace("<!-- links -->\n", &links)
});

/// The part of the page at a path; `None` for other paths.
pub(super) fn answer(method: &Method, path: &str) -> Option<Response<AnswerBody>> {
    let (media_type, text) = match path {
        "/_sandbox" | "/_sandbox/" => ("text/html; charset=utf-8", PAGE.as_str()),
        "/_sandbox/page.js" => (
            "text/javascript; charset=utf-8",
            include_str!("dashboard/page.js"),
        ),
        "/_sandbox/page.css" => (
            "text/css; charset=utf-8",
            include_str!("dashboard/page.css"),
        ),
        _ => return None,
    };
    Some(file::answer(method, media_type, POLICY, text))
}
