//! Collects findings.

use std::{borrow::Cow, cmp::Reverse, sync::Arc};

use super::{
    edit::Fix,
    instance::Instance,
    pointer::Pointer,
    remedy::Remedy,
    reported::ReportedRules,
    rule::{Rule, Severity},
    text::excerpt,
};
use crate::json::{Member, Node, Span};

/// What a rule says. Most of it is the same for all its findings, and needs no memory.
pub(super) type Text = Cow<'static, str>;

/// A finding that has no line and no severity yet: those depend on the document and the settings.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub rule: &'static Rule,
    pub pointer: String,
    pub span: Span,
    pub message: Text,
    pub expected: Option<Text>,
    pub found: Option<String>,
    pub help: Option<Text>,
    pub remedy: Option<Remedy>,
    pub fix: Option<Fix>,
    /// Whether it may quote the text, in which there may be secrets.
    pub quotes: bool,
    /// Whether the names on the way to the value, or to the object of the key, are those of the
    /// contract.
    pub is_declared: bool,
}

/// The rules build their findings with these methods.
impl Rule {
    pub(super) fn draft(
        &'static self,
        pointer: Pointer<'_>,
        span: Span,
        message: impl Into<Text>,
    ) -> Draft {
        let is_declared = pointer.is_declared();
        Draft {
            rule: self,
            quotes: true,
            is_declared,
            pointer: pointer.into(),
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
    pub(super) fn in_text(&'static self, span: Span, message: impl Into<Text>) -> Draft {
        self.draft(Pointer::default(), span, message)
    }

    /// A finding about a value as a whole.
    pub(super) fn at(&'static self, place: &Instance<'_>, message: impl Into<Text>) -> Draft {
        self.draft(place.pointer.clone(), place.node.anchor(), message)
    }

    /// A finding about a value, which is shown as found.
    pub(super) fn on_value(
        &'static self,
        node: Node<'_>,
        at: &Pointer<'_>,
        message: impl Into<Text>,
    ) -> Draft {
        self.draft(at.clone(), node.anchor(), message)
            .found(excerpt(node))
    }

    /// A finding about the key of a member of `object`.
    pub(super) fn on_key(
        &'static self,
        member: Member<'_>,
        object: &Pointer<'_>,
        message: impl Into<Text>,
    ) -> Draft {
        let draft = self.draft(object.member(member.written()), member.key(), message);
        Draft {
            is_declared: object.is_declared(),
            ..draft
        }
    }
}

impl Draft {
    pub fn expected(mut self, text: impl Into<Text>) -> Self {
        // An expectation is only shown if there is one.
        self.expected = Some(text.into()).filter(|text: &Text| !text.is_empty());
        self
    }

    pub fn found(mut self, text: impl Into<String>) -> Self {
        self.found = Some(text.into());
        self
    }

    pub fn help(mut self, text: impl Into<Text>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Notes that it quotes no more of the text than names and values of the contract, in any case,
    /// and numbers of few digits. Then there is nothing to mask in
    /// it, and the text need not be searched for secrets.
    pub fn of_contract(mut self) -> Self {
        self.quotes = !self.is_declared;
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

/// Findings that were counted but not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unlisted {
    /// The rule that found them.
    pub rule: &'static Rule,
    /// The severity of each.
    pub severity: Severity,
    /// How many there are.
    pub count: usize,
}

/// A part of a document that a finding can be about: a value or a key.
pub(super) trait Subject {
    /// Whether its meaning cannot be known. Then there is no other finding about it.
    fn is_flawed(&self) -> bool;
}

impl Subject for Node<'_> {
    fn is_flawed(&self) -> bool {
        Node::is_flawed(*self)
    }
}

impl Subject for Member<'_> {
    fn is_flawed(&self) -> bool {
        Member::is_flawed(*self)
    }
}

/// Collects findings. All are counted; a limited number of each rule is listed.
#[derive(Debug)]
pub(super) struct Sink {
    most: usize,
    counts: Vec<(&'static Rule, usize)>,
    drafts: Vec<Draft>,
    leaves_fixes: bool,
    /// Where no finding is reported, in ascending order.
    silent: Vec<Span>,
    /// The rules whose findings are not listed.
    reported: Option<Arc<ReportedRules>>,
}

impl Sink {
    pub fn new(most: usize) -> Self {
        Self {
            most,
            counts: Vec::new(),
            drafts: Vec::new(),
            leaves_fixes: false,
            silent: Vec::new(),
            reported: None,
        }
    }

    /// Lists no findings of these rules.
    pub fn without(self, reported: Arc<ReportedRules>) -> Self {
        Self {
            reported: Some(reported),
            ..self
        }
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether there are more findings than it lists, if it lists any.
    pub fn leaves_out(&self) -> bool {
        let counts = self.counts.iter().map(|(_, count)| count);
        self.most > 0 && counts.sum::<usize>() > self.most
    }

    /// From here on, no finding has a fix.
    pub fn leave_fixes(&mut self) {
        self.leaves_fixes = true;
    }

    /// From now on, ignores findings that touch one of these places, which are in ascending order.
    pub fn silence(&mut self, places: Vec<Span>) {
        self.silent = places;
    }

    fn is_silent(&self, place: &Span) -> bool {
        let after = self.silent.partition_point(|gap| gap.end < place.start);
        self.silent
            .get(after)
            .is_some_and(|gap| gap.start <= place.end)
    }

    /// Adds a finding about a part of the document.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        subject: &impl Subject,
        draft: impl FnOnce() -> Draft,
    ) {
        if !subject.is_flawed() {
            self.add(rule, draft);
        }
    }

    /// Adds a finding about the text as a whole.
    pub fn push(&mut self, draft: Draft) {
        self.add(draft.rule, || draft);
    }

    /// Adds a finding of any kind.
    pub fn add(&mut self, rule: &'static Rule, draft: impl FnOnce() -> Draft) {
        if self.silent.is_empty() {
            return self.count(rule, draft);
        }
        let draft = draft();
        if !self.is_silent(&draft.span) {
            self.count(rule, || draft);
        }
    }

    fn count(&mut self, rule: &'static Rule, draft: impl FnOnce() -> Draft) {
        let known = self.counts.iter().position(|(other, _)| *other == rule);
        let index = known.unwrap_or_else(|| {
            self.counts.push((rule, 0));
            self.counts.len() - 1
        });
        self.counts[index].1 += 1;
        let reported = self.reported.as_ref();
        if self.counts[index].1 <= self.most && !reported.is_some_and(|them| them.has(rule)) {
            let mut draft = draft();
            draft.fix = draft.fix.filter(|_| !self.leaves_fixes);
            self.drafts.push(draft);
        }
    }

    /// The listed findings, errors before warnings before notes if there are too many, and the
    /// counts of the others; `severity` is `None` for an ignored rule.
    pub fn finish(
        self,
        severity: impl Fn(&'static Rule) -> Option<Severity>,
    ) -> (Vec<(Severity, Draft)>, Vec<Unlisted>) {
        let drafts = self.drafts.into_iter();
        let mut listed: Vec<_> = drafts
            .filter_map(|draft| Some((severity(draft.rule)?, draft)))
            .collect();
        let in_order = |(_, a): &(Severity, Draft), (_, b): &(Severity, Draft)| {
            let key = |draft: &Draft| (draft.span.start, draft.rule.id);
            key(a).cmp(&key(b)).then_with(|| a.pointer.cmp(&b.pointer))
        };
        listed.sort_by(in_order);
        if listed.len() > self.most {
            listed.sort_by_key(|(severity, _)| Reverse(*severity));
            listed.truncate(self.most);
            listed.sort_by(in_order);
        }
        let unlisted = self.counts.into_iter().filter_map(|(rule, count)| {
            let listed = listed.iter().filter(|(_, draft)| draft.rule == rule);
            let count = count - listed.count();
            let severity = severity(rule).filter(|_| count > 0)?;
            Some(Unlisted {
                rule,
                severity,
                count,
            })
        });
        let unlisted = unlisted.collect();
        (listed, unlisted)
    }
}
