//! What the linter said of bodies that came lately. Programs under test and load generators post
//! the same few bodies over and over: the second time costs a look into a table, and the actions
//! that were posted with one body share it.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use hyper::body::Bytes;
use kaizala_actions::{
    body::BodyKind,
    lint::{Linter, Report},
};

use super::refusal::Refusal;

/// The most bytes of bodies in one of the two tables, and of one body. A longer one is judged anew
/// each time.
const MOST_BYTES: usize = 1 << 20;
const MOST_BYTES_OF_ONE: usize = 4 << 10;

/// What is said of a body.
#[derive(Clone)]
pub(super) struct Verdict {
    /// The body itself.
    pub body: Arc<[u8]>,
    pub findings: usize,
    /// The answer that refuses it.
    pub refusal: Option<Bytes>,
    kind: BodyKind,
}

/// The verdicts.
#[derive(Default)]
pub(super) struct Verdicts(Mutex<Tables>);

/// Two tables, so that what is full can be forgotten without forgetting what is in use: a verdict
/// that is asked for moves from the old to the new, and when that is full, it becomes the old.
#[derive(Default)]
struct Tables {
    new: HashMap<Arc<[u8]>, Verdict>,
    old: HashMap<Arc<[u8]>, Verdict>,
    /// Of the new one.
    bytes: usize,
}

impl Verdicts {
    /// What the linter says of a body.
    pub fn of(&self, linter: &Linter, kind: BodyKind, body: &[u8]) -> Verdict {
        let keeps = body.len() <= MOST_BYTES_OF_ONE;
        if keeps && let Some(known) = self.tables().find(kind, body) {
            return known;
        }
        // Not under the lock: others need not wait.
        let verdict = Verdict::new(kind, body, &linter.lint(kind, body));
        if keeps {
            self.tables().add(verdict.clone());
        }
        verdict
    }

    fn tables(&self) -> std::sync::MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Verdict {
    fn new(kind: BodyKind, body: &[u8], report: &Report) -> Self {
        let findings = report.findings.len();
        let refusal = report.has_errors().then(|| Refusal::linted(report).text());
        Self {
            body: body.into(),
            findings,
            refusal,
            kind,
        }
    }

    fn bytes(&self) -> usize {
        self.body.len() + self.refusal.as_ref().map_or(0, Bytes::len) + size_of::<Self>()
    }
}

impl Tables {
    fn find(&mut self, kind: BodyKind, body: &[u8]) -> Option<Verdict> {
        let of_kind = |verdict: &&Verdict| verdict.kind == kind;
        if let Some(known) = self.new.get(body).filter(of_kind) {
            return Some(known.clone());
        }
        let known = self.old.get(body).filter(of_kind)?.clone();
        self.add(known.clone());
        Some(known)
    }

    fn add(&mut self, verdict: Verdict) {
        if self.bytes > MOST_BYTES {
            self.old = mem::take(&mut self.new);
            self.bytes = 0;
        }
        self.bytes += verdict.bytes();
        self.new.insert(verdict.body.clone(), verdict);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: BodyKind = BodyKind::PostActionRequest;

    #[test]
    fn the_same_body_has_the_same_verdict_and_is_kept_once() {
        let verdicts = Verdicts::default();
        let linter = Linter::new();
        for body in [&br#"{"actionType": "Job", "actionBody": {"title": "t", "assignedTo": ["+911234500001"]}}"#[..], b"{}"] {
            let first = verdicts.of(&linter, KIND, body);
            let again = verdicts.of(&linter, KIND, body);
            assert!(Arc::ptr_eq(&first.body, &again.body));
            assert_eq!((again.refusal, again.findings), (first.refusal, linter.lint(KIND, body).findings.len()));
        }
    }

    #[test]
    fn a_body_of_another_kind_is_another() {
        let verdicts = Verdicts::default();
        let linter = Linter::new();
        let answer = br#"{"actionType": "Job", "actionBody": {"isCompleted": true}}"#;
        assert!(verdicts.of(&linter, KIND, answer).refusal.is_some());
        assert!(
            verdicts
                .of(&linter, BodyKind::PostActionResponseRequest, answer)
                .refusal
                .is_none()
        );
    }

    #[test]
    fn what_is_in_use_outlives_what_is_not_and_the_whole_is_bounded() {
        let verdicts = Verdicts::default();
        let linter = Linter::new();
        let used = verdicts.of(&linter, KIND, b"{}").body;
        for number in 0..20_000 {
            verdicts.of(&linter, KIND, number.to_string().as_bytes());
            assert!(Arc::ptr_eq(&verdicts.of(&linter, KIND, b"{}").body, &used));
        }
        let tables = verdicts.tables();
        let bytes: usize = tables
            .new
            .values()
            .chain(tables.old.values())
            .map(Verdict::bytes)
            .sum();
        assert!(bytes < 3 * MOST_BYTES, "{bytes}");
        assert!(!tables.new.contains_key(&b"0"[..]) && !tables.old.contains_key(&b"0"[..]));
    }
}
