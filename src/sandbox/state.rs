//! What the sandbox remembers: groups, their actions, the responses to these. Pure data, in the order of arrival.

use std::{collections::HashMap, sync::Arc};

use super::id::Id;
use crate::support::ActionType;

#[derive(Clone, Debug)]
#[allow(clippy::struct_field_names, reason = "the contract's names")]
pub(super) struct Action {
    pub reference_id: Id,
    /// None where the contract gives the type no details and no responses to ask for.
    pub action_id: Option<Id>,
    /// None for an instance of a package.
    pub action_type: Option<ActionType>,
    pub sender: Arc<str>,
    pub sent_at: i64,
    /// As it was posted. It is parsed when somebody asks for it; under load nobody does.
    pub body: Box<[u8]>,
    pub responses: Vec<Response>,
}

#[derive(Clone, Debug)]
pub(super) struct Response {
    pub id: Id,
    pub sender: Arc<str>,
    pub sent_at: i64,
    pub body: Box<[u8]>,
}

/// All groups.
#[derive(Default)]
pub(super) struct State {
    groups: Vec<Group>,
    by_name: HashMap<Box<str>, usize>,
    actions: Vec<Action>,
    /// The group and the number of the action with this action id.
    by_action_id: HashMap<Id, (u32, u32)>,
    responses: u64,
    /// How often something happened: the deterministic clock's second.
    changes: u64,
    last: i64,
    /// Whether a group exists that nobody has named.
    pub open: bool,
}

#[derive(Debug)]
struct Group {
    name: Box<str>,
    /// The numbers of its actions by type, in the order of arrival and so of time.
    lists: Vec<(Option<ActionType>, Vec<u32>)>,
}

impl State {
    pub fn new(open: bool) -> Self {
        Self { open, ..Self::default() }
    }

    pub fn has_group(&self, name: &str) -> bool {
        self.open || self.by_name.contains_key(name)
    }

    /// The number of a group, which is added if need be.
    pub fn group(&mut self, name: &str) -> usize {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = self.groups.len();
        self.groups.push(Group { name: name.into(), lists: Vec::new() });
        self.by_name.insert(name.into(), number);
        number
    }

    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    pub fn action_count(&self) -> u64 {
        self.actions.len() as u64
    }

    pub fn response_count(&self) -> u64 {
        self.responses
    }

    pub fn changes(&self) -> u64 {
        self.changes
    }

    pub fn set_changes(&mut self, changes: u64) {
        self.changes = changes;
    }

    /// The time of what happens now: never before that of what happened last, so that lists are in order.
    pub fn not_before_last(&self, time: i64) -> i64 {
        time.max(self.last)
    }

    pub fn add(&mut self, group: &str, action: Action) {
        let group = self.group(group);
        // More than four thousand million actions do not fit into memory.
        let number = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
        if let Some(id) = &action.action_id {
            self.by_action_id.insert(id.clone(), (u32::try_from(group).unwrap_or(u32::MAX), number));
        }
        let lists = &mut self.groups[group].lists;
        match lists.iter_mut().find(|(action_type, _)| *action_type == action.action_type) {
            Some((_, list)) => list.push(number),
            None => lists.push((action.action_type, vec![number])),
        }
        self.happened(action.sent_at);
        self.responses += action.responses.len() as u64;
        self.changes += action.responses.len() as u64;
        self.actions.push(action);
    }

    /// Adds a response, or puts it in the place of the one with its id.
    pub fn respond(&mut self, action_number: u32, response: Response) {
        self.happened(response.sent_at);
        let Some(action) = self.actions.get_mut(action_number as usize) else { return };
        if let Some(earlier) = action.responses.iter_mut().find(|earlier| earlier.id == response.id) {
            *earlier = response;
        } else {
            action.responses.push(response);
            self.responses += 1;
        }
    }

    fn happened(&mut self, time: i64) {
        self.changes += 1;
        self.last = self.last.max(time);
    }

    /// The action of a group with this id, and its number.
    pub fn find(&self, group: &str, id: &Id) -> Option<(u32, &Action)> {
        let (of, number) = self.by_action_id.get(id)?;
        let is_here = self.by_name.get(group).is_some_and(|group| *group == *of as usize);
        Some((*number, self.actions.get(*number as usize).filter(|_| is_here)?))
    }

    /// Up to `most` actions of one type, from a time on, and whether there are more.
    pub fn list(&self, group: &str, action_type: ActionType, from: i64, most: usize) -> (impl Iterator<Item = &Action>, bool) {
        let lists = self.by_name.get(group).map_or(&[][..], |group| &self.groups[*group].lists);
        let list = lists.iter().find(|(listed, _)| *listed == Some(action_type)).map_or(&[][..], |(_, list)| list);
        let list = &list[list.partition_point(|number| self.actions[*number as usize].sent_at < from)..];
        let page = &list[..most.min(list.len())];
        (page.iter().map(|number| &self.actions[*number as usize]), page.len() < list.len())
    }

    /// Every group by name, with all its actions in the order of arrival.
    pub fn groups(&self) -> impl Iterator<Item = (&str, Vec<&Action>)> {
        self.groups.iter().map(|group| {
            let mut numbers = group.numbers();
            numbers.sort_unstable();
            (&*group.name, numbers.into_iter().map(|number| &self.actions[number as usize]).collect())
        })
    }

    /// All actions in the order of arrival, each with the name of its group.
    pub fn in_order(&self) -> Vec<(&str, &Action)> {
        let mut numbers: Vec<_> =
            self.groups.iter().flat_map(|group| group.numbers().into_iter().map(|number| (number, &*group.name))).collect();
        numbers.sort_unstable();
        numbers.into_iter().map(|(number, group)| (group, &self.actions[number as usize])).collect()
    }
}

impl Group {
    fn numbers(&self) -> Vec<u32> {
        self.lists.iter().flat_map(|(_, list)| list).copied().collect()
    }
}
