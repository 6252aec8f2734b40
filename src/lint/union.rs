//! Picks the alternative of a union by its tag, never by trial, so that a finding about a job
//! refers to the schema of a job.

use super::{
    plan::{self, Plan},
    pointer::Pointer,
    rules::{
        conflicting_selectors, member_casing, misplaced_member, missing_selector, null_member,
        repeated_member, unknown_action_type, unknown_listed_type, unsupported_method,
        unsupported_response, value_casing,
    },
    settings::Decision,
    walk::Walk,
};
use crate::json::{Member, Node};
use crate::{
    contract::{Bare, Union},
    support::ActionType,
};

impl<'n> Walk<'_, 'n> {
    /// Judges a value by the alternative that its tag names.
    pub fn union(&mut self, union: &'static plan::Union, node: Node<'n>, at: &Pointer<'_>) {
        let Union { tag, bare, .. } = union.declared;
        if let Some(bare) = bare {
            self.selectors(union.declared, bare, node, at);
        }
        let has = |name: &str| node.member_in_any_case(name).is_some();
        let plan = match bare {
            Some(bare) if !has(tag) && has(&bare.selector) => union.bare(),
            _ => self.tagged(union, node, at),
        };
        if let Some(plan) = plan {
            self.trail = self.trail.map(|trail| trail.within(&node.span(), plan));
            self.named(plan, node, at);
        }
    }

    /// Keeps at most one of the tag and the member that can replace it.
    fn selectors(&mut self, union: &Union, bare: &'static Bare, node: Node<'n>, at: &Pointer<'_>) {
        if !node.is_object() {
            return;
        }
        let (tag, selector) = (&*union.tag, &*bare.selector);
        let spellings = |name: &str| -> Vec<Member<'n>> {
            node.members()
                .filter(|member| member.is_called(name))
                .collect()
        };
        let (mut tags, mut selectors) = (spellings(tag), spellings(selector));
        // If nothing selects an alternative, that is the only finding: null members are not
        // reported as well.
        let selects = tags
            .iter()
            .chain(&selectors)
            .any(|it| !it.value().is_null());
        for members in [&mut tags, &mut selectors] {
            // If a member occurs in two spellings, the last counts, null or not; that is reported
            // later.
            let [only] = members[..] else { continue };
            if only.value().is_null() {
                if selects {
                    let draft = || null_member::finding(only, at);
                    self.sink.report(&null_member::RULE, &only.value(), draft);
                }
                only.leave_out();
                members.clear();
            }
        }
        match (&tags[..], &selectors[..]) {
            ([], []) => {
                self.too_deep(node, &[tag, selector], at);
                let draft = || missing_selector::finding(union, bare, node, at);
                self.sink.report(&missing_selector::RULE, &node, draft);
            }
            ([_, ..], [other, repeated @ ..]) => {
                let draft = || conflicting_selectors::finding(*other, selector, tag, at);
                self.sink.report(&conflicting_selectors::RULE, other, draft);
                for member in repeated {
                    let draft = || repeated_member::finding(*member, selector, at);
                    self.sink.report(&repeated_member::RULE, member, draft);
                }
                if repeated.is_empty() && other.name() != selector {
                    let draft = || member_casing::finding(*other, selector, at);
                    self.sink.report(&member_casing::RULE, other, draft);
                }
                // The tag says more about the rest than a package does.
                selectors.into_iter().for_each(Member::leave_out);
            }
            _ => {}
        }
    }

    /// Reports a member that contains the whole object that was meant: one with a member of the
    /// same name, and a selector.
    fn too_deep(&mut self, node: Node<'n>, selectors: &[&str], at: &Pointer<'_>) {
        let inner = node.members().find_map(|outer| {
            let inside = outer.value().member_in_any_case(outer.name())?;
            let has = |name: &&str| outer.value().member_in_any_case(name).is_some();
            (inside.value().is_object() && selectors.iter().any(has)).then_some((outer, inside))
        });
        if let Some((outer, inside)) = inner {
            let at = at.member(outer.written());
            let draft = || misplaced_member::too_deep(inside, outer.name(), true, &at);
            self.sink.report(&misplaced_member::RULE, &inside, draft);
        }
    }

    /// The plan that the tag names; if it names none, the plan of what all alternatives share.
    fn tagged(
        &mut self,
        plans: &'static plan::Union,
        node: Node<'n>,
        at: &Pointer<'_>,
    ) -> Option<&'static Plan> {
        let union = plans.declared;
        let tag = node.member_in_any_case(&union.tag);
        let Some((tag, name)) = tag.and_then(|tag| Some((tag, tag.value().as_str()?))) else {
            return plans.envelope();
        };
        let (value, pointer) = (tag.value(), at.declared(tag.written()));
        let mut alternatives = union.alternatives.keys();
        if let Some(index) = alternatives.position(|it| it.eq_ignore_ascii_case(name)) {
            let (known, plan) = plans.alternative(index)?;
            value_casing::spell(known, value, &pointer, self.sink);
            return Some(plan);
        }
        self.foreign_tag(union, value, &pointer);
        plans.envelope()
    }

    /// Judges a tag that names no alternative.
    pub fn foreign_tag(&mut self, union: &'static Union, value: Node<'n>, pointer: &Pointer<'_>) {
        let Some(name) = value.as_str() else { return };
        let decision = union
            .column
            .map(|method| self.settings.decide(name, method));
        match (decision, ActionType::by_name(name)) {
            (Some(Decision::Supported(_) | Decision::Allowed), _) => {}
            (Some(Decision::Unsupported(refused)), _) => {
                let draft = || unsupported_method::finding(refused, value, pointer);
                self.sink.report(&unsupported_method::RULE, &value, draft);
            }
            (None, Some(known)) => {
                let draft = || unsupported_response::finding(known, union, value, pointer);
                self.sink.report(&unsupported_response::RULE, &value, draft);
            }
            _ if union.open => {
                let draft = || unknown_listed_type::finding(value, pointer);
                self.sink.report(&unknown_listed_type::RULE, &value, draft);
            }
            _ => {
                let draft = || unknown_action_type::finding(union, union.column, value, pointer);
                self.sink.report(&unknown_action_type::RULE, &value, draft);
            }
        }
    }
}
