//! Names of values: what `Display` writes, `FromStr` reads.

use std::{error::Error, fmt};

/// A text that does not name a value of its kind.
///
/// ```
/// use kaizala_actions::lint::Severity;
///
/// assert_eq!("warning".parse(), Ok(Severity::Warning));
/// let unknown = "fatal".parse::<Severity>().unwrap_err();
/// assert_eq!(unknown.to_string(), "a severity is one of note, warning, error");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// The kind of value, as in `a severity`.
    pub kind: &'static str,
    /// The valid names.
    pub known: Vec<&'static str>,
}

/// The value of this name, in any case.
pub(crate) fn find<T: Copy>(
    kind: &'static str,
    all: impl IntoIterator<Item = T>,
    name: impl Fn(T) -> &'static str,
    text: &str,
) -> Result<T, UnknownName> {
    let mut known = Vec::new();
    for value in all {
        if name(value).eq_ignore_ascii_case(text) {
            return Ok(value);
        }
        known.push(name(value));
    }
    Err(UnknownName { kind, known })
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is one of {}", self.kind, self.known.join(", "))
    }
}

impl Error for UnknownName {}
