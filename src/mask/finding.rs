//! Findings, fit to be shown.

use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};

use serde_json::Value;

use super::text::{digits, may_hide, phones, readable, secrets};
use crate::{
    contract,
    lint::{Finding, Fix},
};

/// A finding as any report may show it: as it is where there is nothing to hide, which costs a look
/// and no copy.
#[must_use]
pub fn shown(finding: &Finding) -> Cow<'_, Finding> {
    let Finding {
        message,
        pointer,
        expected,
        found,
        help,
        fix,
        ..
    } = finding;
    let optional = [expected, found, help].into_iter().flatten();
    if optional
        .chain([message, pointer])
        .chain(fix.iter().flat_map(texts))
        .any(|text| may_hide(text.as_bytes()))
    {
        Cow::Owned(self::finding(finding.clone()))
    } else {
        Cow::Borrowed(finding)
    }
}

/// A finding without access tokens.
pub fn without_secrets(finding: &mut Finding) {
    masked(finding, |text| readable(secrets(text.as_bytes())));
}

/// A finding without phone numbers. A fix that would write one is left out: with stars in it, it
/// would destroy what it mends.
pub fn finding(mut finding: Finding) -> Finding {
    let name = finding
        .pointer
        .rsplit('/')
        .find(|name| name.parse::<usize>().is_err());
    let is_number = name.is_some_and(|name| MEMBERS.contains(&name.to_lowercase()));
    without_secrets(&mut finding);
    masked(&mut finding, phones);
    if is_number {
        masked(&mut finding, digits);
    }
    finding
}

/// The members whose value is a phone number, or a list of some, in lower case: those of which the
/// contract says so.
static MEMBERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut members = BTreeSet::new();
    collect(&contract::document()["components"]["schemas"], &mut members);
    members
});

fn collect(value: &Value, members: &mut BTreeSet<String>) {
    let says = |schema: &Value| schema["x-kaizala-personal"] == "phone";
    for (name, schema) in value["properties"].as_object().into_iter().flatten() {
        if says(schema) || says(&schema["items"]) {
            members.insert(name.to_lowercase());
        }
    }
    match value {
        Value::Object(inner) => inner.values().for_each(|value| collect(value, members)),
        Value::Array(inner) => inner.iter().for_each(|value| collect(value, members)),
        _ => {}
    }
}

fn texts(fix: &Fix) -> impl Iterator<Item = &String> {
    let written = fix.edits.iter().map(|edit| &edit.replacement);
    written.chain([&fix.description])
}

/// Changes all texts of a finding. A fix that would write what is masked is left out.
pub(crate) fn masked(finding: &mut Finding, mask: impl Fn(&str) -> Cow<'_, str>) {
    finding
        .fix
        .take_if(|fix| texts(fix).any(|text| matches!(mask(text), Cow::Owned(_))));
    let optional = [&mut finding.expected, &mut finding.found, &mut finding.help];
    let texts = optional.into_iter().flatten();
    for text in texts.chain([&mut finding.message, &mut finding.pointer]) {
        if let Cow::Owned(masked) = mask(text) {
            *text = masked;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_members_with_phone_numbers_are_those_of_the_contract() {
        let expected = [
            "assignedto",
            "mobilenumber",
            "sender",
            "subscriber",
            "subscribers",
        ];
        assert_eq!(
            MEMBERS.iter().map(String::as_str).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn a_fix_that_would_write_a_phone_number_is_left_out_and_another_is_not() {
        let linter = crate::lint::Linter::new();
        let findings = |text: &str| {
            linter
                .lint_unknown(text.as_bytes())
                .findings
                .into_iter()
                .map(finding)
                .collect::<Vec<_>>()
        };
        let moved = findings(
            r#"{"actionType":"job","actionBody":{"title":"a","assignedTo":["+911234500001"],"subscribers":["+911234500002"]}}"#,
        );
        assert_eq!(
            moved
                .iter()
                .map(|finding| (finding.rule.id, finding.fix.is_some()))
                .collect::<Vec<_>>(),
            [("KZ106", true), ("KZ109", false)]
        );
        let [number] = &findings(
            r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":[911234500001]}}"#,
        )[..] else {
            unreachable!()
        };
        assert_eq!(number.found.as_deref(), Some("************"));
    }
}
