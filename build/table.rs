//! Rust text for enums and static tables.

use std::fmt::Write as _;

/// An enum without data, and the list of its variants.
pub fn enumeration(
    text: &mut String,
    doc: &str,
    name: &str,
    variants: impl Iterator<Item = (String, String)>,
) {
    let variants: Vec<_> = variants.collect();
    let _ = writeln!(
        text,
        "#[doc = {doc:?}]\n#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[non_exhaustive]\npub enum {name} {{"
    );
    for (doc, variant) in &variants {
        let _ = writeln!(text, "    #[doc = {doc:?}]\n    {variant},");
    }
    let _ = writeln!(
        text,
        "}}\n\nimpl {name} {{\n    /// All of them, in the order of the document.\n    pub const ALL: &'static [Self] = &["
    );
    for (_, variant) in &variants {
        let _ = writeln!(text, "        Self::{variant},");
    }
    text.push_str("    ];\n}\n\n");
}

/// A static slice.
pub fn array(text: &mut String, name: &str, of: &str, rows: impl Iterator<Item = String>) {
    let _ = writeln!(text, "{name}: &[{of}] = &[");
    for row in rows {
        let _ = writeln!(text, "    {row},");
    }
    text.push_str("];\n\n");
}
