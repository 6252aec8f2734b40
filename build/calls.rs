//! Rewrites the URL and the end of each call of progenitor's builders, so that they go through
//! `Client::url` and `Client::call`.
//!
//! Progenitor's own code returns its `Error<E>`, in which our hook could put a text and nothing
//! else: no report, no time to wait, no new endpoint. So the generated code is cut where the
//! request is ready, and `send()` has one error type, `client::Error`.
//!
//! Progenitor formats the path with its parameters into a text, which is then parsed as a URL: with
//! an id like `..\\..` the result is another path. Everything else (arguments, query, body) is kept
//! as generated.

use quote::{format_ident, quote};
use syn::{
    Expr, GenericArgument, Ident, ImplItem, ImplItemFn, Item, Local, Pat, Path, PathArguments,
    ReturnType, Stmt, Token, Type, UseTree, parse_quote, punctuated::Punctuated,
};

use super::{bodies::Body, refusal::Refusal, table::pascal};

/// Progenitor's name for the variable with the URL of a call.
const URL: &str = "url";

/// Progenitor's name for the variable at the start of the end of a call.
const END: &str = "info";

/// Rewrites every `send` in the module of builders.
///
/// # Errors
/// A [`Refusal`] for code that differs from what the pinned progenitor generates, and for an
/// operation without an answer.
pub fn rewrite_send(file: &mut syn::File, bodies: &[Body<'_>]) -> Result<(), Refusal> {
    let items = builders(file)?;
    for item in items.iter_mut() {
        match item {
            Item::Use(import) => without(&mut import.tree, "Error"),
            Item::Impl(block) => {
                for item in &mut block.items {
                    if let ImplItem::Fn(function) = item
                        && function.sig.ident == "send"
                    {
                        send(&block.self_ty, function, bodies)?;
                    }
                }
            }
            _ => {}
        }
    }
    items.insert(
        0,
        parse_quote! { use crate::{body::BodyKind, client::Error, operation::OperationId}; },
    );
    Ok(())
}

/// The items of the module of builders.
///
/// # Errors
/// A [`Refusal`] if there is no such module.
pub fn builders(file: &mut syn::File) -> Result<&mut Vec<Item>, Refusal> {
    let builders = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_mut(),
        _ => None,
    });
    let (_, items) = builders.ok_or_else(|| unexpected("no module `builder`"))?;
    Ok(items)
}

/// Removes a name from an import.
fn without(tree: &mut UseTree, name: &str) {
    match tree {
        UseTree::Path(path) => without(&mut path.tree, name),
        UseTree::Group(group) => {
            let others = std::mem::take(&mut group.items).into_iter();
            let is_other = |item: &UseTree| !matches!(item, UseTree::Name(it) if it.ident == name);
            group.items = others.filter(is_other).collect();
        }
        _ => {}
    }
}

/// The `send` of a builder, and the name of its operation.
fn send(builder: &Type, function: &mut ImplItemFn, bodies: &[Body<'_>]) -> Result<(), Refusal> {
    let output = match &function.sig.output {
        ReturnType::Type(_, output) => first_argument(output),
        ReturnType::Default => None,
    };
    let output = output.ok_or_else(|| unexpected("a `send` that returns no `Result`"))?;
    function.sig.output = parse_quote! { -> Result<#output, Error> };
    // The answer of `PostAction` is `PostActionResponse`.
    let operation = path(builder).and_then(|path| path.segments.last());
    let (operation, kind) = operation
        .map(|operation| {
            (
                &operation.ident,
                format_ident!("{}Response", operation.ident),
            )
        })
        .filter(|(_, kind)| bodies.iter().any(|body| *kind == pascal(&body.kind)))
        .ok_or_else(|| unexpected("a `send` of an operation without an answer"))?;
    let stmts = &mut function.block.stmts;
    let end = stmts.iter().position(|stmt| variable(stmt, END).is_some());
    let end = end.ok_or_else(|| unexpected("a `send` without `info`"))?;
    stmts.truncate(end);
    for stmt in &mut *stmts {
        failure(stmt, operation);
    }
    stmts.push(Stmt::Expr(
        parse_quote! { client.call(request, OperationId::#operation, BodyKind::#kind).await },
        None,
    ));
    let urls: Vec<_> = stmts
        .iter_mut()
        .filter_map(|stmt| {
            let values = values(variable(stmt, URL)?);
            Some((stmt, values))
        })
        .collect();
    let [(stmt, Some(values))] = &mut { urls }[..] else {
        return Err(unexpected("a `send` whose path is not one text"));
    };
    **stmt = parse_quote! { let url = client.url(OperationId::#operation, &[#(#values),*])?; };
    Ok(())
}

/// Makes errors before the request is ready our error, with the operation.
fn failure(stmt: &mut Stmt, operation: &Ident) {
    let Stmt::Local(Local {
        init: Some(init), ..
    }) = stmt
    else {
        return;
    };
    let Expr::Try(attempt) = &mut *init.expr else {
        return;
    };
    let Expr::MethodCall(call) = &mut *attempt.expr else {
        return;
    };
    let operation = quote! { OperationId::#operation };
    if call.method == "map_err" {
        call.args = parse_quote! {
            |problem| Error::InvalidRequest { operation: #operation, problem }
        };
    } else {
        *attempt.expr = parse_quote! {
            #call.map_err(|error| Error::transport(#operation, error))
        };
    }
}

/// The declaration of a variable of this name.
fn variable<'s>(stmt: &'s Stmt, name: &str) -> Option<&'s Local> {
    match stmt {
        Stmt::Local(local) => match &local.pat {
            Pat::Ident(pattern) if pattern.ident == name => Some(local),
            _ => None,
        },
        _ => None,
    }
}

/// The path parameters: `a` and `b` of `format!("..", client.baseurl, encode_path(a),
/// encode_path(b))`.
fn values(url: &Local) -> Option<Vec<Expr>> {
    let Expr::Macro(text) = &*url.init.as_ref()?.expr else {
        return None;
    };
    let arguments = text
        .mac
        .parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated)
        .ok()?;
    let encoded = |argument| match argument {
        Expr::Call(call) if is_named(&call.func, "encode_path") => call.args.into_iter().next(),
        _ => None,
    };
    arguments.into_iter().skip(2).map(encoded).collect()
}

fn is_named(function: &Expr, name: &str) -> bool {
    let ident = match function {
        Expr::Path(function) => function.path.get_ident(),
        _ => None,
    };
    ident.is_some_and(|ident: &Ident| ident == name)
}

/// The type's path, as in `path::Name<T>`.
pub fn path(kind: &Type) -> Option<&Path> {
    match kind {
        Type::Path(path) => Some(&path.path),
        _ => None,
    }
}

/// `T` of `path::Name<T, _>`.
pub fn first_argument(kind: &Type) -> Option<&Type> {
    match &path(kind)?.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(first) => Some(first),
            _ => None,
        },
        _ => None,
    }
}

fn unexpected(problem: &str) -> Refusal {
    Refusal::new(
        "#/paths",
        format!("progenitor made {problem}"),
        "look at what it makes of this document, and teach build/calls.rs",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::bodies, *};

    #[test]
    fn code_of_another_shape_is_refused() {
        let table = [
            ("mod types {}", "progenitor made no module `builder`"),
            (
                "mod builder { impl Get { async fn send(self) {} } }",
                "progenitor made a `send` that returns no `Result`",
            ),
            (
                "mod builder { impl Post { async fn send(self) -> Result<u8, Error<()>> { Ok(1) } } }",
                "progenitor made a `send` of an operation without an answer",
            ),
            (
                "mod builder { impl Get { async fn send(self) -> Result<u8, Error<()>> { Ok(1) } } }",
                "progenitor made a `send` without `info`",
            ),
            (
                "mod builder { impl Get { async fn send(self) -> Result<u8, Error<()>> { let info = 1; } } }",
                "progenitor made a `send` whose path is not one text",
            ),
            (
                "mod builder { impl Get { async fn send(self) -> Result<u8, Error<()>> {
                    let url = format!(\"{}/{}\", client.baseurl, id); let info = 1;
                } } }",
                "progenitor made a `send` whose path is not one text",
            ),
        ];
        let get = json!({"operationId": "get", "responses": {"200": {
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Got"}}}
        }}});
        let document = json!({"paths": {"/{id}": {"get": get}}});
        let bodies = bodies::find(&document).unwrap();
        for (text, problem) in table {
            let mut file = syn::parse_file(text).unwrap();
            let refusal = rewrite_send(&mut file, &bodies).unwrap_err();
            assert_eq!(refusal.problem, problem);
        }
    }
}
