//! A record as it was found.

use std::ops::Range;

use kaizala_actions::lint::Origin;

use super::split::{Content, Flaw};

/// Where a record is: in its batch, and in its file.
#[derive(Debug)]
pub(crate) struct Record {
    pub text: Range<usize>,
    pub origin: Origin,
    /// Whether it is but the beginning of a record that is too long.
    pub cut: bool,
    /// What is wrong around the records here, in place of a record.
    pub flaw: Option<Flaw>,
    /// What it has, if that is read already. Boxed, since it is large, and most formats have none.
    pub content: Option<Box<Content<'static>>>,
    /// What the file calls it, if that is read already.
    pub id: Option<String>,
}

impl Record {
    pub fn new(text: Range<usize>, origin: Origin) -> Self {
        Self {
            text,
            origin,
            cut: false,
            flaw: None,
            content: None,
            id: None,
        }
    }
}
