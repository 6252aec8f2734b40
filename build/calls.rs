//! Rewrites the end of each call of progenitor's builders, so that it goes through `Client::call`.
//!
//! Progenitor's own end of a call gives its `Error<E>`, in which a hook of ours can put a text and
//! nothing else: no report, no time to wait, no new endpoint. So the end is cut off where the
//! request is ready, and a user of `send()` meets one error type, `client::Error`. All before it
//! (arguments, path, query, body) stays as generated.

use quote::format_ident;
use syn::{
    GenericArgument, ImplItem, ImplItemFn, Item, Pat, Path, PathArguments, ReturnType, Stmt, Type,
    UseTree, parse_quote,
};

use super::{bodies::Body, refusal::Refusal, table::pascal};

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
                        send(&block.self_ty, function, bodies)?;
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

/// The `send` of a builder, which has the name of its operation.
fn send(builder: &Type, function: &mut ImplItemFn, bodies: &[Body<'_>]) -> Result<(), Refusal> {
    let output = match &function.sig.output {
        ReturnType::Type(_, output) => first_argument(output),
        ReturnType::Default => None,
    };
    let output = output.ok_or_else(|| unexpected("a `send` that returns no `Result`"))?;
    function.sig.output = parse_quote! { -> Result<#output, Error> };
    let stmts = &mut function.block.stmts;
    let is_end = |stmt: &Stmt| {
        matches!(stmt, Stmt::Local(local)
            if matches!(&local.pat, Pat::Ident(name) if name.ident == END))
    };
    let end = stmts
        .iter()
        .position(is_end)
        .ok_or_else(|| unexpected("a `send` without `info`"))?;
    // `PostAction` answers with `PostActionResponse`.
    let operation = path(builder).and_then(|path| path.segments.last());
    let kind = operation
        .map(|operation| format_ident!("{}Response", operation.ident))
        .filter(|kind| bodies.iter().any(|body| *kind == pascal(&body.kind)))
        .ok_or_else(|| unexpected("a `send` of an operation without an answer"))?;
    stmts.truncate(end);
    stmts.push(Stmt::Expr(
        parse_quote! { client.call(request, BodyKind::#kind).await },
        None,
    ));
    Ok(())
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
