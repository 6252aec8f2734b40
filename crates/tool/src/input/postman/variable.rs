//! The variables of collections, folders and environments.

use kaizala_actions::{
    json::{Data, Node},
    lint::recorded::member,
};

use super::super::{
    message::{enabled, text},
    template::Variables,
};

/// A variable that is set.
pub(super) struct Variable<'n> {
    pub name: &'n str,
    /// None where the file has no value: Postman does not export all of them.
    pub value: Option<String>,
    pub is_secret: bool,
}

/// The variables that a list sets.
pub(super) fn all<'n>(node: Node<'n>, name: &str) -> impl Iterator<Item = Variable<'n>> {
    enabled(node, name).filter_map(|variable| {
        let enabled = member(variable, "enabled").map(Node::data);
        if matches!(enabled, Some(Data::Bool(false))) {
            return None;
        }
        Some(Variable {
            name: text(variable, "key").or_else(|| text(variable, "id"))?,
            value: value(variable),
            is_secret: text(variable, "type") == Some("secret"),
        })
    })
}

/// The same for filling in. A secret of a collection stays as it is, since only the secrets of an
/// environment are masked wherever they are.
pub(super) fn list(node: Node<'_>, name: &str) -> Variables {
    let mut variables = Variables::default();
    for variable in all(node, name) {
        let value = variable.value.filter(|_| !variable.is_secret);
        variables.set(variable.name, value);
    }
    variables
}

fn value(variable: Node<'_>) -> Option<String> {
    let value = member(variable, "value").filter(|value| !value.is_null())?;
    Some(shown(value)).filter(|value| !value.is_empty())
}

/// A value as a text, of whatever type.
pub(super) fn shown(node: Node<'_>) -> String {
    node.as_str()
        .map_or_else(|| node.to_value().to_string(), str::to_owned)
}
