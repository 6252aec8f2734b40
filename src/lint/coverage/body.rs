//! What a body exercises.

use std::cell::LazyCell;

use super::{
    aspect::Aspect,
    declared::{Alternatives, Declared, Place},
    names,
    seen::Coverage,
};
use crate::{
    body::BodyKind,
    contract::Type,
    json::{Member, Node},
    lint::{
        Linter, Report, document,
        finding::Sink,
        settings::{Decision, Settings},
    },
    mask::Hidden,
    support::{ActionType, Method},
};

impl Linter {
    /// Adds what a body exercises of the contract; `report` is the report about it.
    pub fn cover(&self, text: impl AsRef<[u8]>, report: &Report, coverage: &mut Coverage) {
        let text = text.as_ref();
        coverage.add_rules(report);
        let Some(kind) = report.body else { return };
        if let Some(operation) = kind.operation() {
            let method = operation.method().to_string();
            coverage.add_named(Aspect::Operations, &method, operation.as_str(), 1);
        }
        Walk::new(&self.settings, coverage, || self.secrets.and_of(text)).body(kind, text);
    }
}

/// A walk along the schemas.
pub(super) struct Walk<'w> {
    declared: &'static Declared,
    settings: &'w Settings,
    pub coverage: &'w mut Coverage,
    /// What to mask; most inputs have no name that the contract lacks, and are not searched for it.
    hidden: LazyCell<Hidden, Box<dyn FnOnce() -> Hidden + 'w>>,
}

impl<'w> Walk<'w> {
    pub fn new(
        settings: &'w Settings,
        coverage: &'w mut Coverage,
        learn: impl FnOnce() -> Hidden + 'w,
    ) -> Self {
        Self {
            declared: Declared::get(),
            settings,
            coverage,
            hidden: LazyCell::new(Box::new(learn)),
        }
    }

    /// Adds a name that the contract lacks.
    pub fn lacks(&mut self, aspect: Aspect, of: &str, name: &str) {
        let name = self.hidden.words(names::name(name));
        self.coverage.lacks(aspect).add(of, &name, 1);
    }

    /// Adds a path that the contract lacks, without its values.
    pub fn lacks_path(&mut self, method: &str, path: &str) {
        let path = self.hidden.words(path);
        let undeclared = self.coverage.lacks(Aspect::Operations);
        undeclared.add(names::name(method), &path, 1);
    }

    fn lacks_member(&mut self, place: &Place, name: &str) {
        let name = self.hidden.words(names::name(name));
        let member = names::member(&place.pointer, &name);
        let undeclared = self.coverage.lacks(Aspect::Members);
        undeclared.add(place.of, &member, 1);
    }

    /// A name of a type that a column of the matrix decides about; `of` is where it is.
    pub fn action_type(&mut self, name: &str, method: Method, of: &str) {
        let Some(known) = ActionType::by_name(name) else {
            return self.lacks(Aspect::Matrix, of, name);
        };
        let (method_name, value) = (method.to_string(), known.row().body_value);
        self.coverage
            .add_named(Aspect::Matrix, &method_name, value, 1);
        if let Decision::Unsupported(_) = self.settings.decide(name, method) {
            self.coverage.add_refused(&method_name, value, 1);
        }
    }

    /// A whole body, if it can be read.
    pub fn body(&mut self, kind: BodyKind, text: &[u8]) {
        // The findings are in the report.
        let Some((tree, true)) = document::read(text, &mut Sink::new(0)) else {
            return;
        };
        if let Some(place) = self.declared.schema(kind.schema()) {
            self.value(place, tree.root());
        }
    }

    fn value(&mut self, place: &'static Place, node: Node<'_>) {
        let schema = place.schema;
        if let Some(name) = schema.union.as_deref() {
            if let Some(union) = self.declared.alternatives(name) {
                self.union(name, union, node);
            }
            return;
        }
        let takes = |(_, place): &&(usize, Place)| match place.schema.kind {
            Some(Type::Number) if node.type_name() == Type::Integer.name() => true,
            kind => kind.is_some_and(|kind| kind.name() == node.type_name()),
        };
        if let Some((item, chosen)) = place.choice.iter().find(takes) {
            self.coverage.add(*item);
            return self.value(chosen, node);
        }
        if let Some(method) = schema.action_type
            && let Some(name) = node.as_str()
        {
            self.action_type(name, method, place.of);
        }
        if !place.values.is_empty() {
            self.listed(place, node);
        }
        if schema.properties.is_some() {
            node.members().for_each(|member| self.member(place, member));
        }
        if let Some(inner) = &place.inner {
            let items = node.items().into_iter().flatten();
            items.for_each(|item| self.value(inner, item));
        }
    }

    fn listed(&mut self, place: &Place, node: Node<'_>) {
        let is_it = |value: &serde_json::Value| match (value.as_str(), node.as_str()) {
            (Some(listed), Some(text)) => listed.eq_ignore_ascii_case(text),
            _ => node.to_value() == *value,
        };
        let mut values = place.values.iter();
        if let Some((_, item)) = values.find(|(value, _)| is_it(value)) {
            self.coverage.add(*item);
        }
    }

    fn member(&mut self, place: &'static Place, member: Member<'_>) {
        let name = member.name();
        let mut members = place.members.iter();
        let declared = members.find(|(declared, ..)| declared.eq_ignore_ascii_case(name));
        if let Some((_, item, inner)) = declared {
            // Null means that an optional member is absent (D-35).
            if !member.value().is_null() || inner.schema.is_any() {
                self.coverage.add(*item);
                self.value(inner, member.value());
            }
        } else if !place.schema.sandbox.iter().any(|other| other == name) {
            self.lacks_member(place, name);
        }
    }

    fn union(&mut self, of: &'static str, alternatives: &'static Alternatives, node: Node<'_>) {
        let union = alternatives.union;
        let find = |name: &str| node.member_in_any_case(name).map(Member::value);
        let Some(tag) = find(&union.tag).filter(|tag| !tag.is_null()) else {
            if let Some((bare, item)) = union.bare.as_ref().zip(alternatives.bare)
                && find(&bare.selector).is_some()
            {
                self.alternative(item, &bare.schema, node);
            }
            return;
        };
        let Some(name) = tag.as_str() else { return };
        if let Some(method) = union.column {
            self.action_type(name, method, of);
        }
        let mut known = union.alternatives.iter().zip(&alternatives.tagged);
        if let Some(((_, schema), item)) =
            known.find(|((tag, _), _)| tag.eq_ignore_ascii_case(name))
        {
            self.alternative(*item, schema, node);
        } else if union.column.is_none() {
            self.lacks(Aspect::Matrix, of, name);
        }
    }

    fn alternative(&mut self, item: usize, schema: &str, node: Node<'_>) {
        self.coverage.add(item);
        if let Some(place) = self.declared.schema(schema) {
            self.value(place, node);
        }
    }
}
