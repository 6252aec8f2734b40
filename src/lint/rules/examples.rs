//! What several rules show.

use crate::lint::rule::Example;

/// A body without a finding.
pub(super) const JOB: Example = Example::of(
    "post-action.request",
    r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#,
);

/// An exchange without a finding.
pub(super) const LIST_JOBS: Example = Example::of(
    Example::EXCHANGE,
    r#"{"request":{"method":"GET","url":"https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=job","headers":{"accessToken":"a secret"}}}"#,
);

/// A survey of two questions, to show the rules about answers.
pub(super) const LUNCH: &str = r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[{"title":"What?","type":"SingleOption","options":[{"title":"Rice"},{"title":"Bread"}]},{"title":"How many?","type":"Numeric"}]}}"#;
