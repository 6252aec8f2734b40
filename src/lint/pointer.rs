//! JSON Pointers (RFC 6901).

use std::fmt;

/// The location of a value, by the names that the document itself uses. It is only written out for
/// a finding.
#[derive(Clone, Debug)]
pub(super) enum Pointer<'p> {
    /// Written out already.
    Text(String),
    Member(&'p Pointer<'p>, &'p str),
    /// A member that the contract declares by this name, in any case.
    Declared(&'p Pointer<'p>, &'p str),
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
        let mut text = String::new();
        names
            .into_iter()
            .for_each(|name| push_member(&mut text, name));
        Self::Text(text)
    }

    /// The pointer of a member of this object.
    pub fn member(&'p self, name: &'p str) -> Self {
        Self::Member(self, name)
    }

    /// The pointer of a member of this object that the contract declares.
    pub fn declared(&'p self, name: &'p str) -> Self {
        Self::Declared(self, name)
    }

    /// Whether all names on the way are those of the contract.
    pub fn is_declared(&self) -> bool {
        match self {
            Self::Text(whole) => whole.is_empty(),
            Self::Member(..) => false,
            Self::Declared(parent, _) | Self::Item(parent, _) => parent.is_declared(),
        }
    }

    /// The pointer of an item of this array.
    pub fn item(&'p self, index: usize) -> Self {
        Self::Item(self, index)
    }

    /// The name of the last member, unless the pointer is written out.
    pub fn last(&self) -> Option<&str> {
        match self {
            Self::Member(_, name) | Self::Declared(_, name) => Some(name),
            Self::Text(_) | Self::Item(..) => None,
        }
    }

    /// Appends the pointer to a text that is shorter than the maximum length of a pointer.
    fn write(&self, text: &mut String) {
        match self {
            Self::Text(whole) => text.push_str(whole),
            Self::Member(parent, name) | Self::Declared(parent, name) => {
                parent.write(text);
                push_member(text, name);
            }
            Self::Item(parent, index) => {
                parent.write(text);
                push_member(text, &index.to_string());
            }
        }
    }
}

/// The maximum length of a pointer in bytes, not counting its last letter and an ellipsis: names
/// can be of any length.
const MOST: usize = 2048;

fn push_member(text: &mut String, name: &str) {
    if text.len() > MOST {
        return;
    }
    text.push('/');
    // Nearly all names.
    if text.len() + name.len() <= MOST && memchr::memchr2(b'~', b'/', name.as_bytes()).is_none() {
        return text.push_str(name);
    }
    for letter in name.chars() {
        if text.len() > MOST {
            return text.push('…');
        }
        match letter {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            _ => text.push(letter),
        }
    }
}

/// Written out.
impl From<Pointer<'_>> for String {
    fn from(pointer: Pointer<'_>) -> Self {
        match pointer {
            Pointer::Text(text) => text,
            pointer => {
                // Most pointers fit.
                let mut text = Self::with_capacity(64);
                pointer.write(&mut text);
                text
            }
        }
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(self.clone()))
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
