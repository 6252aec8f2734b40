//! Rewrites the end of each call of progenitor's builders, so that it goes through `Client::call`.
//!
//! Progenitor's own end of a call gives its `Error<E>`, in which a hook of ours can put a text and
//! nothing else: no report, no time to wait, no new endpoint. So the end is cut off where the
//! request is ready, and a user of `send()` meets one error type, `client::Error`. All before it
//! (arguments, path, query, body) stays as generated.

use quote::format_ident;
use syn::{
    Block, Expr, ExprLit, ImplItem, ImplItemFn, Item, Lit, Pat, ReturnType, Stmt, Type, UseTree,
    parse_quote,
};

use super::{
    bodies::{Body, pascal},
    refusal::Refusal,
};

/// What progenitor calls the variable with which its own end of a call begins.
const END: &str = "info";

/// Rewrites every `send` in the module of builders.
///
/// # Errors
/// A [`Refusal`] for code of another shape than the pinned progenitor makes, and for an operation
/// that answers nothing.
pub fn rewrite_send(file: &mut syn::File, bodies: &[Body<'_>]) -> Result<(), Refusal> {
    let builders = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == "builder" => module.content.as_mut(),
        _ => None,
    });
    let (_, items) = builders.ok_or_else(|| unexpected("no module `builder`"))?;
    for item in items.iter_mut() {
        match item {
            Item::Use(import) => without(&mut import.tree, "Error"),
            Item::Impl(block) => {
                for item in &mut block.items {
                    if let ImplItem::Fn(function) = item
                        && function.sig.ident == "send"
                    {
                        send(function, bodies)?;
                    }
                }
            }
            _ => {}
        }
    }
    items.insert(
        0,
        parse_quote! { use crate::{body::BodyKind, client::Error}; },
    );
    Ok(())
}

/// Takes a name out of an import.
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

fn send(function: &mut ImplItemFn, bodies: &[Body<'_>]) -> Result<(), Refusal> {
    let output = success(&function.sig.output)
        .ok_or_else(|| unexpected("a `send` that returns no `Result`"))?;
    function.sig.output = parse_quote! { -> Result<#output, Error> };
    let Block { stmts, .. } = &mut function.block;
    let (end, operation) = stmts
        .iter()
        .enumerate()
        .find_map(|(index, stmt)| Some((index, operation(stmt)?)))
        .ok_or_else(|| unexpected("a `send` without `info`"))?;
    // `post_action` answers with `post-action.response`.
    let kind = format!("{}.response", operation.replace('_', "-"));
    if bodies.iter().all(|body| body.kind != kind) {
        return Err(unexpected("a `send` of an operation without an answer"));
    }
    let kind = format_ident!("{}", pascal(&kind));
    stmts.truncate(end);
    stmts.push(Stmt::Expr(
        parse_quote! { client.call(request, BodyKind::#kind).await },
        None,
    ));
    Ok(())
}

/// `T` of `-> Result<T, _>`.
fn success(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, output) = output else {
        return None;
    };
    let Type::Path(path) = &**output else {
        return None;
    };
    let syn::PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments
    else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(success) => Some(success.clone()),
        _ => None,
    }
}

/// The name in `let info = OperationInfo { operation_id: "name" };`.
fn operation(stmt: &Stmt) -> Option<String> {
    let Stmt::Local(local) = stmt else {
        return None;
    };
    let Pat::Ident(name) = &local.pat else {
        return None;
    };
    let Expr::Struct(info) = &*local.init.as_ref()?.expr else {
        return None;
    };
    match &info.fields.first()?.expr {
        Expr::Lit(ExprLit {
            lit: Lit::Str(operation),
            ..
        }) if name.ident == END => Some(operation.value()),
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
    use super::*;

    #[test]
    fn code_of_another_shape_is_refused() {
        let table = [
            ("mod types {}", "progenitor made no module `builder`"),
            (
                "mod builder { impl Get { async fn send(self) {} } }",
                "progenitor made a `send` that returns no `Result`",
            ),
            (
                "mod builder { impl Get { async fn send(self) -> Result<u8, Error<()>> { Ok(1) } } }",
                "progenitor made a `send` without `info`",
            ),
        ];
        for (text, problem) in table {
            let refusal = rewrite_send(&mut syn::parse_file(text).unwrap(), &[]).unwrap_err();
            assert_eq!(refusal.problem, problem);
        }
    }
}
