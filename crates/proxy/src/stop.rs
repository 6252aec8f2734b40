//! Why an exchange does not go on.

use super::{exchange::Outcome, refusal::Refusal};

pub(super) enum Stop {
    Refused(Outcome, Refusal),
    /// The connection is cut without an answer.
    Cut(&'static str),
}

impl Stop {
    /// The request is refused.
    pub fn request(refusal: Refusal) -> Self {
        Self::Refused(Outcome::RequestRefused, refusal)
    }

    /// The upstream failed, and with it the connection of the client.
    pub fn upstream(refusal: Refusal) -> Self {
        Self::Refused(Outcome::UpstreamFailed, refusal.closing())
    }
}

impl From<&'static str> for Stop {
    fn from(reason: &'static str) -> Self {
        Self::Cut(reason)
    }
}
