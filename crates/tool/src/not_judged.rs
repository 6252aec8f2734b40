//! Counts what a run was given and did not judge, so that it is not taken for clean.

use std::{fmt, ops::AddAssign};

use serde::{Deserialize, Serialize};

use crate::text::count;

/// Counts of what was not judged, by the reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct NotJudged {
    /// Exchanges of other APIs.
    #[serde(skip_serializing_if = "is_zero")]
    pub foreign: usize,
    /// Bodies that were sent or received but are not in the record.
    #[serde(skip_serializing_if = "is_zero")]
    pub absent_bodies: usize,
    /// Exchanges whose record lacks header fields.
    #[serde(skip_serializing_if = "is_zero")]
    pub absent_headers: usize,
    /// Calls in a script that were found but not understood.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread_calls: usize,
    /// Members of an archive that were not searched.
    #[serde(skip_serializing_if = "is_zero")]
    pub ignored_members: usize,
    /// Files with nothing to judge.
    #[serde(skip_serializing_if = "is_zero")]
    pub empty_files: usize,
}

impl NotJudged {
    /// Whether everything was judged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AddAssign for NotJudged {
    fn add_assign(&mut self, other: Self) {
        self.foreign += other.foreign;
        self.absent_bodies += other.absent_bodies;
        self.absent_headers += other.absent_headers;
        self.unread_calls += other.unread_calls;
        self.ignored_members += other.ignored_members;
        self.empty_files += other.empty_files;
    }
}

/// `2 exchanges of other APIs, 1 body that the record lacks`.
impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bodies = match self.absent_bodies {
            1 => "1 body".to_owned(),
            bodies => format!("{bodies} bodies"),
        };
        let reasons = [
            (
                self.foreign,
                count(self.foreign, "exchange"),
                " of other APIs",
            ),
            (self.absent_bodies, bodies, " not in the record"),
            (
                self.absent_headers,
                count(self.absent_headers, "exchange"),
                " without header fields in the record",
            ),
            (
                self.unread_calls,
                count(self.unread_calls, "call"),
                " not understood",
            ),
            (
                self.ignored_members,
                count(self.ignored_members, "member"),
                " outside of `log.entries`",
            ),
            (
                self.empty_files,
                count(self.empty_files, "file"),
                " with nothing to judge",
            ),
        ];
        let reasons = reasons.into_iter().filter(|(number, ..)| *number > 0);
        for (index, (_, counted, of)) in reasons.enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{counted}{of}")?;
        }
        Ok(())
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}
