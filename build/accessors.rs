//! Accessors of an open union for the members that most alternatives share (`accessors.rs`): to get
//! the ids of listed actions of all types, no `match` is needed.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Attribute, Field, File, Ident, Type, parse_quote};

use super::{
    bodies::snake,
    calls::{first_argument, path},
    constructors::{structs, wire_name},
    enums::UNKNOWN,
    unions::Union,
};

/// The accessors as Rust text.
pub fn render(types: &File, unions: &[Union<'_>]) -> String {
    let open = unions.iter().filter(|union| union.open);
    let items = open.map(|union| accessors(types, union));
    prettyplease::unparse(&parse_quote! { #(#items)* })
}

fn accessors(types: &File, union: &Union<'_>) -> TokenStream {
    let structs = structs(types);
    let alternatives: Vec<(Ident, Vec<&Field>)> = union
        .alternatives
        .iter()
        .filter_map(|alternative| {
            let fields = structs.get(alternative.schema)?.fields.iter().collect();
            Some((format_ident!("{}", alternative.value), fields))
        })
        .collect();
    let variants: Vec<_> = alternatives.iter().map(|(variant, _)| variant).collect();
    let unknown = format_ident!("{UNKNOWN}");
    let members = common(&alternatives).into_iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        let member = wire_name(field, name);
        let docs = field.attrs.iter().filter(|it| is_doc(it));
        let (kind, value, of_unknown) = access(&field.ty, &quote! { it.#name })?;
        let arms = alternatives.iter().map(|(variant, fields)| {
            if fields.iter().any(|other| other.ident == field.ident) {
                quote! { Self::#variant(it) => #value }
            } else {
                quote! { Self::#variant(_) => None }
            }
        });
        Some(quote! {
            #(#docs)*
            #[must_use]
            pub fn #name(&self) -> Option<#kind> {
                match self {
                    #(#arms,)*
                    Self::#unknown(object) => object.get(#member).and_then(#of_unknown),
                }
            }
        })
    });
    let (name, tag) = (format_ident!("{}", union.name), union.tag);
    let accessor = format_ident!("{}", snake(tag));
    let values = union.tags();
    let about = format!("`{tag}`, as the body spells it; empty where it has none.");
    quote! {
        impl crate::types::#name {
            #[doc = #about]
            #[must_use]
            pub fn #accessor(&self) -> &str {
                match self {
                    #(Self::#variants(_) => #values,)*
                    Self::#unknown(object) => {
                        object.get(#tag).and_then(Value::as_str).unwrap_or_default()
                    }
                }
            }
            #(#members)*
        }
    }
}

/// The members that most alternatives have, with the same type in each of them.
fn common<'f>(alternatives: &[(Ident, Vec<&'f Field>)]) -> Vec<&'f Field> {
    let all = || alternatives.iter().flat_map(|(_, fields)| fields);
    let kind = |field: &Field| field.ty.to_token_stream().to_string();
    let mut common: Vec<&Field> = Vec::new();
    for field in all() {
        let of_this_name: Vec<_> = all().filter(|other| other.ident == field.ident).collect();
        let is_of_one_type = of_this_name.iter().all(|other| kind(other) == kind(field));
        let is_new = common.iter().all(|other| other.ident != field.ident);
        if is_new && is_of_one_type && 2 * of_this_name.len() > alternatives.len() {
            common.push(field);
        }
    }
    common
}

/// The return type of the accessor of a field of this type, how to get it from a known alternative,
/// and how from the JSON of an unknown one; `None` for a type that is too large to copy.
fn access(kind: &Type, field: &TokenStream) -> Option<(TokenStream, TokenStream, TokenStream)> {
    let optional = is(kind, "Option").then(|| first_argument(kind)).flatten();
    let inner = optional.unwrap_or(kind);
    if is(inner, "String") {
        let value = if optional.is_some() {
            quote! { #field.as_deref() }
        } else {
            quote! { Some(#field.as_str()) }
        };
        return Some((quote! { &str }, value, quote! { Value::as_str }));
    }
    let is_small = ["i64", "f64", "bool", "DateTime"];
    is_small.into_iter().any(|name| is(inner, name)).then(|| {
        let value = optional.map_or_else(|| quote! { Some(#field) }, |_| field.clone());
        (quote! { #inner }, value, quote! { read })
    })
}

/// Whether a type has this name, in any module.
fn is(kind: &Type, name: &str) -> bool {
    let last = path(kind).and_then(|path| path.segments.last());
    last.is_some_and(|segment| segment.ident == name)
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}
