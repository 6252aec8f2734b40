//! Picks the alternative of a union by its tag, never by trial: what is wrong with a job is told as
//! of a job.

use super::{
    pointer::Pointer,
    rules::{
        conflicting_selectors, member_casing, missing_selector, null_member, repeated_member,
        unknown_action_type, unknown_listed_type, unsupported_method, unsupported_response,
        value_casing,
    },
    settings::Decision,
    walk::Walk,
};
use crate::json::{Data, Member, Node};
use crate::{
    contract::{Bare, Union},
    support::ActionType,
};

impl Walk<'_> {
    /// Judges a value by the alternative that it claims to be.
    pub fn union(&mut self, union: &Union, node: &mut Node, at: &Pointer<'_>) {
        if let Some(bare) = &union.bare {
            self.selectors(union, bare, node, at);
        }
        let has = |node: &Node, name: &str| node.member_in_any_case(name).is_some();
        let schema = match &union.bare {
            Some(bare) if !has(node, &union.tag) && has(node, &bare.selector) => &bare.schema,
            _ => self.tagged(union, node, at),
        };
        self.named(schema, node, at);
    }

    /// Leaves at most one of the tag and the member that can stand for it.
    fn selectors(&mut self, union: &Union, bare: &Bare, node: &mut Node, at: &Pointer<'_>) {
        let anchor = node.anchor();
        let Data::Object(members) = &mut node.data else {
            return;
        };
        let is_selector = |name: &str| {
            name.eq_ignore_ascii_case(&union.tag) || name.eq_ignore_ascii_case(&bare.selector)
        };
        // Of two spellings of one, the last counts, null or not; that is found out later.
        let is_only = |member: &Member| {
            members
                .iter()
                .filter(|other| other.name.eq_ignore_ascii_case(&member.name))
                .count()
                == 1
        };
        let is_absent = |member: &Member| {
            is_selector(&member.name) && member.value.is_null() && is_only(member)
        };
        let absent: Vec<bool> = members.iter().map(is_absent).collect();
        // Where nothing selects, that says it all: what is null need not be told too.
        if members
            .iter()
            .any(|member| is_selector(&member.name) && !member.value.is_null())
        {
            for index in (0..members.len()).filter(|index| absent[*index]) {
                self.sink.push(null_member::finding(&members[index], at));
            }
        }
        let mut absent = absent.into_iter();
        members.retain(|_| !absent.next().unwrap_or(false));
        let spellings = |name: &str| {
            members
                .iter()
                .filter(|member| member.name.eq_ignore_ascii_case(name))
                .collect::<Vec<_>>()
        };
        match (&spellings(&union.tag)[..], &spellings(&bare.selector)[..]) {
            ([], []) => self
                .sink
                .push(missing_selector::finding(union, bare, anchor, at)),
            ([_, ..], [other, repeated @ ..]) => {
                let (tag, selector) = (&union.tag, &bare.selector);
                self.sink
                    .push(conflicting_selectors::finding(other, selector, tag, at));
                for member in repeated {
                    self.sink
                        .push(repeated_member::finding(member, selector, at));
                }
                if repeated.is_empty() && other.name != *selector {
                    self.sink.push(member_casing::finding(other, selector, at));
                }
                // The tag says more about the rest than a package does.
                members.retain(|member| !member.name.eq_ignore_ascii_case(&bare.selector));
            }
            _ => {}
        }
    }

    /// The schema that the tag names, or what all alternatives share when it names none.
    fn tagged<'u>(&mut self, union: &'u Union, node: &mut Node, at: &Pointer<'_>) -> &'u str {
        let Data::Object(members) = &mut node.data else {
            return &union.envelope;
        };
        let Some(tag) = members
            .iter_mut()
            .rfind(|member| member.name.eq_ignore_ascii_case(&union.tag))
        else {
            return &union.envelope;
        };
        let pointer = at.member(&tag.written);
        let Some(name) = tag.value.as_str() else {
            return &union.envelope;
        };
        if let Some((value, schema)) = union
            .alternatives
            .iter()
            .find(|(value, _)| value.eq_ignore_ascii_case(name))
        {
            value_casing::spell(value, &mut tag.value, &pointer, self.sink);
            return schema;
        }
        let decision = union
            .column
            .map(|method| self.settings.decide(name, method));
        self.sink.push(match (decision, ActionType::by_name(name)) {
            (Some(Decision::Supported(_) | Decision::Allowed), _) => return &union.envelope,
            (Some(Decision::Unsupported(refused)), _) => {
                unsupported_method::finding(refused, &tag.value, &pointer)
            }
            (None, Some(known)) => {
                unsupported_response::finding(known, union, &tag.value, &pointer)
            }
            _ if union.open => unknown_listed_type::finding(&tag.value, &pointer),
            _ => unknown_action_type::finding(union, union.column, &tag.value, &pointer),
        });
        &union.envelope
    }
}
