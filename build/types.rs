//! Changes the types that typify generates: they can be extended without a breaking change, each
//! can be constructed, and everything is documented.
//!
//! Structs that may get another member, and enums that may get another value, are `non_exhaustive`;
//! values are made by `new` (`constructors.rs`) or, if nothing is required, by `Default`. Typify's
//! builders are then unnecessary, and their names are those of the types.

use serde_json::Value;
use syn::{Attribute, Field, Fields, File, ImplItem, Item, Type, parse_quote};

use super::{
    calls::first_argument,
    constructors::{plain, requires_nothing, wire_name},
    document::schema,
};

/// Changes the types. `builders` says that the client needs the builders.
pub fn finish(document: &Value, types: &mut File, builders: bool) {
    if !builders {
        types.items.retain_mut(|item| match item {
            Item::Mod(module) => module.ident != "builder",
            Item::Impl(block) if block.trait_.is_none() => {
                block.items.retain(|item| !is_builder(item));
                !block.items.is_empty()
            }
            _ => true,
        });
    }
    for item in &mut types.items {
        match item {
            Item::Struct(item) if matches!(item.fields, Fields::Named(_)) => {
                let lacks_default = requires_nothing(schema(document, &item.ident.to_string()))
                    && !derives_default(&item.attrs);
                if lacks_default {
                    item.attrs.push(parse_quote! { #[derive(Default)] });
                }
                item.attrs.push(parse_quote! { #[non_exhaustive] });
                for field in &mut item.fields {
                    let about = about(document, field);
                    describe(&mut field.attrs, &about);
                }
            }
            Item::Enum(item) => {
                item.attrs.push(parse_quote! { #[non_exhaustive] });
                for variant in &mut item.variants {
                    let about = format!("`{}`.", variant.ident);
                    describe(&mut variant.attrs, &about);
                }
            }
            _ => {}
        }
    }
}

fn is_builder(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == "builder")
}

fn derives_default(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut found = false;
        if attribute.path().is_ident("derive") {
            // Every derive is a path.
            let _ = attribute.parse_nested_meta(|meta| {
                found |= meta.path.is_ident("Default");
                Ok(())
            });
        }
        found
    })
}

/// The documentation of a field without its own: that of its type.
fn about(document: &Value, field: &Field) -> String {
    let mut kind: &Type = &field.ty;
    while let Some(inner) = first_argument(kind) {
        kind = inner;
    }
    let description = plain(kind).and_then(|kind| {
        let schema = schema(document, &kind.to_string());
        schema["description"].as_str()
    });
    match (description, &field.ident) {
        (Some(description), _) => description.to_owned(),
        (None, Some(name)) if name == "extra" => "Further members, as they came.".to_owned(),
        (None, Some(name)) => format!("The member `{}`.", wire_name(field, name)),
        (None, None) => String::new(),
    }
}

/// Adds missing documentation.
pub fn describe(attributes: &mut Vec<Attribute>, about: &str) {
    if !attributes.iter().any(|it| it.path().is_ident("doc")) {
        attributes.push(parse_quote! { #[doc = #about] });
    }
}
