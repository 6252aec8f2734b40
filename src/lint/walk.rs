//! Walks a document along the contract: brings names and values into their canonical spelling,
//! picks the alternative that a tag names, and judges each part by its schema.

use super::{
    check::{Check, Guard},
    fast::{self, About, Trail},
    finding::Sink,
    instance::Instance,
    plan::{Declared, Plan},
    pointer::Pointer,
    rules::{
        integer_spelling, member_casing, misplaced_member, null_member, repeated_member,
        unknown_listed_type, unknown_member, unsupported_method, value_casing,
    },
    schema,
    settings::{Decision, Settings},
    survey::Survey,
};
use crate::{
    body::BodyKind,
    contract::Type,
    json::{Kind, Member, Node},
};

pub(super) struct Walk<'s, 'n> {
    pub settings: &'s Settings,
    pub sink: &'s mut Sink,
    /// The document, which fixes copy from.
    pub text: &'n [u8],
    /// The survey that the document responds to, if it is known.
    pub survey: Option<&'s Survey>,
    /// How far the fast pass got; `None` to judge the whole document.
    pub trail: Option<Trail>,
}

/// The enclosing object: what it declares, which members it has (including null), and itself.
#[derive(Clone, Copy)]
struct Outer<'o> {
    plan: &'o Plan,
    has: u64,
    object: Node<'o>,
}

/// The members of an object that count, each with the index of its declaration.
type Members<'n> = Vec<(Member<'n>, Option<usize>)>;

impl<'n> Walk<'_, 'n> {
    /// Judges a whole body.
    pub fn body(&mut self, kind: BodyKind, node: Node<'n>) {
        if let Some(plan) = Plan::of(kind) {
            self.named(plan, node, &Pointer::default());
        }
    }

    /// Judges a value by a named schema.
    pub fn named(&mut self, plan: &'static Plan, node: Node<'n>, at: &Pointer<'_>) {
        if plan.union.is_none() && self.is_claimed(plan, node, at) {
            return;
        }
        self.value(plan, node, at, None);
    }

    /// Whether a finding makes it useless to judge the rest of a value.
    fn is_claimed(&mut self, plan: &Plan, node: Node<'n>, pointer: &Pointer<'_>) -> bool {
        let schema = plan.schema;
        let place = Instance {
            node,
            pointer,
            schema,
        };
        plan.checks.iter().any(|check| match check {
            Check::PreSchema(claim) => claim(&place, self.sink),
            _ => false,
        })
    }

    /// Whether the fast pass is certain that a value is clean. It is run on each part that it has
    /// not seen yet.
    fn is_clean(&mut self, plan: &'static Plan, node: Node<'n>) -> bool {
        let Some(trail) = &mut self.trail else {
            return false;
        };
        let span = node.span();
        if span.end <= trail.clean_to {
            return true;
        }
        if span.start < trail.fails_at || !matches!(node.kind(), Kind::Array | Kind::Object) {
            return false;
        }
        let judged = node.cursor().map(|cursor| fast::part(plan, cursor));
        if let Some(Err(found)) = judged {
            *trail = found;
        }
        judged.is_some_and(|judged| judged.is_ok())
    }

    /// Judges what the fast pass was not certain of.
    pub fn doubt(&mut self, about: About, plan: &'static Plan, node: Node<'n>, at: &Pointer<'_>) {
        match about {
            About::Rules => self.rules(plan, node, at),
            About::Whole => self.value(plan, node, at, None),
            About::Tag(union) => {
                self.foreign_tag(union.declared, node, at);
                self.value(plan, node, at, None);
            }
        }
    }

    /// Lets the rules look at a value that was validated against its schema.
    fn rules(&mut self, plan: &Plan, node: Node<'_>, pointer: &Pointer<'_>) {
        let schema = plan.schema;
        let place = Instance {
            node,
            pointer,
            schema,
        };
        Check::post_schema(&plan.checks, &place, self.survey, self.sink);
    }

    fn value(
        &mut self,
        plan: &'static Plan,
        node: Node<'n>,
        at: &Pointer<'_>,
        outer: Option<Outer<'_>>,
    ) {
        if self.is_clean(plan, node) {
            return;
        }
        if let Some(union) = &plan.union {
            return self.union(union, node, at);
        }
        if !plan.choice.is_empty() {
            return match plan.chosen(node) {
                Some(chosen) => self.value(chosen, node, at, outer),
                None => schema::validate(plan, node, at, self.sink),
            };
        }
        let (mut has, schema) = (0, plan.schema);
        match node.kind() {
            Kind::Object if plan.members.is_some() => has = self.object(plan, node, at, outer),
            Kind::Array => {
                if let Some(plan) = &plan.items {
                    for (index, item) in node.items().into_iter().flatten().enumerate() {
                        self.value(plan, item, &at.item(index), None);
                    }
                }
            }
            Kind::String if !schema.values.is_empty() => {
                value_casing::canonical(&schema.values, node, at, self.sink);
            }
            Kind::String if schema.action_type.is_some() => self.action_type(plan, node, at),
            Kind::Number if schema.kind == Some(Type::Integer) => {
                integer_spelling::check(node, self.text, at, self.sink);
            }
            _ => {}
        }
        if !plan.surely_fits(node, has) && !node.is_flawed() {
            schema::validate(plan, node, at, self.sink);
        }
        self.rules(plan, node, at);
    }

    /// Judges the members of an object; returns which declared members are present.
    fn object(
        &mut self,
        plan: &'static Plan,
        node: Node<'n>,
        at: &Pointer<'_>,
        outer: Option<Outer<'_>>,
    ) -> u64 {
        let declared = plan.members.as_deref().unwrap_or_default();
        let mut guess = 0;
        let mut is_canonical = true;
        let mut members: Members<'_> = Vec::with_capacity(declared.len());
        for member in node.members() {
            let name = member.name();
            let index = plan.member(name, guess);
            if let Some(index) = index {
                guess = index + 1;
                is_canonical &= declared[index].name == name;
            }
            members.push((member, index));
        }
        // The usual case; duplicate names have been reported.
        if !is_canonical {
            self.canonical_names(declared, &mut members, at);
        }
        let with_nulls = bits(&members);
        self.nulls(plan, &mut members, at);
        self.undeclared_members(plan, node, &members, at, outer);
        let outer = Outer {
            plan,
            has: with_nulls,
            object: node,
        };
        for (member, index) in &members {
            if let Some(index) = index {
                let at = at.declared(member.written());
                self.value(&declared[*index].plan, member.value(), &at, Some(outer));
            }
        }
        bits(&members)
    }

    /// Renames members to their declared spelling; if two spellings of one occur, the last is
    /// judged further (D-11).
    fn canonical_names(
        &mut self,
        declared: &'static [Declared],
        members: &mut Members<'n>,
        at: &Pointer<'_>,
    ) {
        let mut lasts = vec![None; declared.len()];
        for (member, index) in &*members {
            if let Some(index) = index {
                lasts[*index] = Some(member.key().start);
            }
        }
        let mut seen = 0_u64;
        members.retain(|(member, index)| {
            let Some(index) = *index else { return true };
            let (member, name) = (*member, declared[index].name);
            let is_last = lasts[index] == Some(member.key().start);
            if seen >> index & 1 == 1 {
                member.repeat();
                let draft = || repeated_member::finding(member, name, at);
                self.sink.report(&repeated_member::RULE, &member, draft);
            } else if is_last && member.name() != name {
                let draft = || member_casing::finding(member, name, at);
                self.sink.report(&member_casing::RULE, &member, draft);
            }
            seen |= 1 << index;
            if is_last {
                member.spell(name);
            } else {
                member.leave_out();
            }
            is_last
        });
    }

    /// Drops optional members that are null (D-35).
    fn nulls(&mut self, plan: &Plan, members: &mut Members<'n>, at: &Pointer<'_>) {
        let declared = plan.members.as_deref().unwrap_or_default();
        members.retain(|(member, index)| {
            let may_lack = |index: usize| {
                plan.required >> index & 1 == 0 && !declared[index].plan.schema.is_any()
            };
            let is_absent = member.value().is_null() && index.is_some_and(may_lack);
            if is_absent {
                member.leave_out();
                let draft = || null_member::finding(*member, at);
                self.sink.report(&null_member::RULE, &member.value(), draft);
            }
            !is_absent
        });
    }

    /// Handles members that the schema does not declare.
    fn undeclared_members(
        &mut self,
        plan: &Plan,
        node: Node<'n>,
        members: &Members<'n>,
        at: &Pointer<'_>,
        outer: Option<Outer<'_>>,
    ) {
        let schema = plan.schema;
        for (member, index) in members {
            let (member, name) = (*member, member.name());
            if index.is_some() || schema.sandbox.iter().any(|other| other == name) {
                continue;
            }
            // A rule about this very member says more than that it is unknown.
            let is_this = |name: &str| {
                let meant = node.member_in_any_case(name);
                meant.is_some_and(|meant| meant.key() == member.key())
            };
            let is_about_it = |check: &Check| match check {
                Check::PostSchema(Guard::Undeclared(name), _) => is_this(name),
                _ => false,
            };
            let belongs = outer.and_then(|outer| Some((outer, outer.plan.member(name, 0)?)));
            if let Some((outer, index)) = belongs {
                let Outer { plan, has, object } = outer;
                let declared = plan.members.as_deref().unwrap_or_default();
                let draft = || {
                    let (name, lacks_it) = (declared[index].name, has >> index & 1 == 0);
                    if at
                        .last()
                        .is_some_and(|last| last.eq_ignore_ascii_case(name))
                    {
                        let is_beside = |(other, index): &(Member<'_>, Option<usize>)| {
                            index.is_none()
                                && other.key() != member.key()
                                && plan.member(other.name(), 0).is_some()
                        };
                        let is_whole = members.iter().any(is_beside);
                        return misplaced_member::too_deep(member, name, is_whole, at);
                    }
                    let outer = lacks_it.then_some(object);
                    misplaced_member::finding(member, name, outer, self.text, at)
                };
                self.sink.report(&misplaced_member::RULE, &member, draft);
            } else if !plan.checks.iter().any(is_about_it) {
                let draft = || unknown_member::finding(schema, member, at);
                self.sink.report(&unknown_member::RULE, &member, draft);
            }
        }
    }

    /// A plain string that holds an action type (D-21).
    fn action_type(&mut self, plan: &Plan, node: Node<'n>, at: &Pointer<'_>) {
        let (Some(name), Some(method)) = (node.as_str(), plan.schema.action_type) else {
            return;
        };
        match self.settings.decide(name, method) {
            Decision::Supported(known) => {
                value_casing::spell(known.row().body_value, node, at, self.sink);
            }
            Decision::Allowed => {}
            Decision::Unsupported(refused) => {
                let draft = || unsupported_method::finding(refused, node, at);
                self.sink.report(&unsupported_method::RULE, &node, draft);
            }
            Decision::Unknown => {
                let draft = || unknown_listed_type::finding(node, at);
                self.sink.report(&unknown_listed_type::RULE, &node, draft);
            }
        }
    }
}

fn bits(members: &Members<'_>) -> u64 {
    let declared = members.iter().filter_map(|(_, index)| *index);
    declared.fold(0, |all, index| all | 1 << index)
}
