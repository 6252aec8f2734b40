//! `new` for the types of requests (`constructors.rs`): each takes what its schema requires, in the
//! schema's order.
//!
//! What an alternative of a union requires of its body is taken apart, so that posting reads
//! `NewJob::new(title, assignees)`.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};
use syn::{Field, File, Ident, Item, ItemStruct, LitStr, Type, parse_quote};

use super::{
    bodies,
    calls::{first_argument, path},
    document::{name_of, parts, schema, schemas, texts},
    refusal::Refusal,
    unions::Union,
};

/// The constructors as Rust text.
///
/// # Errors
/// A [`Refusal`] for a document without named schemas.
pub fn render(document: &Value, types: &File, unions: &[Union<'_>]) -> Result<String, Refusal> {
    let structs = structs(types);
    let schemas = schemas(document)?;
    let is_alternative = |name: &str| {
        let mut alternatives = unions.iter().flat_map(Union::schemas);
        alternatives.any(|schema| schema == name)
    };
    let mut items = Vec::new();
    for name in in_requests(document)? {
        let (Some(item), Some(schema)) = (structs.get(name), schemas.get(name)) else {
            continue;
        };
        let maker = Maker {
            structs: &structs,
            schemas,
            is_alternative: is_alternative(name),
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
        items.push(quote! {
            impl types::#ident {
                #[doc = #description]
                #[doc = ""]
                #[doc = "Of what the contract requires; the rest are public fields."]
                #[must_use]
                pub fn new(#(#parameters),*) -> Self {
                    #value
                }
            }
        });
    }
    Ok(prettyplease::unparse(&parse_quote! { #(#items)* }))
}

/// The schemas that request bodies consist of, by name.
fn in_requests(document: &Value) -> Result<BTreeSet<&str>, Refusal> {
    let mut names = BTreeSet::new();
    let bodies = bodies::find(document)?;
    let requests = bodies.iter().filter(|body| body.request);
    let mut next: Vec<_> = requests.map(|body| body.schema).collect();
    while let Some(name) = next.pop() {
        if names.insert(name) {
            references(schema(document, name), &mut next);
        }
    }
    Ok(names)
}

fn references<'d>(schema: &'d Value, found: &mut Vec<&'d str>) {
    found.extend(schema["$ref"].as_str().map(name_of));
    parts(schema).for_each(|(_, part)| references(part, found));
}

/// The generated structs with named fields, by name.
fn structs(types: &File) -> HashMap<String, &ItemStruct> {
    let items = types.items.iter().filter_map(|item| match item {
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
    schemas: &'m Map<String, Value>,
    is_alternative: bool,
}

impl<'m> Maker<'m> {
    /// The parameters of a constructor, and the value that it makes of them.
    fn make(&self, item: &'m ItemStruct, schema: &Value) -> (Parameters<'m>, TokenStream) {
        let mut parameters: Vec<(usize, Parameters<'m>)> = Vec::new();
        let mut values = Vec::new();
        for field in &item.fields {
            let Some(name) = &field.ident else { continue };
            let wire_name = wire_name(field, name);
            let value = match texts(schema, "required").position(|member| member == wire_name) {
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
        let parameters = parameters.into_iter().flat_map(|(_, wanted)| wanted);
        (
            parameters.collect(),
            quote! { types::#ident { #(#values),* } },
        )
    }

    /// The parts of the body of an alternative.
    fn inner(&self, kind: &Type) -> Option<(Parameters<'m>, TokenStream)> {
        let name = plain(kind).filter(|_| self.is_alternative)?.to_string();
        let (item, schema) = (self.structs.get(&name)?, self.schemas.get(&name)?);
        let body = Maker {
            is_alternative: false,
            ..*self
        };
        Some(body.make(item, schema))
    }
}

/// The name of a member on the wire.
fn wire_name(field: &Field, ident: &Ident) -> String {
    let mut name = ident.to_string();
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            // What else serde is told has no value, or one that does not matter here.
            let _ = attribute.parse_nested_meta(|meta| {
                if let Ok(value) = meta.value() {
                    let literal: LitStr = value.parse()?;
                    if meta.path.is_ident("rename") {
                        name = literal.value();
                    }
                }
                Ok(())
            });
        }
    }
    name
}

/// The name of a type without a path and arguments.
fn plain(kind: &Type) -> Option<&Ident> {
    path(kind)?.get_ident()
}

/// The most convenient kind of argument for a field, and how to turn it into the field's value.
fn argument(name: &Ident, kind: &Type) -> (TokenStream, TokenStream) {
    let is = |name| path(kind).is_some_and(|path| path.segments.iter().any(|it| it.ident == name));
    if is("String") {
        return (quote! { impl Into<String> }, quote! { #name.into() });
    }
    if is("Vec")
        && let Some(of) = first_argument(kind)
    {
        let of = plain(of).map_or_else(|| quote! { #of }, |of| quote! { types::#of });
        return (
            quote! { impl IntoIterator<Item = impl Into<#of>> },
            quote! { #name.into_iter().map(Into::into).collect() },
        );
    }
    match plain(kind) {
        Some(of) if of.to_string().starts_with(char::is_uppercase) => {
            (quote! { impl Into<types::#of> }, quote! { #name.into() })
        }
        _ => (quote! { #kind }, quote! { #name }),
    }
}
