//! A property's type is given as a number.

use super::prelude::*;
use crate::json::Number;

pub(crate) static RULE: Rule = Rule {
    id: "KZ406",
    name: "property-type-number",
    severity: Severity::Note,
    in_responses: None,
    summary: "The type of a package property is given as a number.",
    why: "Real packages send the numbers of the enum KASFormPropertyType; the documentation has names only.",
    bad: Example::of(
        "post-action.request",
        r#"{"id":"com.contoso.care.1","actionBody":{"properties":[{"name":"City","type":0,"value":"Pune"}]}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"id":"com.contoso.care.1","actionBody":{"properties":[{"name":"City","type":"Text","value":"Pune"}]}}"#,
    ),
    sources: &["D:actions_post.md", "IDOS"],
    decisions: &["D-17"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Never);

/// The names in the order of their numbers.
const NAMES: [&str; 8] = [
    "Text",
    "Numeric",
    "Location",
    "DateTime",
    "StringList",
    "Attachment",
    "StringSet",
    "AttachmentList",
];

fn check(kind: &Instance<'_>, sink: &mut Sink) {
    let Data::Number(Number::Integer(number)) = kind.node.data else {
        return;
    };
    let Some(name) = usize::try_from(number)
        .ok()
        .and_then(|number| NAMES.get(number))
    else {
        return;
    };
    let draft = Draft::at(&RULE, kind, format!("{number} is the number of `{name}`"))
        .expected(format!("`{name}`"))
        .found(number.to_string())
        .help(format!("the documentation writes the name: \"{name}\""));
    sink.add(draft);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_contract_in_its_order() {
        let document: Value = serde_json::from_str(crate::contract::JSON).unwrap();
        assert_eq!(
            document["components"]["schemas"]["PropertyTypeName"]["enum"],
            serde_json::json!(NAMES)
        );
    }
}
