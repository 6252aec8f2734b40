//! The typed client (`client.rs`): progenitor's, made from a lowered copy of the document.
//!
//! The document is written for every reader. What progenitor and its typify would turn into worse
//! Rust than the contract deserves is taken out of the copy first, and the text that they make is
//! looked through before it is believed.

use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use quote::quote;
use serde_json::{Map, Value, json};
use syn::{Attribute, File, ImplItem, Item, Type, parse_quote};

use super::{
    bodies, calls,
    document::{change_parts, schema, schema_place},
    refusal::{Refusal, refuse},
    setters,
    support::Column,
    types,
    unions::Union,
};

/// The module of the types, and the client that is built on it: one does not need the other.
///
/// # Errors
/// A [`Refusal`] for a document that progenitor does not take, or whose unions it does not leave
/// alone.
pub fn make(
    document: &Value,
    unions: &[Union<'_>],
    columns: &[Column<'_>],
) -> Result<(File, File), Refusal> {
    let refusal = |problem: String, help| Refusal::new("#", problem, help);
    let api = serde_json::from_value(lower(document, unions)).map_err(|error| {
        refusal(
            format!("no OpenAPI 3.0: {error}"),
            "write what the specification of OpenAPI 3.0 has",
        )
    })?;
    let tokens = Generator::new(&settings(unions, columns))
        .generate_tokens(&api)
        .map_err(|error| refusal(error.to_string(), "write it in a way that progenitor takes"))?;
    let file: File = syn::parse2(tokens).map_err(|error| {
        refusal(
            format!("progenitor makes no Rust of it: {error}"),
            "use plainer names",
        )
    })?;
    let (mut types, mut client) = split(file)?;
    let names = unions.iter().map(|union| union.name);
    replaced(
        &types,
        names.chain(columns.iter().map(|column| column.name)),
    )?;
    untagged(document, &types, unions)?;
    client.items.iter_mut().for_each(close);
    calls::rewrite_send(&mut client, &bodies::find(document)?)?;
    setters::describe(&mut client, document)?;
    let builders = prettyplease::unparse(&client).contains("types::builder");
    types::finish(document, &mut types, builders);
    Ok((types, client))
}

fn split(mut client: File) -> Result<(File, File), Refusal> {
    let is_types = |item: &Item| matches!(item, Item::Mod(module) if module.ident == "types");
    let index = client.items.iter().position(is_types);
    match index.map(|index| client.items.remove(index)) {
        Some(Item::Mod(syn::ItemMod {
            content: Some((_, items)),
            ..
        })) => Ok((parse_quote! { #(#items)* }, client)),
        _ => refuse(
            "#/components/schemas",
            "progenitor made no module `types`",
            "look at what it makes of this document, and teach build/client.rs",
        ),
    }
}

fn settings(unions: &[Union<'_>], columns: &[Column<'_>]) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq")
        .with_inner_type(quote! { crate::client::Connection });
    let unions = unions.iter().map(|union| (union.name, None));
    let columns = columns
        .iter()
        .map(|column| (column.name, Some(TypeImpl::Display)));
    for (name, implements) in unions.chain(columns) {
        let replacement = format!("crate::types::{name}");
        settings.with_replacement(name, replacement, implements.into_iter());
    }
    settings
}

/// The copy that progenitor reads.
fn lower(document: &Value, unions: &[Union<'_>]) -> Value {
    let mut lowered = document.clone();
    for operation in objects(&mut lowered["paths"]).flat_map(objects) {
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            // With an error schema declared, an answer that is not of it loses its status and
            // headers; with none, the caller gets the whole response. And a status without a body,
            // as 308, cannot stand beside one with.
            responses.retain(|status, _| status.starts_with('2'));
        }
    }
    for parameter in objects(&mut lowered["components"]["parameters"]) {
        parameter.get_mut("schema").map(strip_for_progenitor);
    }
    let schemas = &mut lowered["components"]["schemas"];
    objects(schemas).for_each(strip_for_progenitor);
    for union in unions {
        for alternative in &union.alternatives {
            untag(&mut schemas[alternative.schema], union.tag);
        }
    }
    lowered
}

fn objects(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
        .filter(|value| value.is_object())
}

/// Leaves of a schema what makes the Rust type that is wanted of it.
fn strip_for_progenitor(schema: &mut Value) {
    let is_integer = schema["type"] == "integer";
    let is_date = schema["format"] == "date-time";
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    members.retain(|keyword, _| match keyword.as_str() {
        // A default would be sent, an example only swells the docs, and alternatives exclude each
        // other by being an enum.
        "default" | "example" | "not" => false,
        // A pattern would make a newtype around text of a date; chrono reads the same dates.
        "pattern" => !is_date,
        // Bounds would give each member its own type (u64, NonZeroU64); they are the linter's to
        // check.
        "minimum" | "maximum" => !is_integer,
        _ => true,
    });
    if is_integer {
        members.insert("format".to_owned(), json!("int64"));
    }
    change_parts(schema, strip_for_progenitor);
}

/// Takes the tag out of an alternative: the enum writes and reads it.
fn untag(alternative: &mut Value, tag: &str) {
    if let Some(Value::Object(properties)) = alternative.get_mut("properties") {
        properties.remove(tag);
    }
    if let Some(Value::Array(required)) = alternative.get_mut("required") {
        required.retain(|name| name != tag);
    }
}

/// No type is generated beside the enum that stands for it. Typify silently ignores a replacement
/// that it has no type for, and it looks for types under their Rust names.
fn replaced<'n>(types: &File, mut names: impl Iterator<Item = &'n str>) -> Result<(), Refusal> {
    let folded = |name: &str| name.replace(['_', '-', '.'], "").to_ascii_lowercase();
    let made: Vec<_> = declared(types).map(|(name, _)| folded(&name)).collect();
    match names.find(|name| made.contains(&folded(name))) {
        Some(name) => refuse(
            schema_place(name),
            "progenitor makes a type of its own of it",
            "write its name in PascalCase, as Rust does",
        ),
        None => Ok(()),
    }
}

/// Serde tries the alternatives of an untagged enum one by one, and its errors say nothing. That is
/// good enough for a named choice between JSON types, and for nothing else.
fn untagged(document: &Value, types: &File, unions: &[Union<'_>]) -> Result<(), Refusal> {
    let is_choice = |name: &str| {
        schema(document, name).get("oneOf").is_some()
            && unions.iter().all(|union| union.name != name)
    };
    let untagged = |attribute: &Attribute| {
        attribute.path().is_ident("serde") && quote!(#attribute).to_string().contains("untagged")
    };
    match declared(types)
        .find(|(name, attributes)| attributes.iter().any(untagged) && !is_choice(name))
    {
        Some((name, _)) => refuse(
            "#/components/schemas",
            format!("the type `{name}` would be told by trial and error"),
            "give its `oneOf` a name there, and its alternatives a tag",
        ),
        None => Ok(()),
    }
}

/// The structs and enums of the bodies, with their attributes.
fn declared(types: &File) -> impl Iterator<Item = (String, &[Attribute])> {
    types.items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), &item.attrs[..])),
        Item::Enum(item) => Some((item.ident.to_string(), &item.attrs[..])),
        _ => None,
    })
}

/// Closes the generated constructors of the client: theirs follows redirects, and panics without a
/// TLS provider. `Client::connect` is the way in.
fn close(item: &mut Item) {
    let Item::Impl(block) = item else { return };
    let is_client = matches!(&*block.self_ty, Type::Path(path) if path.path.is_ident("Client"));
    if !is_client || block.trait_.is_some() {
        return;
    }
    block.items.retain_mut(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "new_with_client" => {
            function.vis = parse_quote!(pub(crate));
            true
        }
        ImplItem::Fn(function) => function.sig.ident != "new",
        _ => true,
    });
}
