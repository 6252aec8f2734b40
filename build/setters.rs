//! Adds what progenitor leaves out of its builders: documentation of each method, from the
//! document.

use serde_json::Value;
use syn::{File, ImplItem, ImplItemFn, Item, parse_quote};

use super::{
    bodies::snake,
    calls::{builders, path},
    operations::{self, Operation},
    parameters,
    refusal::Refusal,
    table::pascal,
};

/// The documentation of every `send`, after the description.
const SEND: &str = "\n# Errors\n\
    An [`Error`] that says what went wrong and whether the service may have taken the call.\n\n\
    # Panics\n\
    In a Tokio runtime whose I/O or time is not enabled.";

/// Documents the methods of the builders, and makes their `new` private.
///
/// # Errors
/// A [`Refusal`] for a parameter that leads nowhere.
pub fn describe(client: &mut File, document: &Value) -> Result<(), Refusal> {
    let operations = operations::find(document)?;
    for item in builders(client)? {
        match item {
            Item::Struct(item) => {
                item.attrs
                    .push(parse_quote! { #[must_use = "nothing is sent before `send`"] });
            }
            Item::Impl(block) => {
                let name = path(&block.self_ty).and_then(|path| path.segments.last());
                let mut all = operations.iter();
                let operation = name.and_then(|name| all.find(|it| name.ident == pascal(it.id)));
                let Some(operation) = operation else { continue };
                for item in &mut block.items {
                    if let ImplItem::Fn(function) = item {
                        method(document, operation, function)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn method(
    document: &Value,
    operation: &Operation<'_>,
    function: &mut ImplItemFn,
) -> Result<(), Refusal> {
    let name = function.sig.ident.to_string();
    let about = match name.as_str() {
        "new" => {
            function.vis = parse_quote! { pub(crate) };
            return Ok(());
        }
        "send" => SEND.to_owned(),
        "body" => words(&operation.value["requestBody"], &name),
        _ => {
            let parameters = parameters::of(document, operation)?;
            let is_meant = |it: &&Value| it["name"].as_str().map(snake).as_deref() == Some(&name);
            let found = parameters.iter().map(|(_, it)| *it).find(is_meant);
            found.map_or_else(|| format!("The parameter `{name}`."), |it| words(it, &name))
        }
    };
    function.attrs.push(parse_quote! { #[doc = #about] });
    Ok(())
}

/// The description of a parameter or a body, and whether it is required.
fn words(value: &Value, name: &str) -> String {
    let description = value["description"].as_str().unwrap_or(name);
    let required = if value["required"] == true {
        "Required."
    } else {
        "Optional."
    };
    format!(
        "{description}\n\n{required} What cannot be converted is an [`Error::InvalidRequest`] of \
         `send`."
    )
}
