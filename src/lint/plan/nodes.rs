//! What a plan says about a value in a tree.

use super::Plan;
use crate::{
    contract::{Schema, Type},
    json::{Data, Kind, Node},
};

impl Plan {
    /// The alternative of a choice that takes values of this JSON type.
    pub fn chosen(&self, node: Node<'_>) -> Option<&Self> {
        let kind = node.type_name();
        let takes = |plan: &&Self| match plan.schema.kind {
            Some(Type::Number) if kind == "integer" => true,
            wanted => wanted.is_some_and(|wanted| wanted.name() == kind),
        };
        self.choice.iter().find(takes)
    }

    /// Whether a value certainly is what the schema says about it without its parts; `has` are the
    /// declared members that are present. If that is not certain, the engine decides.
    pub fn surely_fits(&self, node: Node<'_>, has: u64) -> bool {
        let Schema {
            kind,
            values,
            pattern,
            ..
        } = self.schema;
        let is_listed = |text| values.iter().any(|value| value == text);
        match (kind, node.kind()) {
            (None, _) => self.choice.is_empty() && values.is_empty(),
            (Some(Type::Object), Kind::Object) => self.required & !has == 0,
            (Some(Type::Array), Kind::Array) | (Some(Type::Boolean), Kind::True | Kind::False) => {
                true
            }
            (Some(Type::String), Kind::String) => {
                pattern.is_none() && (values.is_empty() || node.as_str().is_some_and(is_listed))
            }
            (Some(Type::Integer | Type::Number), Kind::Number) => {
                let Data::Number(number) = node.data() else {
                    return false;
                };
                (*kind == Some(Type::Number) || number.is_integer())
                    && values.is_empty()
                    && self.is_in_range(number)
            }
            _ => false,
        }
    }
}
