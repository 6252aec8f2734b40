//! Which names generated Rust can use, and which would collide.

use super::refusal::{Refusal, refuse};

/// Whether a name has only letters and digits and begins with a letter, which is valid in every
/// language.
pub fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
        // Rust allows it nowhere else.
        && !name.eq_ignore_ascii_case("self")
}

/// Whether it is plain and begins with a capital.
pub fn is_pascal(name: &str) -> bool {
    is_plain(name) && name.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Whether the name of a schema is also that of its Rust type: `PDFBody` would become `PdfBody`.
pub fn is_type(name: &str) -> bool {
    let capitals = name.as_bytes().windows(2);
    is_pascal(name)
        && name.len() > 1
        && !name.ends_with(|last: char| last.is_ascii_uppercase())
        && capitals
            .into_iter()
            .all(|two| !two.iter().all(u8::is_ascii_uppercase))
}

/// Checks names that are compared without case, and whose case generated code changes.
///
/// # Errors
/// A [`Refusal`] for a name that is not plain, or that only differs in case from another.
pub fn distinct<'n>(names: impl Iterator<Item = &'n str>, place: &str) -> Result<(), Refusal> {
    let mut before: Vec<&str> = Vec::new();
    for name in names {
        if !is_plain(name) {
            return refuse(
                place,
                format!(
                    "`{}` is not a valid name in all languages",
                    name.escape_debug()
                ),
                "write letters and digits, a letter first",
            );
        }
        if let Some(other) = before.iter().find(|it| it.eq_ignore_ascii_case(name)) {
            return refuse(
                place,
                format!("`{name}` and `{other}` only differ in case"),
                "the linter and the service compare without case: rename one",
            );
        }
        before.push(name);
    }
    Ok(())
}
