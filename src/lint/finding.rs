//! Findings, while they are collected.

use serde::Serialize;

use super::{
    instance::Instance,
    pointer::Pointer,
    remedy::Remedy,
    rule::{Rule, Severity},
    rules::{conflicting_selectors, missing_member, unknown_member, wrong_type},
    text::excerpt,
};
use crate::json::{Member, Node, Span};

/// Changes of the text that settle a finding without changing what the document means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// What the changes do.
    pub description: String,
    /// The changes, by ascending offset and without overlap.
    pub edits: Vec<Edit>,
}

/// One change of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Edit {
    /// Bytes before the text to replace.
    pub offset: usize,
    /// Bytes to replace; zero for an insertion.
    pub length: usize,
    /// The new text; empty for a removal.
    pub replacement: String,
}

impl Fix {
    pub(super) fn new(
        description: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        Self {
            description: description.into(),
            edits: edits.into_iter().collect(),
        }
    }

    /// With one change alone.
    pub(super) fn replace(
        description: impl Into<String>,
        span: &Span,
        replacement: impl Into<String>,
    ) -> Self {
        Self::new(description, [Edit::replace(span, replacement)])
    }
}

impl Edit {
    pub(super) fn replace(span: &Span, replacement: impl Into<String>) -> Self {
        Self {
            offset: span.start,
            length: span.len(),
            replacement: replacement.into(),
        }
    }
}

/// A finding that has no line and no severity yet: those belong to the document and to the
/// settings.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub rule: &'static Rule,
    pub pointer: String,
    pub span: Span,
    pub message: String,
    pub expected: Option<String>,
    pub found: Option<String>,
    pub help: Option<String>,
    pub remedy: Option<Remedy>,
    pub fix: Option<Fix>,
}

/// Each rule makes its findings with these.
impl Rule {
    pub(super) fn draft(
        &'static self,
        pointer: Pointer<'_>,
        span: Span,
        message: impl Into<String>,
    ) -> Draft {
        Draft {
            rule: self,
            pointer: pointer.into_string(),
            span,
            message: message.into(),
            expected: None,
            found: None,
            help: None,
            remedy: None,
            fix: None,
        }
    }

    /// A finding about the text as a whole.
    pub(super) fn in_text(&'static self, span: Span, message: impl Into<String>) -> Draft {
        self.draft(Pointer::default(), span, message)
    }

    /// A finding about a value as a whole.
    pub(super) fn at(&'static self, place: &Instance<'_>, message: impl Into<String>) -> Draft {
        self.draft(place.pointer.clone(), place.node.anchor(), message)
    }

    /// A finding about a value, which is what was found.
    pub(super) fn on_value(
        &'static self,
        node: Node<'_>,
        at: &Pointer<'_>,
        message: impl Into<String>,
    ) -> Draft {
        self.draft(at.clone(), node.anchor(), message)
            .found(excerpt(node))
    }

    /// A finding about the key of a member of `object`.
    pub(super) fn on_key(
        &'static self,
        member: Member<'_>,
        object: &Pointer<'_>,
        message: impl Into<String>,
    ) -> Draft {
        self.draft(object.member(member.written()), member.key(), message)
    }
}

impl Draft {
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    pub fn found(mut self, text: impl Into<String>) -> Self {
        self.found = Some(text.into());
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(remedy);
        self
    }

    pub fn fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }
}

/// Which findings are to be put into words.
#[derive(Debug)]
pub(super) enum Wanted {
    /// So many at most, whichever come first.
    Most(usize),
    /// Those about these places, by these rules; in order.
    Only(Vec<(Place, &'static str)>),
}

/// The slot of a value, twice; one more for what is about it and not about its key.
type Place = u32;

/// That a rule found something: what is kept of every finding.
#[derive(Clone, Copy, Debug)]
struct Fact {
    rule: &'static Rule,
    place: Place,
    /// Which draft it has, from 1; [`EXPLAINED`] for a mere consequence of another.
    draft: u32,
}

const EXPLAINED: u32 = u32::MAX;

/// What came of judging a text.
pub(super) struct Outcome {
    pub listed: Vec<(Severity, Draft)>,
    pub unlisted: Vec<Unlisted>,
    /// What is still wanted, where some of what is to be listed was not put into words.
    pub again: Option<Wanted>,
}

/// Findings that were counted and are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unlisted {
    /// The rule that found them.
    pub rule: &'static Rule,
    /// How much each weighs.
    pub severity: Severity,
    /// How many there are.
    pub count: usize,
}

/// Where findings are collected.
///
/// Each is a small fact, and its words are made only if they are wanted. A value or a key that has a
/// flaw has no other finding: what it was meant to be cannot be known.
#[derive(Debug)]
pub(super) struct Sink {
    wanted: Wanted,
    facts: Vec<Fact>,
    drafts: Vec<Draft>,
}

impl Sink {
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            facts: Vec::new(),
            drafts: Vec::new(),
        }
    }

    /// Adds a finding about a value.
    pub fn on_value(&mut self, rule: &'static Rule, node: Node<'_>, draft: impl FnOnce() -> Draft) {
        if !node.is_flawed() {
            self.add(rule, place_of_value(node), draft);
        }
    }

    /// Adds a finding about the key of a member.
    pub fn on_key(&mut self, rule: &'static Rule, key: Member<'_>, draft: impl FnOnce() -> Draft) {
        if !key.is_flawed() {
            self.add(rule, place_of_key(key), draft);
        }
    }

    /// Adds a flaw of a value.
    pub fn flawed_value(
        &mut self,
        rule: &'static Rule,
        node: Node<'_>,
        draft: impl FnOnce() -> Draft,
    ) {
        self.add(rule, place_of_value(node), draft);
    }

    /// Adds a flaw of a key.
    pub fn flawed_key(
        &mut self,
        rule: &'static Rule,
        key: Member<'_>,
        draft: impl FnOnce() -> Draft,
    ) {
        self.add(rule, place_of_key(key), draft);
    }

    /// Adds a finding about something else than a part of a document. It has its own place.
    pub fn push(&mut self, draft: Draft) {
        let place = Place::MAX as usize - 2 * self.facts.len();
        self.add(draft.rule, place, || draft);
    }

    fn add(&mut self, rule: &'static Rule, place: usize, draft: impl FnOnce() -> Draft) {
        let place = Place::try_from(place).unwrap_or(Place::MAX);
        let wants = match &self.wanted {
            Wanted::Most(most) => self.drafts.len() < *most,
            Wanted::Only(chosen) => chosen.binary_search(&(place, rule.id)).is_ok(),
        };
        if wants {
            self.drafts.push(draft());
        }
        let draft = if wants { self.drafts.len() } else { 0 };
        self.facts.push(Fact {
            rule,
            place,
            draft: u32::try_from(draft).unwrap_or_default(),
        });
    }

    /// Leaves out what is a mere consequence of something else, and sorts by place.
    fn settle(&mut self) {
        self.facts.sort_by_key(|fact| fact.place);
        let about_one_value = |a: &Fact, b: &Fact| a.place / 2 == b.place / 2;
        for facts in self.facts.chunk_by_mut(about_one_value) {
            for index in 0..facts.len() {
                let rule = facts[index].rule;
                if facts.len() > 1 && facts.iter().any(|cause| explains(cause.rule, rule)) {
                    facts[index].draft = EXPLAINED;
                }
            }
        }
        self.facts.retain(|fact| fact.draft != EXPLAINED);
    }

    /// What was found, in the order of the document: errors before warnings before notes where not
    /// all can be listed.
    pub fn outcome(
        mut self,
        most: usize,
        severity: impl Fn(&'static Rule) -> Option<Severity>,
    ) -> Outcome {
        self.settle();
        let weighed = || {
            let facts = self.facts.iter();
            facts.filter_map(|fact| Some((severity(fact.rule)?, fact)))
        };
        let mut places = [0; 3];
        for (severity, _) in weighed() {
            places[severity as usize] += 1;
        }
        let mut free = most;
        for places in places.iter_mut().rev() {
            *places = free.min(*places);
            free -= *places;
        }
        let (mut listed, mut unlisted) = (Vec::new(), Vec::<Unlisted>::new());
        for (severity, fact) in weighed() {
            if let Some(left) = places[severity as usize].checked_sub(1) {
                places[severity as usize] = left;
                listed.push((severity, *fact));
                continue;
            }
            let same = |other: &&mut Unlisted| other.rule == fact.rule;
            match unlisted.iter_mut().find(same) {
                Some(same) => same.count += 1,
                None => unlisted.push(Unlisted {
                    rule: fact.rule,
                    severity,
                    count: 1,
                }),
            }
        }
        let is_worded = |(_, fact): &(Severity, Fact)| fact.draft > 0;
        let again = (!listed.iter().all(is_worded)).then(|| {
            let mut chosen: Vec<_> = listed
                .iter()
                .map(|(_, it)| (it.place, it.rule.id))
                .collect();
            chosen.sort_unstable();
            Wanted::Only(chosen)
        });
        let mut drafts: Vec<_> = self.drafts.into_iter().map(Some).collect();
        let drafted = |(severity, fact): (Severity, Fact)| {
            let index = (fact.draft as usize).checked_sub(1)?;
            Some((severity, drafts.get_mut(index)?.take()?))
        };
        let mut listed: Vec<_> = listed.into_iter().filter_map(drafted).collect();
        listed.sort_by(|(_, a), (_, b)| {
            let key = |draft: &Draft| (draft.span.start, draft.rule.id);
            key(a).cmp(&key(b)).then_with(|| a.pointer.cmp(&b.pointer))
        });
        Outcome {
            listed,
            unlisted,
            again,
        }
    }
}

/// Whether a finding of one rule makes that of another about the same value a mere consequence.
fn explains(cause: &Rule, rule: &Rule) -> bool {
    if rule == &unknown_member::RULE {
        // A rule that is about this very member says more than that it is unknown.
        cause.id.starts_with("KZ4")
            || cause.id.starts_with("KZ5")
            || cause == &conflicting_selectors::RULE
    } else {
        let about_schema = rule.id.starts_with("KZ3") && rule != &missing_member::RULE;
        about_schema && cause == &wrong_type::RULE && cause != rule
    }
}

fn place_of_value(node: Node<'_>) -> usize {
    node.index() * 2 + 1
}

fn place_of_key(key: Member<'_>) -> usize {
    key.value().index() * 2
}
