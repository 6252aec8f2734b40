//! Rust text for enums, their variants and static tables.

/// An enum without data, and the list of its variants; each row has its documentation.
pub fn enumeration(
    doc: &str,
    name: &str,
    variants: impl Iterator<Item = (String, String)>,
) -> String {
    let (declared, listed): (String, String) = variants
        .map(|(doc, variant)| {
            (
                format!("    #[doc = {doc:?}]\n    {variant},\n"),
                format!("        Self::{variant},\n"),
            )
        })
        .unzip();
    format!(
        "#[doc = {doc:?}]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum {name} {{
{declared}}}

impl {name} {{
    /// All of them, in the order of the document.
    pub const ALL: &'static [Self] = &[
{listed}    ];
}}

"
    )
}

/// A static slice.
pub fn array(name: &str, of: &str, rows: impl IntoIterator<Item = String>) -> String {
    let rows: String = rows
        .into_iter()
        .flat_map(|row| ["    ".to_owned(), row, ",\n".to_owned()])
        .collect();
    format!("static {name}: &[{of}] = &[\n{rows}];\n\n")
}

/// `post-action.request` as `PostActionRequest`, and `postAction` as `PostAction`.
pub fn pascal(name: &str) -> String {
    let words = name
        .split(['-', '.'])
        .filter_map(|word| word.split_at_checked(1));
    words
        .map(|(first, rest)| first.to_ascii_uppercase() + rest)
        .collect()
}
