//! How the rules of meaning look at the values whose schema names them (`x-kaizala-checks`).

use super::{
    finding::{Draft, Sink},
    instance::Instance,
    survey::Survey,
};

/// When a rule looks at the values whose schema names it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// Before the value is held to its schema; with a finding, it is not judged further.
    PreSchema(fn(&Instance<'_>) -> Option<Draft>),
    /// While the value is brought into its canonical form, before the JSON Schema engine sees it;
    /// and when the rule surely finds nothing.
    PostSchema(fn(&Instance<'_>, &mut Sink), Guard),
    /// As `PostSchema`, where there is a survey that the document is a response to.
    WithSurvey(fn(&Instance<'_>, &Survey, &mut Sink)),
}

/// A condition under which a rule surely finds nothing, simple enough for the
/// [fast pass](super::fast). It may be narrower than the rule, never wider.
#[derive(Clone, Copy, Debug)]
pub(super) enum Guard {
    /// No member that the schema does not declare: those are what the rule is about.
    Declared,
    /// Never.
    Never,
    /// An array of this many items.
    Items(usize, usize),
    /// A string that passes.
    Text(fn(&str) -> bool),
    /// An object without this member.
    Without(&'static str),
    /// An object with one of these members.
    Any(&'static [&'static str]),
    /// An object with any member at all.
    NotEmpty,
    /// Another string than this.
    Not(&'static str),
    /// An object that has `needs`, and an item in it, exactly when `member` has one of `values`.
    When {
        member: &'static str,
        values: &'static [&'static str],
        needs: &'static str,
    },
}
