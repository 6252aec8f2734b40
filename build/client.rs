//! The typed client (`client.rs`): progenitor's, made from a lowered copy of the document.
//!
//! The document is written for every reader. What progenitor and its typify would turn into worse
//! Rust than the contract deserves is taken out of the copy first, and the text that they make is
//! looked through before it is believed.

use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TypeImpl};
use quote::quote;
use serde_json::{Map, Value, json};
use syn::{Attribute, File, ImplItem, Item, Type, Visibility, parse_quote};

use super::{Refusal, calls, columns::Column, document, unions::Union};

/// The client and its types.
///
/// # Errors
/// A [`Refusal`] for a document that progenitor does not take, or whose unions it does not leave
/// alone.
pub fn make(
    document: &Value,
    unions: &[Union<'_>],
    columns: &[Column<'_>],
) -> Result<File, Refusal> {
    let api = serde_json::from_value(lower(document, unions)).map_err(|error| {
        Refusal::new(
            "#",
            format!("no OpenAPI 3.0: {error}"),
            "write what the specification of OpenAPI 3.0 has",
        )
    })?;
    let tokens = Generator::new(&settings(unions, columns))
        .generate_tokens(&api)
        .map_err(|error| {
            Refusal::new(
                "#",
                error.to_string(),
                "write it in a way that progenitor takes",
            )
        })?;
    let mut file: File = syn::parse2(tokens).map_err(|error| {
        Refusal::new(
            "#",
            format!("progenitor makes no Rust of it: {error}"),
            "use plainer names",
        )
    })?;
    replaced(
        &file,
        unions
            .iter()
            .map(|union| union.name)
            .chain(columns.iter().map(|column| column.name)),
    )?;
    untagged(document, &file, unions)?;
    file.items.iter_mut().for_each(close);
    calls::lead(&mut file)?;
    Ok(file)
}

/// The module of the types, and the client that is built on it: one does not need the other.
///
/// # Errors
/// A [`Refusal`] for a file without that module.
pub fn split(mut client: File) -> Result<(File, File), Refusal> {
    let is_types = |item: &Item| matches!(item, Item::Mod(module) if module.ident == "types");
    let index = client.items.iter().position(is_types);
    match index.map(|index| client.items.remove(index)) {
        Some(Item::Mod(syn::ItemMod {
            content: Some((_, items)),
            ..
        })) => {
            let types = File {
                shebang: None,
                attrs: Vec::new(),
                items,
            };
            Ok((types, client))
        }
        _ => Err(Refusal::new(
            "#/components/schemas",
            "progenitor made no module `types`",
            "look at what it makes of this document, and teach build/client.rs",
        )),
    }
}

fn settings(unions: &[Union<'_>], columns: &[Column<'_>]) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq")
        .with_inner_type(quote! { crate::client::Connection });
    for union in unions {
        settings.with_replacement(
            union.name,
            format!("crate::types::{}", union.name),
            std::iter::empty(),
        );
    }
    for column in columns {
        settings.with_replacement(
            column.name,
            format!("crate::types::{}", column.name),
            std::iter::once(TypeImpl::Display),
        );
    }
    settings
}

/// The copy that progenitor reads.
fn lower(document: &Value, unions: &[Union<'_>]) -> Value {
    let mut lowered = document.clone();
    for operation in objects(&mut lowered["paths"]).flat_map(objects) {
        if let Some(responses) = operation
            .get_mut("responses")
            .and_then(Value::as_object_mut)
        {
            // With an error schema declared, an answer that is not of it loses its status and
            // headers; with none, the caller gets the whole response. And a status without a body,
            // as 308, cannot stand beside one with.
            responses.retain(|status, _| status.starts_with('2'));
        }
    }
    for parameter in objects(&mut lowered["components"]["parameters"]) {
        parameter.get_mut("schema").map(plain);
    }
    objects(&mut lowered["components"]["schemas"]).for_each(plain);
    for union in unions {
        for alternative in &union.alternatives {
            untag(
                &mut lowered["components"]["schemas"][alternative.schema],
                union.tag,
            );
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

/// A schema as plain as the Rust type that is wanted of it.
fn plain(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    // A default would be sent, an example only swells the docs, and alternatives exclude each other
    // by being an enum.
    members.retain(|keyword, _| !matches!(keyword.as_str(), "default" | "example" | "not"));
    if members
        .get("format")
        .is_some_and(|format| format == "date-time")
    {
        // A pattern would make a newtype around text of it; chrono reads the same dates.
        members.remove("pattern");
    }
    if members.get("type").is_some_and(|name| name == "integer") {
        // Bounds would give each member its own type (u64, NonZeroU64); they are the linter's to
        // check.
        members.retain(|keyword, _| !matches!(keyword.as_str(), "minimum" | "maximum"));
        members.insert("format".to_owned(), json!("int64"));
    }
    for part in ["items", "additionalProperties"] {
        members.get_mut(part).map(plain);
    }
    if let Some(properties) = members.get_mut("properties") {
        objects(properties).for_each(plain);
    }
    members
        .get_mut("oneOf")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .for_each(plain);
}

/// Takes the tag out of an alternative: the enum writes and reads it.
fn untag(alternative: &mut Value, tag: &str) {
    if let Some(properties) = alternative
        .get_mut("properties")
        .and_then(Value::as_object_mut)
    {
        properties.remove(tag);
    }
    if let Some(required) = alternative
        .get_mut("required")
        .and_then(Value::as_array_mut)
    {
        required.retain(|name| name != tag);
    }
}

/// No type is generated beside the enum that stands for it. Typify silently ignores a replacement
/// that it has no type for, and it looks for types under their Rust names.
fn replaced<'n>(file: &File, names: impl Iterator<Item = &'n str>) -> Result<(), Refusal> {
    let folded = |name: &str| name.replace(['_', '-', '.'], "").to_ascii_lowercase();
    let made: Vec<_> = types(file).map(|(name, _)| folded(&name)).collect();
    for name in names {
        if made.contains(&folded(name)) {
            let place = format!("#/components/schemas/{name}");
            return Err(Refusal::new(
                place,
                "progenitor makes a type of its own of it",
                "write its name in PascalCase, as Rust does",
            ));
        }
    }
    Ok(())
}

/// Serde tries the alternatives of an untagged enum one by one, and its errors say nothing. That is
/// good enough for a named choice between JSON types, and for nothing else.
fn untagged(document: &Value, file: &File, unions: &[Union<'_>]) -> Result<(), Refusal> {
    let schemas = document::schemas(document)?;
    let is_choice = |name: &str| {
        schemas
            .get(name)
            .is_some_and(|schema| schema.get("oneOf").is_some())
            && unions.iter().all(|union| union.name != name)
    };
    let untagged = |attribute: &Attribute| {
        attribute.path().is_ident("serde") && quote!(#attribute).to_string().contains("untagged")
    };
    match types(file).find(|(name, attributes)| attributes.iter().any(untagged) && !is_choice(name))
    {
        Some((name, _)) => {
            let problem = format!("the type `{name}` would be told by trial and error");
            Err(Refusal::new(
                "#/components/schemas",
                problem,
                "give its `oneOf` a name there, and its alternatives a tag",
            ))
        }
        None => Ok(()),
    }
}

/// The structs and enums of the bodies, with their attributes.
fn types(file: &File) -> impl Iterator<Item = (String, &[Attribute])> {
    let modules = file.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    modules
        .flat_map(|(_, items)| items)
        .filter_map(|item| match item {
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
            let visibility: Visibility = parse_quote!(pub(crate));
            function.vis = visibility;
            true
        }
        ImplItem::Fn(function) => function.sig.ident != "new",
        _ => true,
    });
}
