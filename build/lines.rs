//! Finds the line of the YAML text for a part of the document.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The line of the target of a JSON Pointer, as in `#/paths`; for a missing target, the line of the
/// nearest existing parent.
pub fn find(yaml: &str, pointer: &str) -> Option<usize> {
    let tokens = pointer.strip_prefix('#')?.split('/').skip(1);
    let tokens: Vec<_> = tokens
        .map(|it| it.replace("~1", "/").replace("~0", "~"))
        .collect();
    let mut ends = (0..=tokens.len()).rev();
    ends.find_map(|end| {
        let document = serde_yaml_ng::Deserializer::from_str(yaml);
        let stopped = Seek(&tokens[..end]).deserialize(document).err()?;
        Some(stopped.location()?.line())
    })
}

/// Deserializes a value down to the location of these tokens and stops there with an error, whose
/// location YAML knows.
#[derive(Clone, Copy)]
struct Seek<'t>(&'t [String]);

impl Seek<'_> {
    fn scalar<E: Error>(self) -> Result<(), E> {
        if self.0.is_empty() {
            Err(here())
        } else {
            Ok(())
        }
    }
}

fn here<E: Error>() -> E {
    E::custom("here")
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Some((token, rest)) = self.0.split_first() else {
            return Err(here());
        };
        let is_last = rest.is_empty();
        while let Some(is_meant) = members.next_key_seed(Key { token, is_last })? {
            if is_meant {
                members.next_value_seed(Seek(rest))?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some((token, rest)) = self.0.split_first() else {
            return Err(here());
        };
        for index in 0.. {
            let item = if *token == index.to_string() {
                items.next_element_seed(Seek(rest))?
            } else {
                items.next_element::<IgnoredAny>()?.map(|_| ())
            };
            if item.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.scalar()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar()
    }
}

/// Whether a key is the token. For the last token this stops at the key, whose line is more useful
/// than that of its value.
struct Key<'t> {
    token: &'t str,
    is_last: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        match key == self.token {
            true if self.is_last => Err(here()),
            is_meant => Ok(is_meant),
        }
    }
}
