//! The unions of action types: `oneOf` of references, told apart by a tag.

use serde_json::Value;

use super::{
    Refusal,
    document::{name_of, resolve, schemas},
};

/// A `oneOf` whose alternatives are told apart by a required member with one allowed value.
pub struct Union<'d> {
    pub name: &'d str,
    /// The member that tells the alternatives apart.
    pub tag: &'d str,
    pub alternatives: Vec<Alternative<'d>>,
    /// The alternative without the tag, and the member it has instead.
    pub bare: Option<Bare<'d>>,
    /// Whether a tag that no alternative has is kept (`x-kaizala-open`).
    pub open: bool,
    /// The column of the matrix that its tags must equal (`x-kaizala-matrix`).
    pub column: Option<&'d str>,
}

pub struct Alternative<'d> {
    pub value: &'d str,
    pub schema: &'d str,
}

pub struct Bare<'d> {
    pub selector: &'d str,
    pub schema: &'d str,
}

impl Union<'_> {
    pub fn place(&self) -> String {
        place_of(self.name)
    }
}

fn place_of(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

/// The unions among the named schemas: each `oneOf` that has an alternative with a tag. Any other
/// `oneOf` is a mere choice of JSON types.
///
/// # Errors
/// A [`Refusal`] for a union that a reader could not tell apart by one tag.
pub fn find(document: &Value) -> Result<Vec<Union<'_>>, Refusal> {
    let mut unions = Vec::new();
    for (name, schema) in schemas(document)? {
        if let Some(tag) = tag_of(document, schema) {
            unions.push(read(document, name, schema, tag)?);
        }
    }
    Ok(unions)
}

/// The member that tells the alternatives apart, if there is one.
fn tag_of<'d>(document: &'d Value, schema: &'d Value) -> Option<&'d str> {
    schema["discriminator"]["propertyName"]
        .as_str()
        .or_else(|| {
            let alternatives = schema["oneOf"].as_array()?.iter();
            alternatives
                .filter_map(|alternative| resolve(document, alternative, "").ok())
                .find_map(|target| {
                    target["properties"]
                        .as_object()?
                        .keys()
                        .find(|name| tag_value(target, name).is_some())
                        .map(String::as_str)
                })
        })
}

fn read<'d>(
    document: &'d Value,
    name: &'d str,
    schema: &'d Value,
    tag: &'d str,
) -> Result<Union<'d>, Refusal> {
    let place = place_of(name);
    let mut union = Union {
        name,
        tag,
        alternatives: Vec::new(),
        bare: None,
        open: schema["x-kaizala-open"] == true,
        column: schema["x-kaizala-matrix"].as_str(),
    };
    for (index, alternative) in schema["oneOf"].as_array().into_iter().flatten().enumerate() {
        let place = format!("{place}/oneOf/{index}");
        let reference = alternative["$ref"].as_str().ok_or_else(|| {
            Refusal::new(
                &place,
                "an inline alternative",
                "give it a name in components/schemas: other languages would call it `ActionOneOf1`",
            )
        })?;
        let target = resolve(document, alternative, &place)?;
        let schema = name_of(reference);
        if target.get("oneOf").is_some() {
            return Err(Refusal::new(
                place,
                format!("`{schema}` is a union itself"),
                "list its alternatives here: unions are flat",
            ));
        }
        match tag_value(target, tag) {
            Some(value) if union.alternatives.iter().any(|other| other.value == value) => {
                return Err(Refusal::new(
                    place,
                    format!("`{value}` has two alternatives"),
                    "give each its own tag value",
                ));
            }
            Some(value) => union.alternatives.push(Alternative { value, schema }),
            None if target["properties"].get(tag).is_some() => {
                let problem =
                    format!("`{tag}` of `{schema}` is not required with exactly one value");
                return Err(Refusal::new(
                    place,
                    problem,
                    "require it and give it an `enum` of one value",
                ));
            }
            None if union.bare.is_some() => {
                return Err(Refusal::new(
                    place,
                    format!("a second alternative without `{tag}`"),
                    "one at most can be told apart by its absence",
                ));
            }
            None => {
                union.bare = Some(Bare {
                    selector: selector(target, tag, &place)?,
                    schema,
                })
            }
        }
    }
    Ok(union)
}

/// The one value of a required tag.
fn tag_value<'d>(schema: &'d Value, tag: &str) -> Option<&'d str> {
    let required = schema["required"]
        .as_array()?
        .iter()
        .any(|name| name == tag);
    match schema["properties"][tag]["enum"]
        .as_array()
        .map(Vec::as_slice)
    {
        Some([value]) if required => value.as_str(),
        _ => None,
    }
}

/// The member that stands for the tag in the alternative without one.
fn selector<'d>(schema: &'d Value, tag: &str, place: &str) -> Result<&'d str, Refusal> {
    let excludes = schema["not"]["required"]
        .as_array()
        .is_some_and(|names| names.iter().any(|name| name == tag));
    let first = schema["required"]
        .as_array()
        .and_then(|names| names.first())
        .and_then(Value::as_str);
    first.filter(|_| excludes).ok_or_else(|| {
        let cure = format!("require the member that stands for it first, and exclude the tag with `not: {{required: [{tag}], properties: {{{tag}: {{}}}}}}`");
        Refusal::new(place, format!("an alternative without `{tag}` that does not say what it has instead"), cure)
    })
}
