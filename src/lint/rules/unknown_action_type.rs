//! A request names a type that the API does not have.

use super::prelude::*;
use crate::{
    contract::Union,
    support::{ActionType, Method, UnknownActionType, claims},
};

pub(crate) static RULE: Rule = Rule {
    id: "KZ202",
    name: "unknown-action-type",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request names a type that no row of the support matrix has.",
    why: "The French and German documentation translated the ids by machine, and other pages name types that the matrix never had. The service knows none of them.",
    bad: Example::of(
        "post-action.request",
        r#"{"actionType":"travail","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#,
    ),
    good: JOB,
    sources: &["SEED", "D:media.md"],
    decisions: &["D-03", "D-04"],
};

/// `method` is the column of the matrix that decides, if one does.
pub(crate) fn finding(
    union: &Union,
    method: Option<Method>,
    node: &Node,
    at: &Pointer<'_>,
) -> Draft {
    let types: Vec<_> = union.alternatives.keys().map(String::as_str).collect();
    named(
        &types,
        |known| known.row().body_value,
        union,
        method,
        node,
        at,
    )
}

/// In a place where types are called by their ids.
pub(crate) fn id(ids: &[&str], method: Method, node: &Node, at: &Pointer<'_>) -> Draft {
    named(
        ids,
        |known| known.row().id.unwrap_or_default(),
        None,
        Some(method),
        node,
        at,
    )
}

fn named<'u>(
    types: &[&str],
    spelling: fn(ActionType) -> &'static str,
    union: impl Into<Option<&'u Union>>,
    method: Option<Method>,
    node: &Node,
    at: &Pointer<'_>,
) -> Draft {
    let name = node.as_str().unwrap_or_default();
    let unknown = match name.parse::<ActionType>() {
        // Its label: names were looked up before.
        Ok(known) => {
            let help = format!("it is the label of `{}`: write that", spelling(known));
            return draft(name, types, node, at).help(help);
        }
        Err(unknown) => unknown,
    };
    let draft = draft(name, types, node, at);
    let claim = claims(name).find(|claim| Some(claim.method) == method);
    if let Some(claim) = claim {
        return draft.help(claim.note).remedy(Remedy::Allow {
            action_type: claim.body_value,
            method: claim.method,
        });
    }
    if let Some(help) = translation(&unknown) {
        let draft = draft.help(help);
        return match unknown.stands_for()[..] {
            [only] if types.contains(&spelling(only)) => {
                let value = spelling(only);
                draft.fix(Fix::new(
                    format!("write `{value}`"),
                    [Edit::replace(&node.span, quoted(value))],
                ))
            }
            _ => draft,
        };
    }
    let union = union.into();
    draft.help(
        match (
            nearest(name, types.iter().copied()),
            union.and_then(|union| Some((union, union.bare.as_ref()?))),
        ) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            // Most package ids look like a domain read backwards.
            (None, Some((union, bare))) if name.contains('.') => format!(
                "the id of an action package goes into `{}`, in place of `{}`",
                bare.selector, union.tag
            ),
            (None, _) => format!("the types here are {}", types.join(", ")),
        },
    )
}

fn draft(name: &str, types: &[&str], node: &Node, at: &Pointer<'_>) -> Draft {
    Draft::new(
        &RULE,
        at.clone(),
        node.span.clone(),
        format!("`{}` is no type of action", shorten(name)),
    )
    .expected(types.join(", "))
    .found(excerpt(node))
}

/// What a machine-translated name stands for, and on which pages.
pub(crate) fn translation(unknown: &UnknownActionType) -> Option<String> {
    let known: Vec<_> = unknown
        .translations()
        .map(|translation| {
            let ids: Vec<_> = translation
                .stands_for
                .iter()
                .filter_map(|known| known.row().id)
                .collect();
            format!(
                "{} ({}, {})",
                ids.join(" or "),
                translation.language,
                translation.seen
            )
        })
        .collect();
    (!known.is_empty()).then(|| {
        format!(
            "a machine translation of {}: write the English name",
            known.join(", ")
        )
    })
}
