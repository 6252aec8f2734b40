//! The dialects of JSON Schema that the contract is published in.

use std::fmt;

use serde_json::{Value, json};

/// A dialect of JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dialect {
    /// Draft 7, for tools that know no newer one.
    Draft7,
    /// Draft 2020-12.
    #[default]
    Draft202012,
}

impl Dialect {
    /// All dialects, the newest first.
    pub const ALL: &[Self] = &[Self::Draft202012, Self::Draft7];

    /// Its name, and that of the folder of the published schemas.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft7 => "draft-07",
            Self::Draft202012 => "2020-12",
        }
    }

    /// The value of `$schema`.
    #[must_use]
    pub fn uri(self) -> &'static str {
        match self {
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    /// The keyword that holds named schemas.
    #[must_use]
    pub fn definitions(self) -> &'static str {
        match self {
            Self::Draft7 => "definitions",
            Self::Draft202012 => "$defs",
        }
    }

    pub(super) fn reference(self, name: &str) -> Value {
        json!({"$ref": format!("#/{}/{name}", self.definitions())})
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
