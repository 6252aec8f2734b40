//! What the sandbox remembers: groups, their actions, the responses to these. Pure data, in the
//! order of arrival.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use kaizala_actions::{body::BodyKind, support::ActionType};
use serde::{Deserialize, Serialize};

use super::envelope::Envelope;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    pub group: String,
    pub reference_id: String,
    /// None where the contract gives the type no details and no responses to ask for.
    pub action_id: Option<String>,
    /// None for an instance of a package.
    #[serde(skip)]
    pub action_type: Option<ActionType>,
    pub sender: String,
    pub sent_at: i64,
    /// As it was posted. It is parsed when somebody asks for it.
    pub body: String,
    pub responses: Vec<Response>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    pub id: String,
    pub sender: String,
    pub sent_at: i64,
    pub body: String,
}

/// All of a state, as it is written to a file.
#[derive(Deserialize, Serialize)]
pub(super) struct Whole<'s> {
    open: bool,
    changes: u64,
    groups: Vec<Cow<'s, str>>,
    actions: Cow<'s, [Action]>,
}

/// All groups.
#[derive(Default)]
pub(super) struct State {
    /// By name: the numbers of the actions of each type, in the order of arrival and so of time.
    groups: BTreeMap<String, BTreeMap<Option<ActionType>, Vec<usize>>>,
    actions: Vec<Action>,
    by_action_id: HashMap<String, usize>,
    responses: u64,
    /// How often something happened: the deterministic clock's second.
    changes: u64,
    last: i64,
    /// Whether a group exists that nobody has named.
    pub open: bool,
}

impl State {
    /// A state without any group.
    pub fn new(open: bool) -> Self {
        Self {
            open,
            ..Self::default()
        }
    }

    pub fn has_group(&self, name: &str) -> bool {
        self.open || self.groups.contains_key(name)
    }

    /// Adds a group, unless it is there.
    pub fn add_group(&mut self, name: &str) {
        self.groups.entry(name.to_owned()).or_default();
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

    /// The time of what happens now: never before that of what happened last, so that lists are in
    /// order.
    pub fn not_before_last(&self, time: i64) -> i64 {
        time.max(self.last)
    }

    pub fn add(&mut self, action: Action) {
        let number = self.actions.len();
        if let Some(id) = &action.action_id {
            self.by_action_id.insert(id.clone(), number);
        }
        let group = self.groups.entry(action.group.clone()).or_default();
        group.entry(action.action_type).or_default().push(number);
        self.happened(action.sent_at);
        for response in &action.responses {
            self.happened(response.sent_at);
        }
        self.responses += action.responses.len() as u64;
        self.actions.push(action);
    }

    /// Adds a response to the action of this number, or puts it in the place of the one with its
    /// id.
    pub fn respond(&mut self, number: usize, response: Response) {
        self.happened(response.sent_at);
        let Some(action) = self.actions.get_mut(number) else {
            return;
        };
        let mut earlier = action.responses.iter_mut();
        if let Some(earlier) = earlier.find(|earlier| earlier.id == response.id) {
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
    pub fn find(&self, group: &str, id: &str) -> Option<(usize, &Action)> {
        let number = *self.by_action_id.get(id)?;
        let action = self.actions.get(number)?;
        (action.group == group).then_some((number, action))
    }

    /// Up to `most` actions of one type, from a time on, and whether there are more.
    pub fn list(
        &self,
        group: &str,
        action_type: ActionType,
        from: i64,
        most: usize,
    ) -> (Vec<&Action>, bool) {
        let lists = self.groups.get(group);
        let list = lists
            .and_then(|lists| lists.get(&Some(action_type)))
            .map_or(&[][..], Vec::as_slice);
        let start = list.partition_point(|number| self.actions[*number].sent_at < from);
        let list = &list[start..];
        let page = &list[..most.min(list.len())];
        let actions = page.iter().map(|number| &self.actions[*number]).collect();
        (actions, page.len() < list.len())
    }

    /// Every group by name, with all its actions in the order of arrival.
    pub fn groups(&self) -> impl Iterator<Item = (&str, Vec<&Action>)> {
        self.groups.iter().map(|(name, lists)| {
            let mut numbers: Vec<_> = lists.values().flatten().collect();
            numbers.sort_unstable();
            let actions = numbers.into_iter().map(|number| &self.actions[*number]);
            (name.as_str(), actions.collect())
        })
    }

    pub fn whole(&self) -> Whole<'_> {
        Whole {
            open: self.open,
            changes: self.changes,
            groups: self.groups.keys().map(Into::into).collect(),
            actions: Cow::Borrowed(&self.actions),
        }
    }
}

impl Action {
    /// With the type that its body names, which a file does not repeat.
    pub fn with_type(self) -> Self {
        let envelope = Envelope::read(BodyKind::PostActionRequest, &self.body);
        Self {
            action_type: envelope.action_type(),
            ..self
        }
    }
}

impl From<Whole<'_>> for State {
    fn from(whole: Whole<'_>) -> Self {
        let mut state = Self::new(whole.open);
        for name in &whole.groups {
            state.add_group(name);
        }
        for action in whole.actions.into_owned() {
            state.add(action.with_type());
        }
        state.changes = whole.changes;
        state
    }
}
