//! A shared location has a picture.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ504",
    name: "location-with-image",
    severity: Severity::Note,
    in_responses: None,
    summary: "A shared location has an `imageUrl`.",
    why: "The only sample of a photo with location says `ShareLocation`. An action with a picture \
          is probably one.",
    bad: Example::list(listed!(
        "ShareLocation",
        r#""latitude":12.9,"longitude":77.6,"imageUrl":"https://media.example.org/7.jpg""#
    )),
    good: Example::list(listed!(
        "PhotoWithLocation",
        r#""imageUrl":"https://media.example.org/7.jpg","latitude":12.9,"longitude":77.6"#
    )),
    sources: &["D:actions_get.md"],
    decisions: &["D-08"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Undeclared("imageUrl"), |location, sink| {
    let Some(image) = location.node.member_in_any_case("imageUrl") else {
        return;
    };
    sink.report(&RULE, &image, || {
        RULE.on_key(image, location.pointer, "a shared location with a picture")
            .expected("no `imageUrl`")
            .found(image.written())
            .help("it is probably a PhotoWithLocation: the only sample of one says ShareLocation")
    });
});
