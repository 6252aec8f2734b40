//! What the pages are called, and what all of them have.

/// The content security policy that the pages name themselves, and that a server of them should
/// send.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                          base-uri 'none'; form-action 'none'";

/// The same where the sandbox serves them: their script may call it, and nothing else.
pub const SERVED_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                                 connect-src 'self'; base-uri 'none'; form-action 'none'";

/// The same for the playground, wherever it is: it compiles the linter, and can open no connection.
pub const PLAYGROUND_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                                     base-uri 'none'; form-action 'none'";

/// What is in every file, by which one is known as a file of the reference.
pub const MARK: &str = "made by kaizala-actions";

pub(super) const STYLE: &str = "style.css";
pub(super) const SCRIPT: &str = "reference.js";
/// Sends calls, where the sandbox serves the pages.
pub(super) const CALLS: &str = "call.js";
/// The playground: its page, what the page does, and the linter.
pub(super) const PLAYGROUND: &str = "playground.html";
pub(super) const PLAY: &str = "playground.js";
pub(super) const ENGINE: &str = "playground-engine.js";
pub(super) const INDEX: &str = "search.js";
pub(super) const ICON: &str = "icon.svg";

pub(super) const OVERVIEW: &str = "index.html";
/// Where all that can be saved is named.
pub(super) const DOWNLOADS: &str = "downloads";
pub(super) const START: &str = "start.html";
pub(super) const GUIDE: &str = "guide.html";
pub(super) const OPERATIONS: &str = "operations.html";
pub(super) const RULES: &str = "rules.html";
pub(super) const RULINGS: &str = "rulings.html";
pub(super) const SANDBOX: &str = "sandbox.html";

/// The page of a family of rules, by its digit.
pub(super) fn family_page(digit: &str) -> String {
    format!("rules-kz{digit}.html")
}

/// Where a rule is explained: on the page of its family, which the first digit of its id names.
pub(super) fn rule_place(id: &str) -> String {
    format!("{}#{id}", family_page(id.get(2..3).unwrap_or_default()))
}
