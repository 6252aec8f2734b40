//! JSON Pointers (RFC 6901).

use std::fmt;

/// Where a value is, by the names that the document itself uses. It is written out only for a
/// finding: of most values there is none.
#[derive(Clone, Debug)]
pub(super) enum Pointer<'p> {
    /// Written already.
    Text(String),
    Member(&'p Pointer<'p>, &'p str),
    Item(&'p Pointer<'p>, usize),
}

impl Default for Pointer<'_> {
    /// Of the whole document.
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl<'p> Pointer<'p> {
    /// From the root through these members.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::Text(names.into_iter().fold(String::new(), with_member))
    }

    /// The pointer of a member of this object.
    pub fn member(&'p self, name: &'p str) -> Self {
        Self::Member(self, name)
    }

    /// The pointer of an item of this array.
    pub fn item(&'p self, index: usize) -> Self {
        Self::Item(self, index)
    }

    pub fn into_string(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Member(parent, name) => with_member(parent.clone().into_string(), name),
            Self::Item(parent, index) => {
                with_member(parent.clone().into_string(), &index.to_string())
            }
        }
    }
}

/// How many bytes a pointer has at most, but for its last letter and an ellipsis: names can be of
/// any length.
const MOST: usize = 2048;

fn with_member(mut text: String, name: &str) -> String {
    if text.len() > MOST {
        return text;
    }
    text.push('/');
    for letter in name.chars() {
        if text.len() > MOST {
            text.push('…');
            return text;
        }
        match letter {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            _ => text.push(letter),
        }
    }
    text
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clone().into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tildes_and_slashes_in_names_are_escaped() {
        assert_eq!(
            Pointer::default().member("a/b~c").item(3).to_string(),
            "/a~1b~0c/3"
        );
        assert_eq!(Pointer::of(["a/b", "c"]).to_string(), "/a~1b/c");
    }

    #[test]
    fn a_pointer_has_an_end() {
        let name = "n".repeat(300_000);
        let text = Pointer::default()
            .member(&name)
            .member("a")
            .item(1)
            .to_string();
        assert!(
            text.ends_with("n…") && text.len() < MOST + 8,
            "{}",
            text.len()
        );
    }
}
