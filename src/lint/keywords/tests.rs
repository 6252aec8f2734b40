use crate::{contract::Contract, json, lint::plan::Plan};

use super::*;

const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0",
    "1",
    "7",
    "-1",
    "10.0",
    "1e1",
    "10.5",
    "1e-400",
    "1e400",
    "-1e400",
    "90",
    "90.5",
    "-90",
    "180.00000000000001",
    "-180.5",
    "24",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e308",
    "[]",
    "[1]",
    "{}",
    r#"{"a": 1}"#,
    r#""""#,
    r#""true""#,
    r#""1""#,
    r#""2017-12-20T09:00:00Z""#,
    r#""2017-12-20T09:00:00.123+05:30""#,
    r#""2017-12-20T09:00:00Z\n""#,
    r#""2017-12-20T09:00""#,
    r#""2017-13-20T09:00:00Z""#,
    r#""\u0662017-12-20T09:00:00Z""#,
    r#""é""#,
    r#""👍""#,
];

/// Each plan inside of one.
fn walk(plan: &'static Plan, visit: &mut impl FnMut(&'static Plan)) {
    visit(plan);
    let members = plan.members.iter().flatten().map(|member| &member.plan);
    for part in members.chain(plan.items.as_deref()).chain(&plan.choice) {
        walk(part, visit);
    }
}

#[test]
fn the_two_engines_see_the_same_violations() {
    let (mut compared, mut violated) = (0, 0);
    for name in Contract::get().schema_names() {
        let Some(plan) = Plan::get(name) else {
            continue;
        };
        walk(plan, &mut |plan| {
            let schema = plan.schema;
            let small = Engine::new(&plan.keywords, schema.pattern.as_deref());
            let listed = schema.values.iter().flat_map(|value| {
                let text = value.to_string();
                [text.to_lowercase(), text]
            });
            // Objects without one of the required members, and with all.
            let objects = (0..=schema.required.len()).map(|without| {
                let names = schema.required.iter().enumerate();
                let names = names.filter(|(index, _)| *index != without);
                let object: serde_json::Map<_, _> =
                    names.map(|(_, name)| (name.clone(), Value::Null)).collect();
                Value::from(object).to_string()
            });
            let texts = VALUES.iter().map(|text| (*text).to_owned());
            for text in texts.chain(listed).chain(objects) {
                let parsed = json::parse(text.as_bytes(), 0);
                let node = parsed.tree.root();
                let both = [small.violations(node), plan.engine().violations(node)];
                let [mut small, mut large] = both.map(|found| {
                    let found = found.iter().map(|violation| format!("{violation:?}"));
                    found.collect::<Vec<_>>()
                });
                small.sort();
                large.sort();
                assert_eq!(small, large, "{text} by {}", plan.keywords);
                compared += 1;
                violated += usize::from(!small.is_empty());
            }
        });
    }
    assert!(
        compared > 5_000 && violated > 1_000,
        "{compared}, {violated}"
    );
}
