//! A request names a type that the API does not have.
//!
//! Reported by: `src/lint/exchange/value.rs` for an id in the query, `src/lint/union.rs` for the
//! tag of a union.

use super::prelude::*;
use crate::{
    contract::Union,
    support::{ActionType, Method, UnknownActionType, claims},
};

pub static RULE: Rule = Rule {
    id: "KZ202",
    name: "unknown-action-type",
    severity: Severity::Error,
    in_responses: None,
    summary: "A request names a type that no row of the support matrix has.",
    why: "The French and German documentation translated the ids by machine, and other pages name \
          types that the matrix never had. The service knows none of them.",
    bad: Example::post(action!(
        "travail",
        r#""title":"Check the doors","assignedTo":["+911234500001"]"#
    )),
    good: JOB,
    sources: &["SEED", "D:media.md"],
    decisions: &["D-03", "D-04"],
};

/// `method` is the column of the matrix that decides, if there is one.
pub fn finding(union: &Union, method: Option<Method>, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let types: Vec<_> = union.alternatives.keys().map(String::as_str).collect();
    named(
        &types,
        |known| known.row().body_value,
        Some(union),
        method,
        node,
        at,
    )
}

/// Where types are called by their ids.
pub fn id(ids: &[&str], method: Method, node: Node<'_>, at: &Pointer<'_>) -> Draft {
    let spelling = |known: ActionType| known.row().id.unwrap_or_default();
    named(ids, spelling, None, Some(method), node, at)
}

fn named(
    types: &[&str],
    spelling: fn(ActionType) -> &'static str,
    union: Option<&Union>,
    method: Option<Method>,
    node: Node<'_>,
    at: &Pointer<'_>,
) -> Draft {
    let name = node.as_str().unwrap_or_default();
    let all = types.join(", ");
    let message = format!("`{}` is not a type of action", shorten(name));
    let draft = RULE.on_value(node, at, message).expected(all.clone());
    let unknown = match name.parse::<ActionType>() {
        // A label: names were looked up before.
        Ok(known) => {
            let help = format!("it is the label of `{}`: write that", spelling(known));
            return draft.help(help);
        }
        Err(unknown) => unknown,
    };
    if let Some(claim) = claims(name).find(|claim| Some(claim.method) == method) {
        return draft.help(claim.note).remedy(Remedy::Allow {
            action_type: claim.body_value,
            method: claim.method,
        });
    }
    if let Some(help) = translation(&unknown) {
        let meant = match unknown.stands_for()[..] {
            [only] => Some(spelling(only)).filter(|value| types.contains(value)),
            _ => None,
        };
        let write = |value| Fix::replace(format!("write `{value}`"), &node.span(), quoted(value));
        return draft.help(help).fix(meant.map(write));
    }
    let bare = union.and_then(|union| Some((&union.tag, &union.bare.as_ref()?.selector)));
    draft.help(match (suggestion(name, types.iter().copied()), bare) {
        (Some(help), _) => help,
        // Most package ids look like a reversed domain.
        (None, Some((tag, selector))) if name.contains('.') => {
            format!("the id of an action package goes into `{selector}`, in place of `{tag}`")
        }
        (None, _) => format!("the types here are {all}"),
    })
}

/// What a machine-translated name means, and which pages have it.
pub fn translation(unknown: &UnknownActionType) -> Option<String> {
    let known = list(unknown.translations().map(|translation| {
        let ids = translation.stands_for.iter();
        let ids: Vec<_> = ids.filter_map(|known| known.row().id).collect();
        let (ids, language, seen) = (ids.join(" or "), translation.language, translation.seen);
        format!("{ids} ({language}, {seen})")
    }));
    let help = format!("a machine translation of {known}: write the English name");
    (!known.is_empty()).then_some(help)
}
