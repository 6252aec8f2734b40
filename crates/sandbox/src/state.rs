//! What the sandbox remembers: groups, their actions, the responses to these. Pure data, in the
//! order of arrival.
//!
//! A load makes hundreds of thousands of actions, so an action is kept in 48 bytes and its body,
//! which actions that were posted with the same share. What an id that was made tells by itself is
//! not kept.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use kaizala_actions::support::ActionType;

use super::id::{Id, Ids, Of};

#[derive(Clone, Debug)]
#[allow(clippy::struct_field_names, reason = "the contract's names")]
pub(super) struct Action<'s> {
    pub reference_id: Id,
    /// None where the contract gives the type no details and no responses to ask for.
    pub action_id: Option<Id>,
    /// None for an instance of a package.
    pub action_type: Option<ActionType>,
    pub sender: Arc<str>,
    pub sent_at: i64,
    /// As it was posted. It is parsed when somebody asks for it; under load nobody does.
    pub body: Arc<[u8]>,
    pub responses: Cow<'s, [Response]>,
}

impl Action<'_> {
    pub fn into_owned(self) -> Action<'static> {
        Action {
            responses: self.responses.into_owned().into(),
            ..self
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Response {
    pub id: Id,
    pub sender: Arc<str>,
    pub sent_at: i64,
    pub body: Arc<[u8]>,
}

/// All groups.
pub(super) struct State {
    groups: Vec<Group>,
    by_name: HashMap<Box<str>, usize>,
    actions: Vec<Kept>,
    ids: Ids,
    /// The number of the action with this action id, where the id does not tell it.
    by_action_id: HashMap<Id, u32>,
    senders: Vec<Arc<str>>,
    responses: u64,
    /// How often something happened: the deterministic clock's second.
    changes: u64,
    last: i64,
    /// Whether a group exists that nobody has named.
    pub open: bool,
}

/// An action, as it is kept. Its number is its place.
struct Kept {
    body: Arc<[u8]>,
    sent_at: i64,
    /// What few actions have.
    rest: Option<Box<Rest>>,
    group: u32,
    sender: u32,
    action_type: Option<ActionType>,
    has_action_id: bool,
}

#[derive(Default)]
struct Rest {
    /// Ids that are not those made of the action's number.
    reference_id: Option<Id>,
    action_id: Option<Id>,
    responses: Vec<Response>,
}

#[derive(Debug)]
struct Group {
    name: Box<str>,
    /// The numbers of its actions by type, in the order of arrival and so of time.
    lists: Vec<(Option<ActionType>, Vec<u32>)>,
}

impl State {
    /// A state without any group, whose actions mostly have ids made by these.
    pub fn new(open: bool, ids: Ids) -> Self {
        Self {
            groups: Vec::new(),
            by_name: HashMap::new(),
            actions: Vec::new(),
            ids,
            by_action_id: HashMap::new(),
            senders: Vec::new(),
            responses: 0,
            changes: 0,
            last: 0,
            open,
        }
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
        self.groups.push(Group {
            name: name.into(),
            lists: Vec::new(),
        });
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

    /// The time of what happens now: never before that of what happened last, so that lists are in
    /// order.
    pub fn not_before_last(&self, time: i64) -> i64 {
        time.max(self.last)
    }

    pub fn add(&mut self, group: &str, action: Action<'_>) {
        let group = self.group(group);
        let number = number(self.actions.len());
        let unless_made = |id: Id, of| (self.ids.make(of, number.into()) != id).then_some(id);
        let has_action_id = action.action_id.is_some();
        let rest = Rest {
            reference_id: unless_made(action.reference_id, Of::Reference),
            action_id: action.action_id.and_then(|id| unless_made(id, Of::Action)),
            responses: action.responses.into_owned(),
        };
        if let Some(id) = &rest.action_id {
            self.by_action_id.insert(id.clone(), number);
        }
        let lists = &mut self.groups[group].lists;
        match lists
            .iter_mut()
            .find(|(action_type, _)| *action_type == action.action_type)
        {
            Some((_, list)) => list.push(number),
            None => lists.push((action.action_type, vec![number])),
        }
        self.happened(action.sent_at);
        self.responses += rest.responses.len() as u64;
        self.changes += rest.responses.len() as u64;
        let is_plain =
            rest.reference_id.is_none() && rest.action_id.is_none() && rest.responses.is_empty();
        let sender = self.sender(action.sender);
        self.actions.push(Kept {
            body: action.body,
            sent_at: action.sent_at,
            rest: (!is_plain).then(|| Box::new(rest)),
            group: self::number(group),
            sender,
            action_type: action.action_type,
            has_action_id,
        });
    }

    /// The number of a sender. There are as many as there are tokens, which is few, and the last is
    /// mostly the next.
    fn sender(&mut self, sender: Arc<str>) -> u32 {
        let known = self.senders.iter().rposition(|known| *known == sender);
        number(known.unwrap_or_else(|| {
            self.senders.push(sender);
            self.senders.len() - 1
        }))
    }

    /// An action by its number.
    fn action(&self, number: u32) -> Option<Action<'_>> {
        let kept = self.actions.get(number as usize)?;
        let rest = kept.rest.as_deref();
        let id = |other: Option<&Id>, of| {
            other
                .cloned()
                .unwrap_or_else(|| self.ids.make(of, number.into()))
        };
        Some(Action {
            reference_id: id(
                rest.and_then(|rest| rest.reference_id.as_ref()),
                Of::Reference,
            ),
            action_id: kept
                .has_action_id
                .then(|| id(rest.and_then(|rest| rest.action_id.as_ref()), Of::Action)),
            action_type: kept.action_type,
            sender: self.senders[kept.sender as usize].clone(),
            sent_at: kept.sent_at,
            body: kept.body.clone(),
            responses: rest.map_or(&[][..], |rest| &rest.responses).into(),
        })
    }

    /// Adds a response, or puts it in the place of the one with its id.
    pub fn respond(&mut self, action_number: u32, response: Response) {
        self.happened(response.sent_at);
        let Some(action) = self.actions.get_mut(action_number as usize) else {
            return;
        };
        let responses = &mut action.rest.get_or_insert_default().responses;
        if let Some(earlier) = responses
            .iter_mut()
            .find(|earlier| earlier.id == response.id)
        {
            *earlier = response;
        } else {
            responses.push(response);
            self.responses += 1;
        }
    }

    fn happened(&mut self, time: i64) {
        self.changes += 1;
        self.last = self.last.max(time);
    }

    /// The action of a group with this id, and its number.
    pub fn find(&self, group: &str, id: &Id) -> Option<(u32, Action<'_>)> {
        let made_of = || u32::try_from(self.ids.number(Of::Action, id)?).ok();
        let number = self.by_action_id.get(id).copied().or_else(made_of)?;
        let group = self.by_name.get(group)?;
        let is_here = self.actions.get(number as usize)?.group as usize == *group;
        let action = self
            .action(number)
            .filter(|action| is_here && action.action_id.as_ref() == Some(id))?;
        Some((number, action))
    }

    /// Up to `most` actions of one type, from a time on, and whether there are more.
    pub fn list(
        &self,
        group: &str,
        action_type: ActionType,
        from: i64,
        most: usize,
    ) -> (Vec<Action<'_>>, bool) {
        let lists = self
            .by_name
            .get(group)
            .map_or(&[][..], |group| &self.groups[*group].lists);
        let list = lists
            .iter()
            .find(|(listed, _)| *listed == Some(action_type))
            .map_or(&[][..], |(_, list)| list);
        let list =
            &list[list.partition_point(|number| self.actions[*number as usize].sent_at < from)..];
        let page = &list[..most.min(list.len())];
        (
            page.iter()
                .filter_map(|number| self.action(*number))
                .collect(),
            page.len() < list.len(),
        )
    }

    /// Every group by name, with all its actions in the order of arrival.
    pub fn groups(&self) -> impl Iterator<Item = (&str, Vec<Action<'_>>)> {
        self.groups.iter().map(|group| {
            let mut numbers: Vec<_> = group
                .lists
                .iter()
                .flat_map(|(_, list)| list)
                .copied()
                .collect();
            numbers.sort_unstable();
            (
                &*group.name,
                numbers
                    .into_iter()
                    .filter_map(|number| self.action(number))
                    .collect(),
            )
        })
    }

    /// All actions in the order of arrival, each with the name of its group.
    pub fn in_order(&self) -> impl Iterator<Item = (&str, Action<'_>)> {
        let numbers = 0..number(self.actions.len());
        numbers.filter_map(|number| {
            Some((
                &*self.groups[self.actions[number as usize].group as usize].name,
                self.action(number)?,
            ))
        })
    }
}

/// More than four thousand million actions do not fit into memory.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
