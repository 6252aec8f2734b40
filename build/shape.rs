//! The shapes of the parts of the document: which members an object has, which are required, and
//! what each holds. A part of another shape is refused before anything else reads it.

use serde_json::Value;

use super::{
    document::{escape, members},
    refusal::{Refusal, refuse},
};

/// What a value must be.
#[derive(Clone, Copy)]
pub enum Is {
    Anything,
    Boolean,
    True,
    Number,
    /// A string that is not blank.
    Text,
    TextOrNull,
    /// A JSON Pointer.
    Pointer,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// A list of at least one string, all different.
    Texts,
    /// A list of at least one of these.
    List(&'static Is),
    /// One, or a list of them.
    OneOrList(&'static Is),
    /// An object with arbitrary names and at least one member.
    Map(&'static Is),
    Empty,
    EmptyList,
    /// Must be absent, with what to do instead.
    Never(&'static str),
    Object(&'static Object),
    /// An object, or a reference to one in this folder of the components.
    Component(&'static str, &'static Object),
}

/// A kind of object.
pub struct Object {
    /// With an article, as in `an operation`.
    pub name: &'static str,
    pub members: &'static [Member],
}

/// A member that an object of a kind may have.
pub struct Member {
    name: &'static str,
    is: Is,
    required: bool,
}

/// A required member.
pub const fn needs(name: &'static str, is: Is) -> Member {
    let required = true;
    Member { name, is, required }
}

/// An optional member.
pub const fn may(name: &'static str, is: Is) -> Member {
    let required = false;
    Member { name, is, required }
}

impl Is {
    /// Checks a value and everything in it.
    ///
    /// # Errors
    /// A [`Refusal`] for the first value of another shape.
    pub fn check(self, value: &Value, place: &str) -> Result<(), Refusal> {
        let items = || value.as_array().into_iter().flatten().enumerate();
        let fits = match self {
            Self::Never(help) => return refuse(place, "a member that must not be there", help),
            Self::Anything => true,
            Self::Boolean => value.is_boolean(),
            Self::True => *value == true,
            Self::Number => value.is_number(),
            Self::Text => is_text(value),
            Self::TextOrNull => value.is_null() || is_text(value),
            Self::Pointer => value.as_str().is_some_and(is_pointer),
            Self::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Self::Empty => value.as_object().is_some_and(serde_json::Map::is_empty),
            Self::EmptyList => value.as_array().is_some_and(Vec::is_empty),
            Self::Texts => {
                let is_new = |index| items().take(index).all(|(_, other)| *other != value[index]);
                items().next().is_some()
                    && items().all(|(index, item)| is_text(item) && is_new(index))
            }
            Self::List(_) => items().next().is_some(),
            Self::OneOrList(is) if !value.is_array() => return is.check(value, place),
            Self::OneOrList(is) => return Self::List(is).check(value, place),
            Self::Map(_) => members(value).next().is_some(),
            Self::Object(_) | Self::Component(..) => value.is_object(),
        };
        if !fits {
            let problem = format!("{} is not {}", brief(value), self.name());
            return refuse(place, problem, format!("write {}", self.name()));
        }
        match self {
            Self::List(is) => {
                items().try_for_each(|(index, item)| is.check(item, &format!("{place}/{index}")))
            }
            Self::Map(is) => members(value).try_for_each(|(name, member)| {
                is.check(member, &format!("{place}/{}", escape(name)))
            }),
            Self::Component(folder, _) if value.get("$ref").is_some() => {
                reference(value, folder, place)
            }
            Self::Object(object) | Self::Component(_, object) => object.check(value, place),
            _ => Ok(()),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Anything => "a value".to_owned(),
            Self::Never(_) => "nothing".to_owned(),
            Self::Boolean => "true or false".to_owned(),
            Self::True => "true".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::TextOrNull => "a text or null".to_owned(),
            Self::Pointer => "a JSON Pointer, as in `/actionBody/title`".to_owned(),
            Self::Word([word]) => format!("`{word}`"),
            Self::Word(words) => format!("one of {}", words.join(", ")),
            Self::Texts => "a list of different texts".to_owned(),
            Self::List(is) => format!("a list, each item {}", is.name()),
            Self::OneOrList(is) => format!("{}, or a list of such", is.name()),
            Self::Map(is) => format!("an object, each member {}", is.name()),
            Self::Empty => "`{}`".to_owned(),
            Self::EmptyList => "`[]`".to_owned(),
            Self::Object(object) | Self::Component(_, object) => object.name.to_owned(),
        }
    }
}

impl Object {
    fn check(&self, value: &Value, place: &str) -> Result<(), Refusal> {
        let known = |name: &str| self.members.iter().find(|member| member.name == name);
        let names = |required: bool| {
            let members = self.members.iter();
            let names = members.filter(|member| member.required || !required);
            let names = names.filter(|member| !matches!(member.is, Is::Never(_)));
            names.map(|member| member.name).collect::<Vec<_>>()
        };
        // Report misspelt members first, since they cause missing ones.
        for (name, member) in members(value) {
            let place = format!("{place}/{}", escape(name));
            let Some(known) = known(name) else {
                let help = format!("use one of {}", names(false).join(", "));
                return refuse(place, format!("`{name}` is unknown in {}", self.name), help);
            };
            known.is.check(member, &place)?;
        }
        match names(true).iter().find(|name| value.get(name).is_none()) {
            Some(name) => {
                let problem = format!("`{name}` is missing in {}", self.name);
                let is = known(name).map_or(Is::Anything, |member| member.is);
                refuse(place, problem, format!("add `{name}`: {}", is.name()))
            }
            None => Ok(()),
        }
    }
}

/// Checks that a reference has no siblings, and names a component of the right kind.
fn reference(value: &Value, folder: &str, place: &str) -> Result<(), Refusal> {
    if members(value).count() > 1 {
        return refuse(
            place,
            "members next to `$ref`",
            "OpenAPI 3.0 ignores them: move them into the target",
        );
    }
    let start = format!("#/components/{folder}/");
    let name = value["$ref"]
        .as_str()
        .and_then(|it| it.strip_prefix(&start));
    match name {
        Some(name) if !name.contains(['/', '~']) => Ok(()),
        _ => refuse(
            format!("{place}/$ref"),
            format!("{} names no component of {folder}", brief(&value["$ref"])),
            format!("write `{start}NAME`"),
        ),
    }
}

fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/') && !text.ends_with('/')
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// A value, as messages show it.
pub fn brief(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "an empty list".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(members) if members.is_empty() => "an empty object".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        scalar => {
            let text = scalar.to_string();
            match text.char_indices().nth(40) {
                Some((end, _)) => format!("{}...", &text[..end]),
                None => text,
            }
        }
    }
}
