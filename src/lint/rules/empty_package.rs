//! An instance of a package says nothing.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ408",
    name: "empty-package",
    severity: Severity::Note,
    in_responses: None,
    summary: "The body of an instance of a package is empty.",
    why: "The contract requires nothing of it, since real bodies differ, but each real one has a title, properties or a validity.",
    bad: Example::of(
        "post-action.request",
        r#"{"id":"com.contoso.care.1","actionBody":{}}"#,
    ),
    good: Example::of(
        "post-action.request",
        r#"{"id":"com.contoso.care.1","actionBody":{"title":"Care"}}"#,
    ),
    sources: &["D:actions_post.md", "SW", "PA"],
    decisions: &["D-16"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::NotEmpty);

fn check(body: &Instance<'_>, sink: &mut Sink) {
    if matches!(&body.node.data, Data::Object(members) if members.is_empty()) {
        let draft = Draft::at(&RULE, body, "an instance of a package that says nothing")
            .expected("`title`, `properties` or another member")
            .help("give it what the package shows: usually `properties`");
        sink.add(draft);
    }
}
