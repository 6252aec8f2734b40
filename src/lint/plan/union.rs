//! The alternatives of a union.

use std::sync::OnceLock;

use super::Plan;
use crate::{contract, lint::fast::Key};

/// The alternatives of a union, by name.
pub(in crate::lint) struct Union {
    pub declared: &'static contract::Union,
    pub tag: Key,
    pub alternatives: Vec<Key>,
    plans: Vec<Named>,
    bare: Option<Named>,
    envelope: Named,
}

/// The plan of a schema, looked up by its name when it is first needed.
pub(super) struct Named(&'static str, OnceLock<Option<&'static Plan>>);

impl Named {
    pub fn new(name: &'static str) -> Self {
        Self(name, OnceLock::new())
    }

    pub fn get(&self) -> Option<&'static Plan> {
        *self.1.get_or_init(|| Plan::get(self.0))
    }
}

impl Union {
    pub fn new(declared: &'static contract::Union) -> Self {
        let alternatives = declared.alternatives.iter();
        Self {
            declared,
            tag: Key::new(&declared.tag),
            plans: alternatives
                .clone()
                .map(|(_, schema)| Named::new(schema))
                .collect(),
            bare: declared.bare.as_ref().map(|bare| Named::new(&bare.schema)),
            envelope: Named::new(&declared.envelope),
            alternatives: alternatives.map(|(value, _)| Key::new(value)).collect(),
        }
    }

    /// The value of the tag of an alternative, and its plan.
    pub fn alternative(&self, index: usize) -> Option<(&'static str, &'static Plan)> {
        let (name, _) = self.declared.alternatives.get_index(index)?;
        Some((name, self.plans.get(index)?.get()?))
    }

    /// The alternative that has no tag.
    pub fn bare(&self) -> Option<&'static Plan> {
        self.bare.as_ref()?.get()
    }

    /// What all tagged alternatives have in common.
    pub fn envelope(&self) -> Option<&'static Plan> {
        self.envelope.get()
    }
}
