//! What the alternatives of an open union have in common, asked of the union itself
//! (`accessors.rs`): who lists actions of all types wants their ids without a `match`.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Attribute, Field, File, Type, parse_quote};

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
    let alternatives = || union.alternatives.iter();
    let fields: Vec<Vec<&Field>> = alternatives()
        .filter_map(|alternative| structs.get(alternative.schema))
        .map(|item| item.fields.iter().collect())
        .collect();
    let is_common = |field: &&&Field| {
        let kind = |field: &Field| field.ty.to_token_stream().to_string();
        let is_same = |other: &&Field| other.ident == field.ident && kind(other) == kind(field);
        fields.iter().all(|others| others.iter().any(is_same))
    };
    let variants: Vec<_> = alternatives()
        .map(|alternative| format_ident!("{}", alternative.value))
        .collect();
    let unknown = format_ident!("{UNKNOWN}");
    let common = fields.first().into_iter().flatten().filter(is_common);
    let members = common.filter_map(|field| {
        let name = field.ident.as_ref()?;
        let member = wire_name(field, name);
        let docs = field.attrs.iter().filter(|it| is_doc(it));
        let (kind, value, of_unknown) = access(&field.ty, &quote! { it.#name })?;
        Some(quote! {
            #(#docs)*
            #[must_use]
            pub fn #name(&self) -> Option<#kind> {
                match self {
                    #(Self::#variants(it) => #value,)*
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

/// What is given of a field of this type, how it is taken from a known alternative, and how from
/// the JSON of an unknown one; none for a type that is too large to be copied.
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

/// Whether a type has this name, whatever its path.
fn is(kind: &Type, name: &str) -> bool {
    let last = path(kind).and_then(|path| path.segments.last());
    last.is_some_and(|segment| segment.ident == name)
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}
