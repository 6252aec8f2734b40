//! Which body of the contract a document is, by its members.

use crate::{
    body::BodyKind,
    contract::{Contract, Recognition},
    json::{self, Node},
};

/// The first body of the contract whose members are there, in any case.
pub(super) fn recognise(contract: &Contract, node: Node<'_>) -> Option<BodyKind> {
    recognise_by(contract, |pointer| has(node, pointer))
}

/// The first body of the contract whose members are there, as far as `has` knows.
pub(super) fn recognise_by(contract: &Contract, has: impl Fn(&str) -> bool) -> Option<BodyKind> {
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
