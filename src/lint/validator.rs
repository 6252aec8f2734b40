//! The JSON Schema engine on the linter's own tree: it reads [`Node`]s as they are, without a copy.

use std::{
    borrow::Cow,
    collections::HashMap,
    slice,
    sync::{LazyLock, OnceLock},
};

use jsonschema::{
    Draft, JsonType, Validator,
    json::{self, Json, JsonNumber, NodeIdentity},
};
use serde_json::Value;

use crate::{
    contract::Contract,
    json::{Data, Member, Node, Number},
};

/// What the engine makes of the schema of this name in the contract. It is compiled when it is first
/// asked for: most runs need few.
pub(super) fn validator(name: &str) -> Option<&'static Validator<Tree>> {
    static VALIDATORS: LazyLock<HashMap<&str, OnceLock<Validator<Tree>>>> = LazyLock::new(|| {
        let names = Contract::get().schema_names();
        names.map(|name| (name, OnceLock::new())).collect()
    });
    let text = Contract::get().text(name)?;
    Some(VALIDATORS.get(name)?.get_or_init(|| {
        let options = jsonschema::options_for().with_draft(Draft::Draft202012);
        // A test compiles every schema of the contract.
        let schema = serde_json::from_str(text).map_err(|error| error.to_string());
        let compiled =
            schema.and_then(|schema| options.build(&schema).map_err(|error| error.to_string()));
        compiled.unwrap_or_else(|error| unreachable!("schema {name} of the contract: {error}"))
    }))
}

/// The representation of JSON that the linter's tree is.
pub(super) struct Tree;

impl Json for Tree {
    type Node<'n> = &'n Node<'n>;
    type PreparedKey = String;
    type StringBuffer = ();
    // Members are searched one by one.
    const KEYS_PER_LOOKUP: usize = 2;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(
        (): &mut (),
        string: &str,
        f: impl for<'n> FnOnce(&'n Node<'n>) -> T,
    ) -> T {
        let data = Data::String(string.into());
        f(&Node {
            span: 0..0,
            data,
            flaw: None,
        })
    }
}

impl<'n> json::Node<'n, Tree> for &'n Node<'n> {
    type Object = &'n [Member<'n>];
    type Array = &'n [Node<'n>];
    type Number = Number;

    fn as_object(&self) -> Option<Self::Object> {
        matches!(self.data, Data::Object(_)).then(|| self.members())
    }

    fn as_array(&self) -> Option<Self::Array> {
        self.items()
    }

    fn as_string(&self) -> Option<Cow<'n, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        match self.data {
            // JSON has no other numbers; `to_value` makes them null, too.
            Data::Number(number) if number.to_f64().is_finite() => Some(number),
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        if let Data::Bool(value) = self.data {
            Some(value)
        } else {
            None
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match &self.data {
            Data::Bool(_) => JsonType::Boolean,
            Data::Number(_) if self.is_number() => JsonType::Number,
            Data::Null | Data::Number(_) => JsonType::Null,
            Data::String(_) => JsonType::String,
            Data::Array(_) => JsonType::Array,
            Data::Object(_) => JsonType::Object,
        }
    }

    fn to_value(&self) -> Cow<'n, Value> {
        Cow::Owned(Node::to_value(self))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref(*self) as usize))
    }
}

impl<'n> json::Object<'n, Tree> for &'n [Member<'n>] {
    type Node = &'n Node<'n>;
    type MemberName = &'n str;
    type MembersIter =
        std::iter::Map<slice::Iter<'n, Member<'n>>, fn(&'n Member<'n>) -> (&'n str, &'n Node<'n>)>;

    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn get(&self, key: &String) -> Option<Self::Node> {
        self.iter()
            .find(|member| member.name == *key)
            .map(|member| &member.value)
    }

    fn members(&self) -> Self::MembersIter {
        self.iter().map(|member| (&*member.name, &member.value))
    }
}

impl<'n> json::Array<'n, Tree> for &'n [Node<'n>] {
    type Node = &'n Node<'n>;
    type ElementsIter = slice::Iter<'n, Node<'n>>;

    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn elements(&self) -> Self::ElementsIter {
        self.iter()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_of_the_contract_compiles() {
        for name in Contract::get().schema_names() {
            assert!(validator(name).is_some(), "{name}");
        }
    }
}
