//! Applies the fixes of findings, which the rules add to them (`Draft::fix`). Fixes that do not
//! collide are applied together; then the new text is judged, and its fixes are applied.

use std::sync::Arc;

use super::{Edit, Finding, Fix, Linter, Report};
use crate::{body::BodyKind, mask::Secrets};

/// The maximum number of rounds. Two rounds are enough, except for findings that hide others and
/// for members that move out of several objects.
const ROUNDS: usize = 16;

/// The minimum number of findings that are considered in a round.
const MOST_AT_ONCE: usize = 1 << 14;

/// A text whose findings are fixed as far as possible.
///
/// Everything that was not fixed is unchanged, byte for byte; and the document means what it meant,
/// except for what the description of a fix says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fixed {
    /// The text after the fixes.
    pub text: Vec<u8>,
    /// The fixed findings, in the order of fixing; each location refers to the text at that time.
    pub applied: Vec<Finding>,
    /// The report about the text after the fixes.
    pub left: Report,
}

impl Fixed {
    /// Whether anything was changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.applied.is_empty()
    }
}

impl Linter {
    /// Judges a body and applies the fixes of its findings, until no fix is left. A rule that is
    /// [ignored](Self::ignore) changes nothing.
    ///
    /// ```
    /// use kaizala_actions::{body::BodyKind, lint::Linter};
    ///
    /// let body = br#"{"actionType": "job", "actionBody": {"Title": "Check the doors", "dueDate": null, "assignedTo": []}}"#;
    /// let fixed = Linter::new().fix(BodyKind::PostActionRequest, body);
    /// assert_eq!(fixed.text, br#"{"actionType": "Job", "actionBody": {"title": "Check the doors", "assignedTo": []}}"#);
    /// assert_eq!(fixed.left.to_string(), "1:80: warning[KZ409] empty-list: the list is empty (/actionBody/assignedTo)");
    /// ```
    #[must_use]
    pub fn fix(&self, kind: BodyKind, text: &[u8]) -> Fixed {
        self.apply_fixes(Some(kind), text)
    }

    /// As [`fix`](Self::fix), for a body whose kind is recognised by its members.
    #[must_use]
    pub fn fix_unknown(&self, text: &[u8]) -> Fixed {
        self.apply_fixes(None, text)
    }

    fn apply_fixes(&self, mut kind: Option<BodyKind>, text: &[u8]) -> Fixed {
        // A batch is large enough to keep the number of rounds small, and small enough to take only
        // a few times the memory of the text.
        let most = MOST_AT_ONCE.max(text.len() / 256);
        let linter = self.clone().most_findings(most);
        let mut fixed = Fixed {
            text: text.to_vec(),
            applied: Vec::new(),
            left: linter.run(text, kind),
        };
        let unlisted: usize = fixed.left.unlisted.iter().map(|others| others.count).sum();
        for _ in 0..ROUNDS + unlisted / most {
            // The kind is recognised once: a fix moves members, and does not change the kind of a
            // body.
            kind = kind.or(fixed.left.body);
            let chosen = compatible(&fixed.left);
            if chosen.is_empty() {
                break;
            }
            let edits = chosen
                .iter()
                .filter_map(|finding| finding.fix.as_ref())
                .flat_map(|fix| &fix.edits);
            let Some(text) = edited(&fixed.text, edits) else {
                break;
            };
            fixed.applied.extend(chosen);
            fixed.left = linter.run(&text, kind);
            fixed.text = text;
        }
        if fixed.left.findings.len() > self.most.unwrap_or_default() {
            fixed.left = self.run(&fixed.text, kind);
        }
        fixed.left.hide(|| self.secrets.and_of(&fixed.text).into());
        if fixed.is_changed() {
            let secrets = Secrets::from(Arc::new(self.secrets.and_of(text)));
            let secrets = Arc::new(secrets);
            for finding in &mut fixed.applied {
                finding.cover.secrets = Some(Arc::clone(&secrets));
            }
        }
        fixed
    }
}

/// The findings whose fixes can be applied together, each fix as a whole, in the order of the
/// document.
fn compatible(report: &Report) -> Vec<Finding> {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut chosen = Vec::new();
    for finding in &report.findings {
        let Some(Fix { edits, .. }) = &finding.fix else {
            continue;
        };
        let fits = |edit: &Edit| {
            let after = taken.partition_point(|other| other.offset < edit.offset);
            !taken[..after]
                .last()
                .is_some_and(|other| collide(other, edit))
                && !taken.get(after).is_some_and(|other| collide(edit, other))
        };
        if !edits.is_empty() && edits.iter().all(fits) {
            chosen.push(finding.clone());
            for edit in edits {
                taken.insert(
                    taken.partition_point(|other| other.offset < edit.offset),
                    edit,
                );
            }
        }
    }
    chosen
}

/// Whether two edits, by ascending offset, change the same place; two that only touch do not,
/// unless both begin at the same offset.
fn collide(first: &Edit, second: &Edit) -> bool {
    second.offset < first.offset + first.length || second.offset == first.offset
}

/// The text with these edits applied; `None` if one lies outside of the text.
fn edited<'e>(text: &[u8], edits: impl Iterator<Item = &'e Edit>) -> Option<Vec<u8>> {
    let mut edits: Vec<_> = edits.collect();
    edits.sort_by_key(|edit| edit.offset);
    let (mut result, mut done) = (Vec::with_capacity(text.len()), 0);
    for edit in edits {
        result.extend_from_slice(text.get(done..edit.offset)?);
        result.extend_from_slice(edit.replacement.as_bytes());
        done = edit.offset + edit.length;
    }
    result.extend_from_slice(text.get(done..)?);
    Some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_are_null_go_together() {
        for (text, fixed) in [
            (
                r#"{"a":1, "errorCode": null, "message": null}"#,
                r#"{"a":1}"#,
            ),
            (r#"{"errorCode": null, "message": null}"#, "{}"),
            (
                r#"{"errorCode": null, "message": null, "errorCategoryKey": null, "a": 1}"#,
                r#"{"a": 1}"#,
            ),
            ("{\n  \"a\": 1,\n  \"message\": null\n}", "{\n  \"a\": 1\n}"),
        ] {
            let result = Linter::new().fix(BodyKind::ErrorResponse, text.as_bytes());
            assert_eq!(String::from_utf8_lossy(&result.text), fixed);
        }
    }

    #[test]
    fn a_member_that_repeats_another_is_left_to_people() {
        for text in [
            r#"{"message": "a", "message": null}"#,
            r#"{"Message": "a", "message": null, "errorCode": "b"}"#,
            r#"{"errorCode": null, "x": 1, "x": 2}"#,
            r#"{"Message": "a", "Message": "b"}"#,
        ] {
            let result = Linter::new().fix(BodyKind::ErrorResponse, text.as_bytes());
            let expected = text.replace(r#""errorCode": null, "#, "");
            assert_eq!(String::from_utf8_lossy(&result.text), expected);
        }
    }

    #[test]
    fn two_members_move_to_the_same_place_one_after_the_other() {
        let text =
            br#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":["b"],"sendToAllSubscribers":false,"Subscribers":["c"]}}"#;
        let result = Linter::new().fix(BodyKind::PostActionRequest, text);
        let fixed = r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":["b"]},"sendToAllSubscribers": false,"subscribers": ["c"]}"#;
        assert_eq!(String::from_utf8_lossy(&result.text), fixed);
        assert!(result.left.is_clean() && result.applied.len() == 2);
    }

    #[test]
    fn the_edits_of_one_fix_are_applied_together_or_not_at_all() {
        let edit = |offset, length| Edit {
            offset,
            length,
            replacement: String::new(),
        };
        assert!(
            collide(&edit(3, 2), &edit(4, 0))
                && collide(&edit(3, 0), &edit(3, 4))
                && !collide(&edit(3, 2), &edit(5, 0))
        );
        assert_eq!(edited(b"abc", [&edit(2, 5)].into_iter()), None);
    }
}
