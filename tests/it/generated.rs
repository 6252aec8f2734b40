//! What the generators make of the document, in a form that a reviewer can judge: names, fields,
//! variants, derives and serde's attributes, without docs, bodies and trait impls. It is read from
//! the text that the crate compiles.

use std::fmt::Write as _;

use quote::ToTokens;
use serde_json::Value;
use syn::{Attribute, Fields, ImplItem, Item, ItemMod, Signature, Type, Visibility};

const CLIENT: &str = include_str!(concat!(env!("OUT_DIR"), "/client.rs"));
const TYPES: &str = include_str!(concat!(env!("OUT_DIR"), "/types.rs"));
const UNIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/unions.rs"));
const CONSTRUCTORS: &str = include_str!(concat!(env!("OUT_DIR"), "/constructors.rs"));
const ACCESSORS: &str = include_str!(concat!(env!("OUT_DIR"), "/accessors.rs"));
const DOCUMENT: &str = kaizala_actions::contract::JSON;

/// The families of types, and how their names begin and end; the first that fits has the type.
const FAMILIES: &[(&str, &[&str])] = &[
    ("listed", &["ActionList", "Listed*"]),
    ("details", &["ActionDetails*", "Details*"]),
    ("posted", &["Posted*", "FailedSubscriber", "ServiceError"]),
    (
        "responses",
        &[
            "Answer*",
            "*ResponseRequest",
            "*ResponseRequestBody",
            "ResponseLocation",
        ],
    ),
    (
        "parts",
        &[
            "MeetingPlace",
            "PollChoice",
            "PackageProperty",
            "Question*",
            "PropertyType*",
            "QuestionType",
        ],
    ),
    ("request-bodies", &["*RequestBody"]),
    ("requests", &["*Request"]),
];

/// What a reviewer still reads to the end.
const MOST_LINES: usize = 120;

#[test]
fn types_by_family() {
    let file = syn::parse_file(TYPES).unwrap();
    let types: Vec<_> = file.items.iter().filter_map(shape).collect();
    let family_of = |name: &str| {
        FAMILIES
            .iter()
            .position(|(_, patterns)| patterns.iter().any(|pattern| fits(name, pattern)))
    };

    let strays: Vec<_> = types
        .iter()
        .map(|(name, _)| name)
        .filter(|name| family_of(name).is_none())
        .collect();
    assert!(
        strays.is_empty(),
        "of no family of tests/it/generated.rs: {strays:?}"
    );

    for (index, (family, _)) in FAMILIES.iter().enumerate() {
        let members = types
            .iter()
            .filter(|(name, _)| family_of(name) == Some(index));
        let text = members
            .map(|(_, text)| text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        assert!(!text.is_empty(), "the family {family} is empty");
        snapshot(&format!("types@{family}"), &text);
    }
}

#[test]
fn enums_of_unions_and_columns() {
    let lines: Vec<_> = UNIONS
        .lines()
        .map(without_docs)
        .filter(|line| !line.trim().is_empty())
        .collect();
    snapshot("types@unions", &lines.join("\n"));
}

#[test]
fn methods_of_the_client() {
    let file = syn::parse_file(CLIENT).unwrap();
    let mut text = methods(&file.items);
    text += &methods(module(&file.items, "builder"));
    snapshot("client@methods", &text);
}

#[test]
fn constructors_and_accessors() {
    for (name, text) in [
        ("types@constructors", CONSTRUCTORS),
        ("types@accessors", ACCESSORS),
    ] {
        let file = syn::parse_file(text).unwrap();
        snapshot(name, &methods(&file.items).replace("types::", ""));
    }
}

/// What the contract may get without a break must not break Rust: a further member or value.
#[test]
fn every_type_can_grow_and_be_made() {
    let file = syn::parse_file(TYPES).unwrap();
    let (constructors, of_unions) = (syn::parse_file(CONSTRUCTORS).unwrap(), UNIONS);
    let made = |name: &str| {
        constructors.items.iter().any(|item| {
            matches!(item, Item::Impl(block) if list(&block.self_ty) == format!("types::{name}"))
        })
    };
    let mut structs = 0;
    for item in &file.items {
        let (attributes, name) = match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => {
                (&item.attrs, &item.ident)
            }
            Item::Enum(item) => (&item.attrs, &item.ident),
            _ => continue,
        };
        let has = |text: &str| attributes.iter().any(|it| plain(it).contains(text));
        assert!(has("non_exhaustive"), "{name}");
        if matches!(item, Item::Struct(_)) {
            structs += 1;
            assert!(has("Default") || made(&name.to_string()), "{name}");
        }
    }
    assert!(structs > 30);
    // Their macros say it of each.
    let macros = include_str!("../../src/types/unions.rs");
    assert_eq!(
        macros
            .matches("#[non_exhaustive]\n        pub enum")
            .count(),
        2
    );
    let enums = of_unions.lines().filter(|line| line.ends_with("! {"));
    assert!(enums.count() >= 4);
}

/// The rule of CONTRIBUTING holds for Rust as for JSON: a required member is an argument of `new`,
/// and the type of a member that of a field.
#[test]
fn the_rust_interface_is_that_of_the_last_release() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let released: Value =
        serde_json::from_str(include_str!("../../openapi/released/kaizala-actions.json")).unwrap();
    let line = |document: &Value| -> Vec<String> {
        let version = document["info"]["version"].as_str().unwrap();
        version.split('.').take(2).map(str::to_owned).collect()
    };
    if line(&document) != line(&released) {
        return;
    }
    for (name, before) in released["components"]["schemas"].as_object().unwrap() {
        let now = &document["components"]["schemas"][name];
        assert_eq!(
            now["required"], before["required"],
            "{name}: arguments of `new`"
        );
        for (member, before) in before["properties"].as_object().into_iter().flatten() {
            let now = &now["properties"][member];
            assert_eq!(of_field(now), of_field(before), "{name}.{member}");
        }
    }
}

/// What the type of a field is made of.
fn of_field(member: &Value) -> Vec<&Value> {
    let keywords = ["$ref", "type", "format"];
    [member, &member["items"]]
        .into_iter()
        .flat_map(|schema| keywords.map(|keyword| &schema[keyword]))
        .collect()
}

/// Serde's trial and error is for choices between JSON types alone.
#[test]
fn no_type_is_untagged_where_the_contract_has_a_tag() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let file = syn::parse_file(TYPES).unwrap();
    for (name, text) in file
        .items
        .iter()
        .filter_map(shape)
        .filter(|(_, text)| text.contains("untagged"))
    {
        let alternatives = document["components"]["schemas"][&name]["oneOf"]
            .as_array()
            .unwrap_or_else(|| panic!("no choice: {text}"));
        for alternative in alternatives {
            let target = alternative["$ref"]
                .as_str()
                .map_or(alternative, |reference| {
                    document.pointer(&reference[1..]).unwrap()
                });
            let members = target["properties"].as_object().into_iter().flatten();
            let tags: Vec<_> = members
                .filter(|(_, member)| {
                    member["enum"]
                        .as_array()
                        .is_some_and(|values| values.len() == 1)
                })
                .collect();
            assert!(tags.is_empty(), "{name}: {tags:?}");
        }
    }
}

#[test]
fn every_tag_of_the_contract_has_a_variant() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let file = syn::parse_file(TYPES).unwrap();
    let generated: Vec<_> = file
        .items
        .iter()
        .filter_map(shape)
        .map(|(name, _)| name)
        .collect();
    let mut tags = 0;
    for (union, schema) in document["components"]["schemas"].as_object().unwrap() {
        for reference in schema["oneOf"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|alternative| alternative["$ref"].as_str())
        {
            let target = document.pointer(&reference[1..]).unwrap();
            let Some([value]) = target["properties"]["actionType"]["enum"]
                .as_array()
                .map(Vec::as_slice)
            else {
                continue;
            };
            let (value, name) = (
                value.as_str().unwrap(),
                reference.rsplit('/').next().unwrap(),
            );
            let enumeration = UNIONS
                .split("union! {")
                .find(|text| text.contains(&format!(" {union} by \"actionType\" {{")))
                .unwrap();
            assert!(
                enumeration.contains(&format!("{value:?} => {value}({name}),")),
                "{union}: {value}"
            );
            assert!(!generated.contains(union), "{union} is generated twice");
            tags += 1;
        }
    }
    assert!(tags > 0);
}

fn snapshot(name: &str, text: &str) {
    let lines = text.lines().count();
    assert!(
        lines <= MOST_LINES,
        "{name} has {lines} lines: split the family"
    );
    insta::assert_snapshot!(name, text);
}

fn fits(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
        None => name == pattern,
    }
}

fn module<'f>(items: &'f [Item], name: &str) -> &'f [Item] {
    let found = items.iter().find_map(|item| match item {
        Item::Mod(ItemMod {
            ident,
            content: Some((_, items)),
            ..
        }) if ident == name => Some(items),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no module {name}"))
}

/// The name of a type and its projection.
fn shape(item: &Item) -> Option<(String, String)> {
    let (head, attributes, name, body) = match item {
        Item::Struct(item) => (
            "struct",
            &item.attrs,
            item.ident.to_string(),
            fields(&item.fields),
        ),
        Item::Enum(item) => {
            let variants = item.variants.iter().map(|variant| {
                let inner = match &variant.fields {
                    Fields::Unit => String::new(),
                    Fields::Unnamed(inner) => plain(inner),
                    Fields::Named(inner) => plain(inner),
                };
                format!("    {}{inner}{}\n", variant.ident, serde(&variant.attrs))
            });
            (
                "enum",
                &item.attrs,
                item.ident.to_string(),
                variants.collect(),
            )
        }
        _ => return None,
    };
    let derives: Vec<_> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
        .map(|attribute| plain(&attribute.meta))
        .collect();
    Some((
        name.clone(),
        format!(
            "{head} {name} {}{}\n{body}",
            derives.join(" "),
            serde(attributes)
        ),
    ))
}

fn fields(fields: &Fields) -> String {
    let line = |(index, field): (usize, &syn::Field)| {
        let name = field
            .ident
            .as_ref()
            .map_or(index.to_string(), ToString::to_string);
        format!("    {name}: {}{}\n", plain(&field.ty), serde(&field.attrs))
    };
    fields.iter().enumerate().map(line).collect()
}

/// Serde's attributes, at the end of a line.
fn serde(attributes: &[Attribute]) -> String {
    let attributes = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    attributes
        .map(plain)
        .fold(String::new(), |text, attribute| text + " " + &attribute)
}

/// Rust text with spaces only where they help, and without the paths that every type begins with.
fn plain(tokens: &impl ToTokens) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut text = String::new();
    for token in tokens.to_token_stream().to_string().split_whitespace() {
        let joins_words = text.ends_with(is_word) && token.starts_with(is_word);
        if joins_words
            || text.ends_with(',')
            || (text.ends_with(':') && !text.ends_with("::") && token != ":")
            || token == "->"
            || text.ends_with("->")
        {
            text.push(' ');
        }
        text += token;
    }
    for path in [
        "::std::option::",
        "::std::string::",
        "::std::vec::",
        "::serde::",
        "::chrono::offset::",
        "::chrono::",
        "std::convert::",
    ] {
        text = text.replace(path, "");
    }
    text.replace(", >", ">")
        .replace(", )", ")")
        .replace(",)", ")")
        .replace("::serde_json::", "serde_json::")
}

/// [`plain`], without a comma at the end.
fn list(tokens: &impl ToTokens) -> String {
    plain(tokens).trim_end_matches(',').to_owned()
}

/// The public methods of the types in a module: their signatures, each in one line.
fn methods(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        let Item::Impl(block) = item else { continue };
        let (None, Type::Path(path)) = (&block.trait_, &*block.self_ty) else {
            continue;
        };
        for item in &block.items {
            let ImplItem::Fn(function) = item else {
                continue;
            };
            let visibility = plain(&function.vis);
            if !matches!(function.vis, Visibility::Inherited) {
                let Signature {
                    ident,
                    inputs,
                    output,
                    generics,
                    asyncness,
                    ..
                } = &function.sig;
                let asyncness = asyncness.map_or("", |_| "async ");
                let clause = generics
                    .where_clause
                    .as_ref()
                    .map_or(String::new(), |clause| format!(" {}", list(clause)));
                let line = format!(
                    "{visibility} {asyncness}fn {ident}{}({}){}{clause}",
                    plain(generics),
                    list(inputs),
                    plain(output)
                );
                let _ = writeln!(text, "{}: {line}", plain(path));
            }
        }
    }
    text
}

/// A line without a `#[doc = "..."]` before what it is about.
fn without_docs(line: &str) -> String {
    let Some((before, rest)) = line.split_once("#[doc = \"") else {
        return line.to_owned();
    };
    let after = rest.rsplit_once("\"]").map_or("", |(_, after)| after);
    format!("{before}{}", after.trim_start())
}
