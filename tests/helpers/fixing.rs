//! What must hold of a text that was fixed.

use kaizala_actions::{
    body::BodyKind,
    lint::{Edit, Fixed, Linter},
};
use serde_json::Value;

/// Fixes a text, and says what is wrong with the answer.
pub fn fixed(kind: BodyKind, text: &[u8]) -> Result<Fixed, String> {
    let fixed = Linter::new().fix(kind, text);
    let shown = || {
        format!(
            "{}\nfixed: {}",
            String::from_utf8_lossy(text),
            String::from_utf8_lossy(&fixed.text)
        )
    };
    if let Some(finding) = fixed
        .left
        .findings
        .iter()
        .find(|finding| finding.fix.is_some())
    {
        return Err(format!("{finding} is left in {}", shown()));
    }
    if fixed.left != Linter::new().lint(kind, &fixed.text) {
        return Err(format!("another report than the linter's of {}", shown()));
    }
    if replayed(kind, text, &fixed).as_ref() != Some(&fixed.text) {
        return Err(format!("more than the fixes was changed in {}", shown()));
    }
    let again = Linter::new().fix(kind, &fixed.text);
    if again.is_changed() || again.text != fixed.text {
        return Err(format!(
            "a second time it becomes {}, of {}",
            String::from_utf8_lossy(&again.text),
            shown()
        ));
    }
    if fixed.is_changed() == (fixed.text == text) {
        return Err(format!("{} fixes in {}", fixed.applied.len(), shown()));
    }
    if let (Ok(before), Ok(after)) = (
        serde_json::from_slice(text),
        serde_json::from_slice(&fixed.text),
    ) {
        same_meaning(&before, &after, &fixed)
            .map_err(|problem| format!("{problem} in {}", shown()))?;
    } else if serde_json::from_slice::<Value>(text).is_ok() {
        return Err(format!("no JSON any more: {}", shown()));
    }
    Ok(fixed)
}

pub fn same_meaning(before: &Value, after: &Value, fixed: &Fixed) -> Result<(), String> {
    let has = |name: &str| {
        fixed
            .applied
            .iter()
            .any(|finding| finding.rule.name == name)
    };
    if !has("misplaced-member") && !has("unknown-action-type") {
        let (before, after) = (plain(before), plain(after));
        return if before == after {
            Ok(())
        } else {
            Err(format!("{before}\nbecame\n{after}"))
        };
    }
    let mut leaves = [before, after].map(|value| {
        let mut leaves = Vec::new();
        collect("", value, &mut leaves);
        leaves.retain(|leaf| !has("unknown-action-type") || !leaf.starts_with("actiontype:"));
        leaves
    });
    for leaves in &mut leaves {
        leaves.sort();
    }
    let [before, after] = leaves;
    if before == after {
        Ok(())
    } else {
        Err(format!("{before:?}\nbecame\n{after:?}"))
    }
}

/// A value without what fixes may change: the case of names and texts, the spelling of numbers,
/// members that are null.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let present = members.iter().filter(|(_, value)| !value.is_null());
            let members: Vec<_> = present
                .map(|(name, value)| format!("{}:{}", name.to_lowercase(), plain(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(plain).collect::<Vec<_>>().join(",")
        ),
        Value::String(text) => format!("{:?}", text.to_lowercase()),
        // 0 and -0 are one number.
        Value::Number(number) => format!("{:?}", number.as_f64().map(|number| number + 0.0)),
        other => other.to_string(),
    }
}

/// The values at the ends of a tree, with the names of the members they are in, wherever those are.
fn collect(name: &str, value: &Value, leaves: &mut Vec<String>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| collect(&name.to_lowercase(), value, leaves)),
        Value::Array(items) => items.iter().for_each(|item| collect(name, item, leaves)),
        Value::Null => {}
        other => leaves.push(format!("{name}:{}", plain(other))),
    }
}

/// The text with the edits of what was applied, and no other change: what is untouched is as it
/// was. Each round judged the text anew, and took what did not collide in the order of the report.
fn replayed(kind: BodyKind, text: &[u8], fixed: &Fixed) -> Option<Vec<u8>> {
    let mut text = text.to_vec();
    let mut applied = &fixed.applied[..];
    while !applied.is_empty() {
        let found = Linter::new().lint(kind, &text).findings;
        let mut rest = found.iter();
        let mut edits: Vec<&Edit> = Vec::new();
        let mut count = 0;
        for finding in applied {
            let fix = finding.fix.as_ref()?;
            let collides = fix
                .edits
                .iter()
                .any(|edit| edits.iter().any(|other| collide(edit, other)));
            if collides || !rest.any(|other| other == finding) {
                break;
            }
            edits.extend(&fix.edits);
            count += 1;
        }
        if count == 0 {
            return None;
        }
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.offset));
        for Edit {
            offset,
            length,
            replacement,
            ..
        } in edits
        {
            text.splice(*offset..*offset + *length, replacement.bytes());
        }
        applied = &applied[count..];
    }
    Some(text)
}

fn collide(edit: &Edit, other: &Edit) -> bool {
    let (first, second) = if edit.offset <= other.offset {
        (edit, other)
    } else {
        (other, edit)
    };
    second.offset < first.offset + first.length || second.offset == first.offset
}
