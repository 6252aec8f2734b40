//! What is missing from the record of an exchange.

use std::borrow::Cow;

use crate::lint::Part;

/// A part of an exchange that its record lacks, or has in another form than it claims. The rest is
/// judged.
///
/// ```
/// use kaizala_actions::lint::{Exchange, Gap, Linter, Part, Request, Response};
///
/// let url = "/v1/groups/ours/actions?actionType=job";
/// let list = Request::new("GET", url).header("accessToken", "a secret");
/// let mut answer = Response::new(200).header("content-type", "application/json");
/// answer.body = None;
/// let mut exchange = Exchange::new(list).response(answer);
/// exchange.gaps.push(Gap::new(Part::ResponseBody, "the body is in `b.json`", "lint that file"));
/// let report = Linter::new().lint_exchange(&exchange);
/// let absent = report.parts.iter().find(|part| part.is_absent).unwrap();
/// assert_eq!(
///     absent.report.to_string(),
///     "1:1: note[KZ010] incomplete-record: the body is in `b.json`",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The part that it is missing from.
    pub part: Part,
    /// What is missing, in one clause.
    pub problem: Cow<'static, str>,
    /// What to do about it.
    pub help: Cow<'static, str>,
}

impl Gap {
    /// What is missing from a part, and what to do about it.
    pub fn new(
        part: Part,
        problem: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            part,
            problem: problem.into(),
            help: help.into(),
        }
    }
}
