//! The unions of action types: `oneOf` of references, distinguished by a tag.

use serde_json::Value;

use super::{
    document::{items, members, name_of, resolve, schema_place, schemas},
    refusal::{Refusal, refuse},
};

/// A `oneOf` whose alternatives are distinguished by a required member with one allowed value.
pub struct Union<'d> {
    pub name: &'d str,
    /// The member that distinguishes the alternatives.
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
        schema_place(self.name)
    }

    /// The schemas of all alternatives.
    pub fn schemas(&self) -> impl Iterator<Item = &str> {
        let tagged = self.alternatives.iter().map(|it| it.schema);
        tagged.chain(self.bare.iter().map(|bare| bare.schema))
    }

    /// The member that an alternative must not have, since it selects another: the tag, or the
    /// selector of the alternative without it.
    pub fn excluded_by(&self, schema: &str) -> Option<&str> {
        let bare = self.bare.as_ref()?;
        let is_tagged = self.alternatives.iter().any(|it| it.schema == schema);
        let tag = (bare.schema == schema).then_some(self.tag);
        is_tagged.then_some(bare.selector).or(tag)
    }

    /// The values of the tag.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.alternatives
            .iter()
            .map(|alternative| alternative.value)
    }
}

/// The unions among the named schemas: each `oneOf` that has an alternative with a tag. Any other
/// `oneOf` is only a choice of JSON types.
///
/// # Errors
/// A [`Refusal`] for a union whose alternatives one tag cannot distinguish.
pub fn find(document: &Value) -> Result<Vec<Union<'_>>, Refusal> {
    let mut unions = Vec::new();
    for (name, schema) in schemas(document)? {
        if let Some(tag) = tag_of(document, schema) {
            unions.push(read(document, name, schema, tag)?);
        }
    }
    Ok(unions)
}

/// The member that distinguishes the alternatives, if there is one.
fn tag_of<'d>(document: &'d Value, schema: &'d Value) -> Option<&'d str> {
    let declared = schema["discriminator"]["propertyName"].as_str();
    declared.or_else(|| {
        items(schema, "oneOf")
            .filter_map(|alternative| resolve(document, alternative, "").ok())
            .flat_map(|target| members(&target["properties"]).map(move |(name, _)| (target, name)))
            .find(|(target, name)| tag_value(target, name).is_some())
            .map(|(_, name)| name.as_str())
    })
}

fn read<'d>(
    document: &'d Value,
    name: &'d str,
    schema: &'d Value,
    tag: &'d str,
) -> Result<Union<'d>, Refusal> {
    let mut union = Union {
        name,
        tag,
        alternatives: Vec::new(),
        bare: None,
        open: schema["x-kaizala-open"] == true,
        column: schema["x-kaizala-matrix"].as_str(),
    };
    for (index, alternative) in items(schema, "oneOf").enumerate() {
        let place = format!("{}/oneOf/{index}", union.place());
        let Some(reference) = alternative["$ref"].as_str() else {
            return refuse(
                place,
                "an inline alternative",
                "give it a name in components/schemas: \
                 other languages would call it `ActionOneOf1`",
            );
        };
        let target = resolve(document, alternative, &place)?;
        let schema = name_of(reference);
        if target.get("oneOf").is_some() {
            return refuse(
                place,
                format!("`{schema}` is a union itself"),
                "list its alternatives here: unions are flat",
            );
        }
        match tag_value(target, tag) {
            Some(value) if union.tags().any(|other| other == value) => {
                return refuse(
                    place,
                    format!("`{value}` has two alternatives"),
                    "give each its own tag value",
                );
            }
            Some(value) => union.alternatives.push(Alternative { value, schema }),
            None if target["properties"].get(tag).is_some() => {
                return refuse(
                    place,
                    format!("`{tag}` of `{schema}` is not required with exactly one value"),
                    "require it and give it an `enum` of one value",
                );
            }
            None if union.bare.is_some() => {
                return refuse(
                    place,
                    format!("a second alternative without `{tag}`"),
                    "at most one can be recognised by its absence",
                );
            }
            None => {
                let selector = selector(target, tag, &place)?;
                union.bare = Some(Bare { selector, schema });
            }
        }
    }
    Ok(union)
}

/// The one value of a required tag.
fn tag_value<'d>(schema: &'d Value, tag: &str) -> Option<&'d str> {
    let is_required = items(schema, "required").any(|name| name == tag);
    match schema["properties"][tag]["enum"].as_array()?.as_slice() {
        [value] if is_required => value.as_str(),
        _ => None,
    }
}

/// The member that replaces the tag in the alternative without one.
fn selector<'d>(schema: &'d Value, tag: &str, place: &str) -> Result<&'d str, Refusal> {
    let excludes = items(&schema["not"], "required").any(|name| name == tag);
    match schema["required"][0].as_str() {
        Some(first) if excludes => Ok(first),
        _ => refuse(
            place,
            format!("an alternative without `{tag}` that does not say what it has instead"),
            format!(
                "require the member that stands for it first, and exclude the tag with \
                 `not: {{required: [{tag}], properties: {{{tag}: {{}}}}}}`"
            ),
        ),
    }
}
