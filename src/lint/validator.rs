//! Runs the JSON Schema engine on the linter's own tree: it reads [`Node`]s without copying them.

use std::borrow::Cow;

use jsonschema::{
    Draft, JsonType, ValidationError, Validator,
    error::ValidationErrorKind,
    json::{self as engine, Json, JsonNumber, NodeIdentity},
};
use serde_json::{Value, json};

use super::violation::Violation;
use crate::json::{Data, Inside, Node, Number, Tree};

/// A compiled schema.
pub(super) struct Engine(Validator<Representation>);

impl Engine {
    /// Compiles the keywords of a schema.
    pub fn new(keywords: &Value, _pattern: Option<&'static str>) -> Self {
        let options = jsonschema::options_for().with_draft(Draft::Draft202012);
        // A test compiles all of them.
        let compiled = options
            .build(keywords)
            .unwrap_or_else(|error| unreachable!("a schema of the contract: {error}"));
        Self(compiled)
    }

    /// How a value violates the schema.
    pub fn violations(&self, node: Node<'_>) -> Vec<Violation> {
        self.0.iter_errors(node).map(violation).collect()
    }
}

fn violation(error: ValidationError<'_>) -> Violation {
    match error.into_parts().kind {
        ValidationErrorKind::Type { .. } => Violation::Type,
        ValidationErrorKind::Enum { .. } => Violation::Enum,
        ValidationErrorKind::Minimum { limit } => Violation::Range {
            limit,
            is_above: false,
        },
        ValidationErrorKind::Maximum { limit } => Violation::Range {
            limit,
            is_above: true,
        },
        ValidationErrorKind::Pattern { .. } => Violation::Pattern,
        ValidationErrorKind::Required { property } => {
            Violation::Required(property.as_str().unwrap_or_default().to_owned())
        }
        // `oneOf`; the build refuses other keywords, and `not` cannot fail once the tag has chosen.
        _ => Violation::Choice,
    }
}

/// The linter's tree as a JSON representation for the engine.
struct Representation;

impl Json for Representation {
    type Node<'n> = Node<'n>;
    type PreparedKey = String;
    type StringBuffer = ();
    // Members are searched one by one.
    const KEYS_PER_LOOKUP: usize = 2;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl for<'n> FnOnce(Node<'n>) -> T) -> T {
        f(Tree::of_string(string, 0..0).root())
    }
}

impl<'n> engine::Node<'n, Representation> for Node<'n> {
    type Object = Members<'n>;
    type Array = Items<'n>;
    type Number = Number;

    fn as_object(&self) -> Option<Members<'n>> {
        self.is_object().then_some(Members(*self))
    }

    fn as_array(&self) -> Option<Items<'n>> {
        self.items().map(Items)
    }

    fn as_string(&self) -> Option<Cow<'n, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        match self.data() {
            // JSON has no other numbers; `to_value` also makes them null.
            Data::Number(number) if number.to_f64().is_finite() => Some(number),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        if let Data::Bool(value) = self.data() {
            Some(value)
        } else {
            None
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self.data() {
            Data::Bool(_) => JsonType::Boolean,
            Data::Number(_) if self.is_number() => JsonType::Number,
            Data::Null | Data::Number(_) => JsonType::Null,
            Data::String(_) => JsonType::String,
            Data::Array => JsonType::Array,
            Data::Object => JsonType::Object,
        }
    }

    /// Errors contain their value, which can be the whole document, but the value is not used.
    fn to_value(&self) -> Cow<'n, Value> {
        Cow::Owned(match self.json_type() {
            JsonType::Array => json!([]),
            JsonType::Object => json!({}),
            _ => Node::to_value(*self),
        })
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(self.index()))
    }
}

/// An object.
struct Members<'n>(Node<'n>);

impl<'n> engine::Object<'n, Representation> for Members<'n> {
    type Node = Node<'n>;
    type MemberName = &'n str;
    type MembersIter = Box<dyn Iterator<Item = (&'n str, Node<'n>)> + 'n>;

    fn len(&self) -> usize {
        self.0.members().count()
    }

    fn get(&self, key: &String) -> Option<Node<'n>> {
        Some(self.0.member(key)?.value())
    }

    fn members(&self) -> Self::MembersIter {
        let members = self.0.members();
        Box::new(members.map(|member| (member.name(), member.value())))
    }
}

/// An array.
struct Items<'n>(Inside<'n>);

impl<'n> engine::Array<'n, Representation> for Items<'n> {
    type Node = Node<'n>;
    type ElementsIter = Inside<'n>;

    fn len(&self) -> usize {
        self.0.clone().count()
    }

    fn elements(&self) -> Inside<'n> {
        self.0.clone()
    }
}
impl JsonNumber for Number {
    fn as_u64(&self) -> Option<u64> {
        self.as_i64()?.try_into().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        if let Self::Integer(integer) = self {
            Some(*integer)
        } else {
            None
        }
    }

    fn as_f64(&self) -> Option<f64> {
        Some(self.to_f64())
    }

    fn as_str(&self) -> Cow<'_, str> {
        self.to_value().to_string().into()
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let double = || serde_json::Number::from_f64(self.to_f64());
        let number = self.as_i64().map(Into::into).or_else(double);
        Cow::Owned(number.unwrap_or_else(|| 0.into()))
    }

    fn is_integer(&self) -> bool {
        Self::is_integer(*self)
    }

    fn is_written_as_integer(&self) -> bool {
        matches!(self, Self::Integer(_))
    }
}
