//! What is reported about an exchange.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use kaizala_actions::operation::OperationId;
use kaizala_actions_http::PartFinding;

use super::copy::Unjudged;

/// What became of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outcome {
    /// Both messages passed.
    Passed,
    /// The request was refused.
    RequestRefused,
    /// The response was refused.
    ResponseRefused,
    /// The upstream gave no answer that could pass.
    UpstreamFailed,
    /// The client or the upstream went away, or was too slow.
    Cut,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 5] = [
        Self::Passed,
        Self::RequestRefused,
        Self::ResponseRefused,
        Self::UpstreamFailed,
        Self::Cut,
    ];

    /// Its name, as in `request-refused`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::RequestRefused => "request-refused",
            Self::ResponseRefused => "response-refused",
            Self::UpstreamFailed => "upstream-failed",
            Self::Cut => "cut",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An exchange that went through the proxy. Secrets and phone numbers in it are masked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProxiedExchange {
    /// When the head of the request had been read.
    pub started: SystemTime,
    /// The time from then until the exchange was over.
    pub duration: Duration,
    /// The time until the head of the upstream's response, if there was one.
    pub upstream: Option<Duration>,
    /// The time that was spent on judging.
    pub judging: Duration,
    /// The operation; `None` if the contract has none for the request.
    pub operation: Option<OperationId>,
    /// Whether the path is of another API, so that nothing was judged.
    pub is_foreign: bool,
    /// The method.
    pub method: String,
    /// The path, and the query if there was one.
    pub target: String,
    /// The status that the client got; `None` if it got none.
    pub status: Option<u16>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why the proxy answered by itself, unless the findings say so.
    pub problem: Option<String>,
    /// Why bodies were not judged.
    pub unjudged: Vec<Unjudged>,
    /// The findings, in the order of the parts.
    pub findings: Vec<PartFinding>,
}
