//! Copies of bodies, which are judged.

use std::{fmt, sync::Arc};

use hyper::body::Bytes;

use super::budget::{Budget, Share};

/// Why a body was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Unjudged {
    /// It is larger than the limit.
    TooLarge,
    /// There are too many bodies in memory.
    NoMemory,
    /// It is in a content coding that cannot be decoded.
    Coding,
    /// It ended before its end.
    Incomplete,
}

impl Unjudged {
    /// All reasons.
    pub const ALL: [Self; 4] = [
        Self::TooLarge,
        Self::NoMemory,
        Self::Coding,
        Self::Incomplete,
    ];

    /// Its name, as in `too-large`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::NoMemory => "no-memory",
            Self::Coding => "coding",
            Self::Incomplete => "incomplete",
        }
    }
}

impl fmt::Display for Unjudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A body in memory, as far as it has come.
#[derive(Debug)]
pub(super) struct BodyCopy {
    bytes: Vec<u8>,
    /// The whole body.
    whole: Option<Bytes>,
    share: Share,
    most: usize,
    /// The length that its head announces.
    announced: usize,
    problem: Option<Unjudged>,
}

impl BodyCopy {
    /// Of a body of at most `most` bytes.
    pub fn new(budget: &Arc<Budget>, most: usize) -> Self {
        Self {
            announced: most,
            bytes: Vec::new(),
            whole: None,
            share: budget.share(),
            most,
            problem: None,
        }
    }

    /// Notes the length that its head announces.
    pub fn announce(&mut self, length: u64) {
        let length = usize::try_from(length).unwrap_or(self.most);
        self.announced = length.min(self.most);
    }

    pub fn add(&mut self, part: &[u8]) {
        if self.problem.is_some() {
            return;
        }
        let length = self.bytes.len() + part.len();
        if length > self.most {
            return self.give_up(Unjudged::TooLarge);
        }
        if length > self.bytes.capacity() {
            // Not all that is announced at once: it may never come.
            let room = (2 * self.bytes.capacity()).min(self.announced).max(length);
            if !self.share.grow(room) {
                return self.give_up(Unjudged::NoMemory);
            }
            self.bytes.reserve_exact(room - self.bytes.len());
        }
        self.bytes.extend_from_slice(part);
    }

    /// Notes that the body is complete.
    pub fn end(&mut self) {
        if self.problem.is_none() && self.whole.is_none() {
            self.whole = Some(std::mem::take(&mut self.bytes).into());
        }
    }

    /// Forgets what there is of it.
    pub fn give_up(&mut self, problem: Unjudged) {
        if self.whole.is_none() {
            self.bytes = Vec::new();
            self.share.give_back();
            self.problem.get_or_insert(problem);
        }
    }

    /// Why it is not copied any more.
    pub fn problem(&self) -> Option<Unjudged> {
        self.problem
    }

    /// The whole body.
    ///
    /// # Errors
    /// Why there is none.
    pub fn whole(&self) -> Result<Bytes, Unjudged> {
        let problem = self.problem.unwrap_or(Unjudged::Incomplete);
        self.whole.clone().ok_or(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_or_says_why_not() {
        let budget = Budget::new(100);
        let mut copy = BodyCopy::new(&budget, 10);
        copy.add(b"hello");
        assert_eq!(copy.whole(), Err(Unjudged::Incomplete));
        copy.add(b" you");
        copy.end();
        assert_eq!(copy.whole().as_deref(), Ok(&b"hello you"[..]));
        assert!(budget.used() >= 9);

        let mut large = BodyCopy::new(&budget, 10);
        large.add(b"0123456789");
        large.add(b"0");
        large.end();
        assert_eq!(large.whole(), Err(Unjudged::TooLarge));
        drop(copy);
        assert_eq!(budget.used(), 0);

        let (mut first, mut second) = (BodyCopy::new(&budget, 90), BodyCopy::new(&budget, 90));
        first.add(&[0; 90]);
        second.add(&[0; 11]);
        assert_eq!(second.whole(), Err(Unjudged::NoMemory));
    }
}
