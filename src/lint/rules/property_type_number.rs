//! A property's type is given as a number.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;
use crate::json::Number;

pub static RULE: Rule = Rule {
    id: "KZ406",
    name: "property-type-number",
    severity: Severity::Note,
    in_responses: None,
    summary: "The type of a package property is given as a number.",
    why: "Real packages send the numbers of the enum KASFormPropertyType; the documentation has \
          names only.",
    bad: Example::post(package!(
        r#""properties":[{"name":"City","type":0,"value":"Pune"}]"#
    )),
    good: Example::post(package!(
        r#""properties":[{"name":"City","type":"Text","value":"Pune"}]"#
    )),
    sources: &["D:actions_post.md", "IDOS"],
    decisions: &["D-17"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Never, |kind, sink| {
    let Data::Number(Number::Integer(number)) = kind.node.data() else {
        return;
    };
    let name = usize::try_from(number)
        .ok()
        .and_then(|number| NAMES.get(number));
    let Some(name) = name else { return };
    sink.report(&RULE, &kind.node, || {
        RULE.at(kind, format!("{number} is the number of `{name}`"))
            .expected(format!("`{name}`"))
            .found(number.to_string())
            .help(format!("the documentation writes the name: \"{name}\""))
            .of_contract()
    });
});

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
