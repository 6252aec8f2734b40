//! A member is one object too deep.
//!
//! Reported by: `src/lint/union.rs` for a whole object inside one of its members,
//! `src/lint/walk.rs` for a member that the object around it declares.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ109",
    name: "misplaced-member",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A member is inside an object and belongs next to it.",
    why: "`subscribers` and `sendToAllSubscribers` belong next to `actionBody`. Inside it the \
        service does not look for them, and the action goes to the whole group.",
    bad: Example::post(job!(r#","subscribers":["+911234500002"]"#)),
    good: Example::post(job!("", r#","subscribers":["+911234500002"]"#)),
    sources: &["SW", "PMS", "NAN"],
    decisions: &["D-18"],
};

/// `name` is what the enclosing object declares, and `outer` is that object if it lacks the member.
pub fn finding(
    member: Member<'_>,
    name: &str,
    outer: Option<Node<'_>>,
    text: &[u8],
    object: &Pointer<'_>,
) -> Draft {
    let written = member.written();
    let message = format!("`{written}` belongs one object further out");
    let draft = RULE
        .on_key(member, object, message)
        .expected(format!("`{name}` next to this object"))
        .found(written);
    let Some(outer) = outer else {
        return draft.help("remove it: it is there already");
    };
    let move_it = "move it out of this object";
    // If a member repeats another, moving it would leave the other.
    let value = part(text, &member.value().span()).filter(|_| !member.repeats());
    let fix = value.map(|value| {
        let (end, separator) = end(outer, text);
        let moved = format!("{separator}{}: {value}", quoted(name));
        let insertion = Edit::replace(&(end..end), moved);
        Fix::new(move_it, [Edit::replace(&member.cut(), ""), insertion])
    });
    draft.help(move_it).fix(fix)
}

/// For a member in the value of a member of the same name. `is_whole` says that its object also has
/// what belongs next to it: that object is what was meant.
pub fn too_deep(member: Member<'_>, name: &str, is_whole: bool, object: &Pointer<'_>) -> Draft {
    let help = if is_whole {
        format!(
            "send the object that is in the outer `{name}` as the whole: it has a `{name}` itself"
        )
    } else {
        format!("write this object as the value of the outer `{name}`")
    };
    RULE.on_key(
        member,
        object,
        format!("`{name}` in `{name}` is one level too deep"),
    )
    .expected(format!("one `{name}`"))
    .found(excerpt(member.value()))
    .help(help)
}

/// The offset past the last member of an object, and what to write between it and another member:
/// what separates the existing ones, if that is a comma and white space.
fn end<'t>(object: Node<'_>, text: &'t [u8]) -> (usize, &'t str) {
    let (mut before, mut last) = (None, None);
    for member in object.members() {
        before = last.replace(member);
    }
    let end = last.map_or(object.span().start + 1, |last| last.value().span().end);
    let between = before.zip(last);
    let between = between.map(|(before, last)| before.value().span().end..last.key().start);
    let between = between.and_then(|between| part(text, &between));
    let separator = between.filter(|between| between.trim_ascii() == ",");
    (end, separator.unwrap_or(", "))
}
