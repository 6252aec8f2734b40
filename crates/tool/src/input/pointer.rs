//! JSON Pointers (RFC 6901) on the command line.

use std::{fmt, str::FromStr};

use kaizala_actions::{
    json::Node,
    lint::recorded::{document, member},
};

/// Where in a record a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pointer {
    written: String,
    names: Vec<String>,
}

impl FromStr for Pointer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some(names) = text.strip_prefix('/') else {
            return Err(format!(
                "a JSON Pointer begins with a slash: write /{text}, and /a/b for b in a"
            ));
        };
        let names = names.split('/');
        Ok(Self {
            written: text.to_owned(),
            names: names
                .map(|name| name.replace("~1", "/").replace("~0", "~"))
                .collect(),
        })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Pointer {
    /// The value that it points to; none if that is missing or null.
    pub fn find<'n>(&self, root: Node<'n>) -> Option<Node<'n>> {
        let inner = |node: Node<'n>, name: &String| match node.items() {
            Some(mut items) => items.nth(name.parse().ok()?),
            None => member(node, name),
        };
        let found = self.names.iter().try_fold(root, inner)?;
        Some(found).filter(|node| !node.is_null())
    }

    /// The text or number that it points to in a record, as an id.
    pub fn id(&self, record: &[u8]) -> Option<String> {
        let mut scratch = Vec::new();
        let (tree, _) = document(record, &mut scratch).ok()?;
        self.find(tree.root()).map(id)
    }
}

/// A value as an id.
pub(super) fn id(node: Node<'_>) -> String {
    node.as_str()
        .map_or_else(|| node.to_value().to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_finds_members_and_items() {
        let record = br#"{"a": {"b/c": ["x", {"~": 7}]}, "d": null}"#;
        for (pointer, id) in [
            ("/a/b~1c/0", Some("x")),
            ("/a/b~1c/1/~0", Some("7")),
            ("/a/b~1c/1", Some(r#"{"~":7}"#)),
            ("/a/b~1c/2", None),
            ("/a/b~1c/x", None),
            ("/d", None),
            ("/e", None),
        ] {
            let pointer: Pointer = pointer.parse().expect(pointer);
            assert_eq!(pointer.id(record).as_deref(), id, "{pointer}");
        }
        assert!("a/b".parse::<Pointer>().is_err());
    }
}
