//! What the pages are called, and what all of them have.

/// The content security policy that the pages name themselves, and that a server of them should
/// send.
pub const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// What is in every file, by which one is known as a file of the reference.
pub const MARK: &str = "made by kaizala-actions";

pub(super) const STYLE: &str = "style.css";
pub(super) const ICON: &str = "icon.svg";

pub(super) const OVERVIEW: &str = "index.html";
pub(super) const OPERATIONS: &str = "operations.html";
pub(super) const RULES: &str = "rules.html";
pub(super) const RULINGS: &str = "rulings.html";
pub(super) const SANDBOX: &str = "sandbox.html";
