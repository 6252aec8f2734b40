//! A JSON document as a tree that knows where each part stands.

use std::borrow::Cow;

use serde_json::Value;

use super::{cursor::Span, number::Number};
use crate::contract::Schema;

/// How many levels of arrays and objects a document may have.
pub const DEPTH: usize = 128;

/// A value and where it stands. It borrows from the document what needs no decoding.
#[derive(Debug)]
pub struct Node<'t> {
    pub span: Span,
    pub data: Data<'t>,
    /// What no schema can judge: the value that was meant cannot be known.
    pub flaw: Option<Flaw>,
}

#[derive(Debug)]
pub enum Data<'t> {
    Null,
    Bool(bool),
    Number(Number),
    String(Cow<'t, str>),
    Array(Vec<Node<'t>>),
    Object(Vec<Member<'t>>),
}

/// A member of an object.
#[derive(Debug)]
pub struct Member<'t> {
    /// As the contract spells it, once the member is recognised.
    pub name: Cow<'t, str>,
    /// What the contract says of it, once it is recognised.
    pub schema: Option<&'static Schema>,
    /// As the document spells it.
    pub written: Cow<'t, str>,
    pub key: Span,
    pub value: Node<'t>,
    pub key_flaw: Option<Flaw>,
    /// What to cut to remove it, with the comma that goes with it.
    pub cut: Span,
    /// Whether another member with its key, in whatever case, came before: without this one, that
    /// one would count.
    pub repeats: bool,
}

/// A fault inside a string or a number that leaves the rest of the document readable.
#[derive(Debug, Clone)]
pub enum Flaw {
    /// Bytes that are no UTF-8.
    Bytes(Span),
    /// Half of a surrogate pair, as an escape.
    Surrogate(Span),
    /// More than int64 or a double can hold.
    Range,
}

impl<'t> Node<'t> {
    /// The place to mark for it: all of a scalar, the opening bracket of the others.
    #[must_use]
    pub fn anchor(&self) -> Span {
        match self.data {
            Data::Array(_) | Data::Object(_) => self.span.start..self.span.start + 1,
            _ => self.span.clone(),
        }
    }

    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.data {
            Data::Null => "null",
            Data::Bool(_) => "boolean",
            Data::Number(number) if number.is_integer() => "integer",
            Data::Number(_) => "number",
            Data::String(_) => "string",
            Data::Array(_) => "array",
            Data::Object(_) => "object",
        }
    }

    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// Whether a flaw is in it, however deep.
    pub fn is_flawed(&self) -> bool {
        let inside = match &self.data {
            Data::Array(items) => items.iter().any(Node::is_flawed),
            Data::Object(members) => members
                .iter()
                .any(|member| member.key_flaw.is_some() || member.value.is_flawed()),
            _ => false,
        };
        inside || self.flaw.is_some()
    }

    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Data::String(text) = &self.data {
            Some(text)
        } else {
            None
        }
    }

    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        if let Data::Array(items) = &self.data {
            Some(items)
        } else {
            None
        }
    }

    #[must_use]
    pub fn members(&self) -> &[Member<'t>] {
        if let Data::Object(members) = &self.data {
            members
        } else {
            &[]
        }
    }

    /// The member of this name, as the contract spells it.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member<'t>> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The last member of this name in any case.
    #[must_use]
    pub fn member_in_any_case(&self, name: &str) -> Option<&Member<'t>> {
        self.members()
            .iter()
            .rfind(|member| member.name.eq_ignore_ascii_case(name))
    }

    /// The value in the form that the JSON Schema engine takes.
    pub fn to_value(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(number) => number.to_value(),
            Data::String(text) => Value::String(text.clone().into_owned()),
            Data::Array(items) => items.iter().map(Node::to_value).collect(),
            Data::Object(members) => members
                .iter()
                .map(|member| (member.name.clone().into_owned(), member.value.to_value()))
                .collect(),
        }
    }
}
