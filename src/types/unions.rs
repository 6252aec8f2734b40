//! The enums for the contract's unions and for columns of the support matrix.
//!
//! Typify would try the alternatives of a union one by one, and only say that none matches. These
//! enums use the tag, so that errors are about the alternative that is meant.

use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error},
};
use serde_json::{Map, Value};

use super::generated as types;
use crate::{
    name::{self, UnknownName},
    support::{ActionType, Method, Unsupported},
};

/// `Name by "tag" { "value" => Variant(Schema), } without Variant(Schema) open Variant`: an enum
/// that writes and reads the tag. `without` is the alternative that has no tag, and `open` keeps
/// objects that match no alternative.
macro_rules! union {
    (
        $(#[$about:meta])*
        $name:ident by $tag:literal {
            $($(#[$variant_about:meta])* $value:literal => $variant:ident($schema:ident),)*
        }
        $(without $(#[$bare_about:meta])* $bare:ident($bare_schema:ident))?
        $(open $unknown:ident)?
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(tag = $tag)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$variant_about])*
                #[serde(rename = $value)]
                $variant(types::$schema),
            )*
            $(
                $(#[$bare_about])*
                #[serde(untagged)]
                $bare(types::$bare_schema),
            )?
            $(
                #[doc = concat!("The whole object, whose `", $tag, "` the contract does not know.")]
                #[serde(untagged)]
                $unknown(Map<String, Value>),
            )?
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut object = Map::deserialize(deserializer)?;
                match object.remove($tag) {
                    $(
                        Some(Value::String(tag)) if tag == $value => {
                            alternative(object, concat!($tag, " ", $value)).map(Self::$variant)
                        }
                    )*
                    $(None => alternative(object, concat!("no ", $tag)).map(Self::$bare),)?
                    $(
                        Some(Value::String(tag)) => {
                            object.insert($tag.to_owned(), Value::String(tag));
                            Ok(Self::$unknown(object))
                        }
                    )?
                    other => Err(unclaimed($tag, other, &[$($value),*])),
                }
            }
        }

        $(
            impl From<types::$schema> for $name {
                fn from(alternative: types::$schema) -> Self {
                    Self::$variant(alternative)
                }
            }
        )*
        $(
            impl From<types::$bare_schema> for $name {
                fn from(alternative: types::$bare_schema) -> Self {
                    Self::$bare(alternative)
                }
            }
        )?
    };
}

/// `Name of Method { "id" => Variant, }`: the ids of the types that the matrix supports a method
/// for.
macro_rules! column {
    ($(#[$about:meta])* $name:ident of $method:ident { $($id:literal => $variant:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("`", $id, "`.")]
                #[serde(rename = $id)]
                $variant,
            )*
        }

        impl $name {
            /// All types, in the order of the matrix.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $id,)*
                })
            }
        }

        impl FromStr for $name {
            type Err = UnknownName;

            /// Parses an id of the matrix, in any case.
            fn from_str(id: &str) -> Result<Self, UnknownName> {
                let all = [$(($name::$variant, $id)),*];
                name::find("a type", all, |(_, id)| id, id).map(|(found, _)| found)
            }
        }

        impl From<$name> for ActionType {
            fn from(id: $name) -> Self {
                match id {
                    $($name::$variant => Self::$variant,)*
                }
            }
        }

        impl TryFrom<ActionType> for $name {
            type Error = Unsupported;

            fn try_from(action_type: ActionType) -> Result<Self, Unsupported> {
                match action_type {
                    $(ActionType::$variant => Ok(Self::$variant),)*
                    _ => Err(Unsupported { action_type, method: Method::$method }),
                }
            }
        }
    };
}

/// The alternative that the tag names. Its errors name it, and drop serde's backticks: callers that
/// quote them add their own.
fn alternative<T: DeserializeOwned, E: Error>(
    object: Map<String, Value>,
    place: &str,
) -> Result<T, E> {
    T::deserialize(Value::Object(object)).map_err(|error| {
        E::custom(format_args!(
            "{place}: {}",
            error.to_string().replace('`', "")
        ))
    })
}

fn unclaimed<E: Error>(tag: &str, value: Option<Value>, known: &[&str]) -> E {
    match value {
        None => E::custom(format_args!("missing field {tag}")),
        Some(value) => E::custom(format_args!(
            "{tag} {value} is not one of {}",
            known.join(", ")
        )),
    }
}

include!(concat!(env!("OUT_DIR"), "/unions.rs"));
