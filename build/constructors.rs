//! `new` for the types of requests (`constructors.rs`): each takes what its schema requires, in the
//! schema's order.
//!
//! What an alternative of a union requires of its body is taken apart, so that posting reads
//! `NewJob::new(title, assignees)`.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{
    Attribute, Field, File, GenericArgument, Ident, Item, ItemStruct, PathArguments, Type,
    parse_quote,
};

use super::{Refusal, document, unions::Union};

/// The constructors as Rust text.
///
/// # Errors
/// A [`Refusal`] for a document without named schemas.
pub fn render(document: &Value, client: &File, unions: &[Union<'_>]) -> Result<String, Refusal> {
    let structs = structs(client);
    let schemas = document::schemas(document)?;
    let alternatives: BTreeSet<_> = unions
        .iter()
        .flat_map(|union| {
            union
                .alternatives
                .iter()
                .map(|alternative| alternative.schema)
                .chain(union.bare.iter().map(|bare| bare.schema))
        })
        .collect();
    let mut items = Vec::new();
    for name in in_requests(document)? {
        let (Some(item), Some(schema)) = (structs.get(name), schemas.get(name)) else {
            continue;
        };
        let maker = Maker {
            structs: &structs,
            schemas,
            is_alternative: alternatives.contains(name),
        };
        let (parameters, value) = maker.make(item, schema);
        if parameters.is_empty() {
            continue;
        }
        let description = schema["description"].as_str().unwrap_or_default();
        let ident = &item.ident;
        let parameters = parameters
            .iter()
            .map(|(name, kind)| quote! { #name: #kind });
        let item: Item = parse_quote! {
            impl types::#ident {
                #[doc = #description]
                #[doc = ""]
                #[doc = "Of what the contract requires; the rest are public fields."]
                #[must_use]
                pub fn new(#(#parameters),*) -> Self {
                    #value
                }
            }
        };
        items.push(item);
    }
    Ok(prettyplease::unparse(&File {
        shebang: None,
        attrs: Vec::new(),
        items,
    }))
}

/// The schemas that request bodies consist of, by name.
fn in_requests(document: &Value) -> Result<BTreeSet<&str>, Refusal> {
    let mut names = BTreeSet::new();
    let mut next: Vec<&str> = document::bodies(document)?
        .iter()
        .filter(|body| body.request)
        .map(|body| body.schema)
        .collect();
    while let Some(name) = next.pop() {
        if names.insert(name) {
            references(&document["components"]["schemas"][name], &mut next);
        }
    }
    Ok(names)
}

fn references<'d>(value: &'d Value, found: &mut Vec<&'d str>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = value["$ref"].as_str() {
                found.push(document::name_of(reference));
            }
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// The generated structs with named fields, by name.
fn structs(client: &File) -> HashMap<String, &ItemStruct> {
    let modules = client.items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let items = modules
        .flat_map(|(_, items)| items)
        .filter_map(|item| match item {
            Item::Struct(item) if item.fields.iter().all(|field| field.ident.is_some()) => {
                Some((item.ident.to_string(), item))
            }
            _ => None,
        });
    items.collect()
}

type Parameters<'f> = Vec<(&'f Ident, TokenStream)>;

struct Maker<'m> {
    structs: &'m HashMap<String, &'m ItemStruct>,
    schemas: &'m serde_json::Map<String, Value>,
    is_alternative: bool,
}

impl<'m> Maker<'m> {
    /// The parameters of a constructor, and the value that it makes of them.
    fn make(&self, item: &'m ItemStruct, schema: &Value) -> (Parameters<'m>, TokenStream) {
        let required: Vec<_> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut parameters: Vec<(usize, Parameters<'m>)> = Vec::new();
        let mut values = Vec::new();
        for field in &item.fields {
            let Some(name) = &field.ident else { continue };
            let value = match required
                .iter()
                .position(|member| *member == wire_name(field))
            {
                None => quote! { Default::default() },
                Some(place) => {
                    let (wanted, value) = self.inner(&field.ty).unwrap_or_else(|| {
                        let (kind, value) = argument(name, &field.ty);
                        (vec![(name, kind)], value)
                    });
                    parameters.push((place, wanted));
                    value
                }
            };
            values.push(if *name == value.to_string() {
                value
            } else {
                quote! { #name: #value }
            });
        }
        parameters.sort_by_key(|(place, _)| *place);
        let ident = &item.ident;
        (
            parameters
                .into_iter()
                .flat_map(|(_, wanted)| wanted)
                .collect(),
            quote! { types::#ident { #(#values),* } },
        )
    }

    /// The parts of the body of an alternative.
    fn inner(&self, kind: &Type) -> Option<(Parameters<'m>, TokenStream)> {
        let Type::Path(path) = kind else { return None };
        let name = path
            .path
            .get_ident()
            .filter(|_| self.is_alternative)?
            .to_string();
        let (item, schema) = (self.structs.get(&name)?, self.schemas.get(&name)?);
        Some(
            Maker {
                is_alternative: false,
                ..*self
            }
            .make(item, schema),
        )
    }
}

/// The name of a member on the wire.
fn wire_name(field: &Field) -> String {
    let mut name = field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute: &&Attribute| attribute.path().is_ident("serde"))
    {
        // What else serde is told has no value, or one that does not matter here.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let literal: syn::LitStr = value.parse()?;
                if meta.path.is_ident("rename") {
                    name = literal.value();
                }
            }
            Ok(())
        });
    }
    name
}

/// The most convenient kind of argument for a field, and how to turn it into the field's value.
fn argument(name: &Ident, kind: &Type) -> (TokenStream, TokenStream) {
    let Type::Path(path) = kind else {
        return (quote! { #kind }, quote! { #name });
    };
    let Some(last) = path.path.segments.last() else {
        return (quote! { #kind }, quote! { #name });
    };
    match (last.ident.to_string().as_str(), &last.arguments) {
        ("Vec", PathArguments::AngleBracketed(arguments)) => match arguments.args.first() {
            Some(GenericArgument::Type(of)) => {
                let of = named(of);
                (
                    quote! { impl IntoIterator<Item = impl Into<#of>> },
                    quote! { #name.into_iter().map(Into::into).collect() },
                )
            }
            _ => (quote! { #kind }, quote! { #name }),
        },
        ("String", _) => (quote! { impl Into<String> }, quote! { #name.into() }),
        (_, PathArguments::None)
            if path.path.get_ident().is_some()
                && last.ident.to_string().starts_with(char::is_uppercase) =>
        {
            (quote! { impl Into<types::#last> }, quote! { #name.into() })
        }
        _ => (quote! { #kind }, quote! { #name }),
    }
}

/// A type by the name it has outside the generated module.
fn named(kind: &Type) -> TokenStream {
    match kind {
        Type::Path(path) if path.path.get_ident().is_some() => quote! { types::#path },
        _ => quote! { #kind },
    }
}
