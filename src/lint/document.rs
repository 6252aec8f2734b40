//! From bytes to a tree: what is wrong with a document as text.

use super::{
    finding::Sink,
    packed::packed,
    pointer::Pointer,
    rules::{
        byte_order_mark, duplicate_key, invalid_json, invalid_unicode, nesting_depth, number_range,
    },
};
use crate::json::{self, Data, Fault, Flaw, Node, Parsed, Tree};

/// The part of a document that could be read, and whether it can be judged further, possibly by
/// what its literals mean (D-29). Faults of the text go into the sink.
pub(super) fn read<'t>(text: &'t [u8], sink: &mut Sink) -> Option<(Tree<'t>, bool)> {
    if let Some(packed) = packed(text) {
        sink.push(invalid_json::packed(packed));
        return None;
    }
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
    let Parsed {
        tree,
        fault,
        deviations,
    } = json::parse(text, mark);
    match fault {
        None => {
            if !deviations.is_empty() {
                sink.push(invalid_json::literal(&deviations, !tree.is_flawed()));
                // Judge what the document means, but report first what to change in its text.
                sink.leave_fixes();
            }
            if tree.is_faulty() {
                report(tree.root(), &Pointer::default(), sink);
            }
            return Some((tree, true));
        }
        Some(Fault::Syntax(error)) => {
            let draft = || invalid_json::syntax(text, error, &deviations);
            sink.add(&invalid_json::RULE, draft);
        }
        Some(Fault::TooDeep(span)) => sink.push(nesting_depth::finding(span)),
    }
    Some((tree, false))
}

/// Reports nesting that is too deep and members with the same key. A fault of the text is reported
/// whether or not the value is judged further.
fn report(node: Node<'_>, at: &Pointer<'_>, sink: &mut Sink) {
    match node.flaw() {
        Some(Flaw::Range) => {
            sink.add(&number_range::RULE, || number_range::finding(node, at));
        }
        Some(flaw) => {
            let draft = || invalid_unicode::finding(flaw, at);
            sink.add(&invalid_unicode::RULE, draft);
        }
        None => {}
    }
    match node.data() {
        Data::Array => {
            for (index, item) in node.items().into_iter().flatten().enumerate() {
                report(item, &at.item(index), sink);
            }
        }
        Data::Object => {
            for member in node.all_members() {
                let inner = at.member(member.written());
                if let Some(flaw) = member.key_flaw() {
                    let draft = || invalid_unicode::finding(flaw, &inner);
                    sink.add(&invalid_unicode::RULE, draft);
                }
                report(member.value(), &inner, sink);
                if member.repeats() {
                    let draft = || duplicate_key::finding(member, at);
                    sink.report(&duplicate_key::RULE, &member, draft);
                }
            }
        }
        _ => {}
    }
}
