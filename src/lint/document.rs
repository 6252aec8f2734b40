//! From bytes to a tree: what is wrong with a document before anybody asks what it says.

use super::{
    finding::Sink,
    pointer::Pointer,
    rules::{
        byte_order_mark, duplicate_key, invalid_json, invalid_unicode, nesting_depth, number_range,
    },
};
use crate::json::{self, Data, Fault, Flaw, Member, Node, Parsed};

/// The tree of a document that can be judged further; what is wrong with its text goes into the
/// sink.
pub(super) fn read<'t>(text: &'t [u8], sink: &mut Sink) -> Option<Node<'t>> {
    let mark = match byte_order_mark::length(text) {
        Ok(length) => length,
        Err(encoding) => {
            sink.push(invalid_unicode::foreign_encoding(encoding));
            return None;
        }
    };
    if mark > 0 {
        sink.push(byte_order_mark::finding(mark));
    }
    let Parsed { node, deviations } = json::parse(text, mark);
    match node {
        Ok(mut node) if deviations.is_empty() => {
            normalize(&mut node, &Pointer::default(), sink);
            return Some(node);
        }
        Ok(node) => sink.push(invalid_json::literal(&deviations, !node.is_flawed())),
        Err(Fault::Syntax(error)) => sink.push(invalid_json::syntax(text, error, &deviations)),
        Err(Fault::TooDeep(span)) => sink.push(nesting_depth::finding(span)),
    }
    None
}

/// Reports what a part hides, and leaves of members with the same key only the last.
fn normalize(node: &mut Node, at: &Pointer<'_>, sink: &mut Sink) {
    match &node.flaw {
        Some(Flaw::Range) => sink.push(number_range::finding(node, at)),
        Some(flaw) => sink.push(invalid_unicode::finding(flaw, at)),
        None => {}
    }
    match &mut node.data {
        Data::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                normalize(item, &at.item(index), sink);
            }
        }
        Data::Object(members) => {
            for member in &mut *members {
                let at = at.member(&member.written);
                if let Some(flaw) = &member.key_flaw {
                    sink.push(invalid_unicode::finding(flaw, &at));
                }
                normalize(&mut member.value, &at, sink);
            }
            // Last, since what is wrong with a text is so whether the value is judged further or
            // not.
            drop_superseded(members, at, sink);
        }
        _ => {}
    }
}

fn drop_superseded(members: &mut Vec<Member<'_>>, at: &Pointer<'_>, sink: &mut Sink) {
    // Among a few, to compare each with all is cheaper than to sort.
    let is_alone = |(index, member): (usize, &Member<'_>)| {
        members[..index]
            .iter()
            .all(|other| other.written != member.written)
    };
    if members.len() <= 16 && members.iter().enumerate().all(is_alone) {
        return;
    }
    // The keys in order; those that are the same stay in the order of the document.
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|index| &*members[*index].written);
    let mut superseded = vec![false; members.len()];
    for pair in order.windows(2) {
        let [earlier, index] = *pair else { continue };
        if members[earlier].written == members[index].written {
            superseded[earlier] = true;
            members[index].repeats = true;
            sink.push(duplicate_key::finding(&members[index], at));
        }
    }
    let mut superseded = superseded.into_iter();
    members.retain(|_| !superseded.next().unwrap_or(false));
}
