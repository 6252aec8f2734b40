//! JSON Pointers (RFC 6901).

use std::fmt::{self, Write as _};

/// Where a value is, by the names that the document itself uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pointer(String);

impl Pointer {
    /// The pointer of a member of this object.
    pub fn member(&self, name: &str) -> Self {
        let mut text = self.0.clone();
        text.push('/');
        for letter in name.chars() {
            match letter {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                _ => text.push(letter),
            }
        }
        Self(text)
    }

    /// The pointer of an item of this array.
    pub fn item(&self, index: usize) -> Self {
        let mut text = self.0.clone();
        let _ = write!(text, "/{index}");
        Self(text)
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tildes_and_slashes_in_names_are_escaped() {
        assert_eq!(Pointer::default().member("a/b~c").item(3).to_string(), "/a~1b~0c/3");
    }
}
