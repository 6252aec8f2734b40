//! Findings with secrets masked.

use std::borrow::Cow;

use super::{canonical::plain, hidden::Extent, names};
use crate::lint::{Finding, Fix};

/// A finding without secrets and phone numbers, as any report may show it. If it has nothing to
/// mask, it is not copied.
///
/// A fix that contains masked text is left out: applied, it would write the asterisks into the
/// file.
#[must_use]
pub fn shown(finding: &Finding) -> Cow<'_, Finding> {
    masked(finding, |is_phone| {
        if is_phone {
            Extent::BareNumbers
        } else {
            Extent::Numbers
        }
    })
}

/// A finding without secrets but with phone numbers, for readers who have the input.
#[must_use]
pub fn without_secrets(finding: &Finding) -> Cow<'_, Finding> {
    masked(finding, |_| Extent::Secrets)
}

/// `extent` depends on whether a name on the way to the location is that of a phone number.
fn masked(finding: &Finding, extent: impl Fn(bool) -> Extent) -> Cow<'_, Finding> {
    let hidden = finding.cover.quotable();
    let (mut is_phone, mut is_secret) = (false, false);
    for name in finding.pointer.split('/') {
        let name = plain(name.as_bytes());
        is_phone |= names::phone(&name);
        is_secret |= names::secret(&name);
    }
    let extent = extent(is_phone);
    let mask = |text: &str| {
        let safe = hidden.without_in_words(text, extent);
        let safe = if is_secret {
            hidden.without_short(&safe).into_owned().into()
        } else {
            safe
        };
        match safe {
            Cow::Owned(safe) if safe != text => Some(safe),
            _ => None,
        }
    };
    // The words of a rule quote nothing.
    let mask_quoting = |words: &Cow<'static, str>| match words {
        Cow::Borrowed(_) => None,
        Cow::Owned(words) => mask(words),
    };
    let mut shown = Cow::Borrowed(finding);
    let Finding {
        message,
        pointer,
        expected,
        found,
        help,
        fix,
        ..
    } = finding;
    if let Some(message) = mask_quoting(message) {
        shown.to_mut().message = message.into();
    }
    if let Some(pointer) = mask(pointer) {
        shown.to_mut().pointer = pointer;
    }
    if let Some(expected) = expected.as_ref().and_then(mask_quoting) {
        shown.to_mut().expected = Some(expected.into());
    }
    if let Some(found) = found.as_deref().and_then(mask) {
        shown.to_mut().found = Some(found);
    }
    if let Some(help) = help.as_ref().and_then(mask_quoting) {
        shown.to_mut().help = Some(help.into());
    }
    if fix.iter().flat_map(texts).any(|text| mask(text).is_some()) {
        shown.to_mut().fix = None;
    }
    shown
}

fn texts(fix: &Fix) -> impl Iterator<Item = &String> {
    let written = fix.edits.iter().map(|edit| &edit.replacement);
    written.chain([&fix.description])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_that_would_write_a_phone_number_is_left_out_and_another_is_not() {
        let linter = crate::lint::Linter::new();
        let findings = |text: &str| {
            let report = linter.lint_unknown(text.as_bytes());
            let shown = report
                .findings
                .iter()
                .map(|finding| shown(finding).into_owned());
            shown.collect::<Vec<_>>()
        };
        for number in [
            "+911234500002",
            "+91 12345 00002",
            "911234500002",
            "\\u002b911234500002",
        ] {
            let moved = findings(&format!(
                r#"{{"actionType":"job","actionBody":{{"title":"a","assignedTo":["b"],"subscribers":["{number}"]}}}}"#
            ));
            let fixes = moved
                .iter()
                .map(|finding| (finding.rule.id, finding.fix.is_some()));
            assert!(fixes.eq([("KZ106", true), ("KZ109", false)]), "{number}");
        }
        let [number] = &findings(
            r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":[911234500001]}}"#,
        )[..] else {
            unreachable!()
        };
        assert_eq!(number.found.as_deref(), Some("************"));
    }

    #[test]
    fn words_of_a_rule_are_shown_where_what_was_found_is_masked() {
        let body = r#"{"actionType":"Job","accessToken":Infinity}"#;
        let report = crate::lint::Linter::new().lint_unknown(body);
        let literal = report.iter().find(|finding| finding.rule.id == "KZ001");
        let shown = shown(literal.unwrap());
        assert_eq!(shown.message, "`Infinity` is not a JSON number");
        assert_eq!(shown.found.as_deref(), Some("********"));
    }
}
