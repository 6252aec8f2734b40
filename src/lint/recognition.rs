//! Recognises which body of the contract a document is, by its members.

use super::plan::Plan;
use crate::{
    body::BodyKind,
    contract::{Contract, Recognition},
    json::{self, Node},
};

/// The first body of the contract whose members are present, in any case.
pub(super) fn recognise(contract: &Contract, node: Node<'_>) -> Option<BodyKind> {
    recognise_by(contract, |pointer| has(node, pointer))
}

/// The first body of the contract whose members are present, as far as `has` knows.
fn recognise_by(contract: &Contract, has: impl Fn(&str) -> bool) -> Option<BodyKind> {
    let all = |pointers: &Vec<String>| pointers.iter().all(|pointer| has(pointer));
    contract
        .recognition()
        .iter()
        .find(|row| row.any_of.iter().any(all))
        .and_then(Recognition::body)
}

fn has(node: Node<'_>, pointer: &str) -> bool {
    let mut tokens = pointer.split('/').skip(1);
    tokens
        .try_fold(node, |node, name| {
            node.member_in_any_case(name).map(json::Member::value)
        })
        .is_some()
}

/// What was looked for: the members of each row, in words.
pub(super) fn looked_for(contract: &Contract) -> String {
    let rows = contract.recognition().iter().filter_map(|row| {
        let ways: Vec<_> = row
            .any_of
            .iter()
            .map(|pointers| pointers.join(" with "))
            .collect();
        Some(format!("{} ({})", ways.join(" or "), row.body()?))
    });
    rows.collect::<Vec<_>>().join(", ")
}

/// The kind that a clean body of a plan is recognised as, if it is the same with only the required
/// members and with all members. Only members of the root are considered; a deeper pointer counts
/// as present if that speaks against the kind.
pub(super) fn of_clean(plan: &'static Plan) -> Option<BodyKind> {
    *plan.recognised.get_or_init(|| recognise_clean(plan))
}

fn recognise_clean(plan: &Plan) -> Option<BodyKind> {
    let find = |name: &str| Some(&plan.members.as_deref()?.get(plan.member(name, 0)?)?.plan);
    let surely = |pointer: &str| {
        let mut names = pointer.split('/').skip(1);
        names.next().is_some_and(|name| {
            plan.schema.requires(name)
                && names.all(|inner| find(name).is_some_and(|plan| plan.schema.requires(inner)))
        })
    };
    let perhaps = |pointer: &str| {
        let mut names = pointer.split('/').skip(1);
        names.next().and_then(find).is_some_and(|plan| {
            let may_have = |inner| plan.members.is_none() || plan.member(inner, 0).is_some();
            names.next().is_none_or(may_have)
        })
    };
    let kind = recognise_by(Contract::get(), surely);
    kind.filter(|kind| recognise_by(Contract::get(), perhaps) == Some(*kind))
}
