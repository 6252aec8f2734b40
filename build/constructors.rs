//! `new` for the types of bodies (`constructors.rs`): it takes the required members, in the order
//! of the schema. Types without required members have `Default` instead.
//!
//! The required members of the body of an alternative become parameters, so that the call is
//! `JobRequest::new(title, assignees)`.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};
use syn::{Field, File, Ident, Item, ItemStruct, LitStr, Type, parse_quote};

use super::{
    calls::{first_argument, path},
    document::{schema_place, schemas, texts},
    refusal::{Refusal, refuse},
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
    for (name, schema) in schemas {
        let Some(item) = structs.get(name).filter(|_| !requires_nothing(schema)) else {
            continue;
        };
        let maker = Maker {
            structs: &structs,
            schemas,
            is_alternative: is_alternative(name),
        };
        let (parameters, value) = maker.make(item, schema);
        if parameters.is_empty() {
            let ident = &item.ident;
            items.push(quote! {
                impl Default for types::#ident {
                    fn default() -> Self {
                        #value
                    }
                }
            });
            continue;
        }
        let mut taken = HashSet::new();
        if let Some((twice, _)) = parameters.iter().find(|(ident, _)| !taken.insert(*ident)) {
            return refuse(
                schema_place(name),
                format!("`new` would have two parameters `{twice}`"),
                "rename the member of the body, or do not require it",
            );
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

/// Whether a value can be made without arguments.
pub fn requires_nothing(schema: &Value) -> bool {
    let mut members = schema["properties"].as_object().into_iter().flatten();
    !members.any(|(name, _)| texts(schema, "required").any(|required| required == name))
}

/// The generated structs with named fields, by name.
pub fn structs(types: &File) -> HashMap<String, &ItemStruct> {
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
    /// The parameters of a constructor, and the value that it returns.
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
        let mut names = HashSet::new();
        let mut all = parameters.iter().flat_map(|(_, wanted)| wanted);
        if self.is_alternative && !all.all(|(name, _)| names.insert(*name)) {
            // The body has a member of the same name: use one argument.
            let whole = Maker {
                is_alternative: false,
                ..*self
            };
            return whole.make(item, schema);
        }
        let ident = &item.ident;
        let parameters = parameters.into_iter().flat_map(|(_, wanted)| wanted);
        (
            parameters.collect(),
            quote! { types::#ident { #(#values),* } },
        )
    }

    /// The members of the body of an alternative.
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

/// The JSON name of a member.
pub fn wire_name(field: &Field, ident: &Ident) -> String {
    let mut name = ident.to_string();
    for attribute in &field.attrs {
        if attribute.path().is_ident("serde") {
            // Other attributes of serde have no value, or a value that does not matter here.
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
pub fn plain(kind: &Type) -> Option<&Ident> {
    path(kind)?.get_ident()
}

/// The most convenient type of argument for a field, and its conversion to the type of the field.
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
