//! The body of an instance of a package is empty.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ408",
    name: "empty-package",
    severity: Severity::Note,
    in_responses: None,
    summary: "The body of an instance of a package is empty.",
    why: "The contract requires nothing of it, since real bodies differ, but each real one has a \
          title, properties or a validity.",
    bad: Example::post(package!("")),
    good: Example::post(package!(r#""title":"Care""#)),
    sources: &["D:actions_post.md", "SW", "PA"],
    decisions: &["D-16"],
};

pub const CHECK: Check = Check::PostSchema(Guard::NotEmpty, |body, sink| {
    sink.report(&RULE, &body.node, || {
        RULE.at(body, "an instance of a package with an empty body")
            .expected("`title`, `properties` or another member")
            .help("give it what the package shows: usually `properties`")
            .of_contract()
    });
});
