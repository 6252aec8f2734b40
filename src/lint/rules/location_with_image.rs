//! A shared location has a picture.

use super::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "KZ504",
    name: "location-with-image",
    severity: Severity::Note,
    in_responses: None,
    summary: "A shared location has an `imageUrl`.",
    why: "The only sample of a photo with location says `ShareLocation`. An action with a picture is probably one.",
    bad: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"ShareLocation","creationTime":1480931759,"actionBody":{"latitude":12.9,"longitude":77.6,"imageUrl":"https://media.example.org/7.jpg"}}]}"#,
    ),
    good: Example::of(
        "list-actions.response",
        r#"{"actions":[{"referenceId":"6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117","actionType":"PhotoWithLocation","creationTime":1480931759,"actionBody":{"imageUrl":"https://media.example.org/7.jpg","latitude":12.9,"longitude":77.6}}]}"#,
    ),
    sources: &["D:actions_get.md"],
    decisions: &["D-08"],
};

pub(crate) const CHECK: Check = Check::PostSchema(check, Guard::Declared);

fn check(location: &Instance<'_>, sink: &mut Sink) {
    let Some(image) = location.node.member_in_any_case("imageUrl") else {
        return;
    };
    let draft = Draft::new(
        &RULE,
        location.pointer.member(&image.written),
        image.key.clone(),
        "a shared location with a picture",
    )
    .expected("no `imageUrl`")
    .found(image.written.clone())
    .help("it is probably a PhotoWithLocation: the only sample of one says ShareLocation");
    sink.add(draft);
}
