//! The state of the sandbox: groups, their actions, and the responses to these, in the order of
//! arrival. Pure data.

use std::{collections::BTreeMap, sync::Arc};

use kaizala_actions::{body::BodyKind, support::ActionType};
use serde::{Deserialize, Serialize, Serializer};

use super::{envelope::Envelope, id::Of, index::Index};

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    /// A string that all actions of the group share.
    pub group: Arc<str>,
    pub reference_id: Box<str>,
    /// `None` if the contract has neither details of the type nor responses to it.
    #[serde(rename = "actionId")]
    pub id: Option<Box<str>>,
    /// `None` for an instance of a package.
    #[serde(skip)]
    pub kind: Option<ActionType>,
    pub sender: Box<str>,
    pub sent_at: i64,
    /// As it was posted. It is parsed when it is needed.
    pub body: Box<str>,
    pub responses: Vec<Response>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Response {
    pub id: Box<str>,
    pub sender: Box<str>,
    pub sent_at: i64,
    pub body: Box<str>,
}

impl Action {
    /// The size of the posted body in bytes.
    fn size(&self) -> usize {
        let responses = self.responses.iter();
        self.body.len() + responses.map(|response| response.body.len()).sum::<usize>()
    }
}

/// A whole state, as it is read from a file.
#[derive(Deserialize)]
struct Whole {
    open: bool,
    changes: u64,
    groups: Vec<Arc<str>>,
    actions: Vec<Action>,
}

/// By name: the numbers of the actions of each type, in the order of arrival and so of time.
type Groups = BTreeMap<Arc<str>, BTreeMap<Option<ActionType>, Vec<usize>>>;

/// The actions, by their numbers. Readers of all actions, such as a snapshot, share them.
type Actions = Vec<Arc<Action>>;

/// The maximum size of the posted bodies in one page of a list, not counting its first action, and
/// the size that is added for the other members of an action.
const MOST_OF_PAGE: usize = 4 << 20;
const ANYWAY: usize = 256;

/// All groups.
#[derive(Default, Deserialize, Serialize)]
#[serde(from = "Whole")]
pub(super) struct State {
    /// Whether a group exists although it was never named.
    pub open: bool,
    /// The number of events, which is the second of the deterministic clock.
    pub changes: u64,
    #[serde(serialize_with = "names")]
    groups: Groups,
    actions: Actions,
    #[serde(skip)]
    reference_ids: Index<usize>,
    #[serde(skip)]
    action_ids: Index<usize>,
    /// The number of the action, and that of the response to it.
    #[serde(skip)]
    response_ids: Index<(usize, usize)>,
    #[serde(skip)]
    pub responses: u64,
    /// The time of the last event. No event is before it, so that lists are in order.
    #[serde(skip)]
    pub last: i64,
}

/// An event.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Change {
    Action(Action),
    Response {
        /// The number of the action.
        action: usize,
        response: Response,
    },
    /// Replaces the whole state.
    State(State),
}

/// In a file, a group is its name; its contents follow from the actions.
fn names<S: Serializer>(groups: &Groups, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(groups.keys())
}

impl State {
    /// A state without groups.
    pub fn new(open: bool) -> Self {
        Self {
            open,
            ..Self::default()
        }
    }

    pub fn has_group(&self, name: &str) -> bool {
        self.open || self.groups.contains_key(name)
    }

    /// Adds a group, unless it exists.
    pub fn add_group(&mut self, name: &str) {
        self.groups.entry(name.into()).or_default();
    }

    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    pub fn action_count(&self) -> u64 {
        self.actions.len() as u64
    }

    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Action(action) => self.add(action),
            Change::Response { action, response } => self.respond(action, response),
            Change::State(state) => *self = state,
        }
    }

    pub fn add(&mut self, mut action: Action) {
        // A file does not store the members that the body has.
        action.kind = Envelope::read(BodyKind::PostActionRequest, &action.body).action_type();
        if let Some((name, _)) = self.groups.get_key_value(&action.group) {
            action.group = name.clone();
        }
        let number = self.actions.len();
        let group = self.groups.entry(action.group.clone()).or_default();
        group.entry(action.kind).or_default().push(number);
        self.happened(action.sent_at);
        for response in &action.responses {
            self.happened(response.sent_at);
        }
        let action = Arc::new(action);
        self.actions.push(action.clone());
        let actions = &self.actions;
        self.reference_ids
            .insert(&action.reference_id, number, reference_id(actions));
        if let Some(id) = &action.id {
            self.action_ids.insert(id, number, action_id(actions));
        }
        for (index, response) in action.responses.iter().enumerate() {
            let place = (number, index);
            self.response_ids
                .insert(&response.id, place, response_id(actions));
            self.responses += 1;
        }
    }

    /// Adds a response to the action of this number, or replaces the response with its id.
    fn respond(&mut self, number: usize, response: Response) {
        self.happened(response.sent_at);
        let earlier = self.response(number, &response.id);
        let Some(action) = self.actions.get_mut(number) else {
            return;
        };
        // Copies the action if a snapshot is still reading it.
        let responses = &mut Arc::make_mut(action).responses;
        if let Some(earlier) = earlier.and_then(|index| responses.get_mut(index)) {
            *earlier = response;
            return;
        }
        let (id, place) = (response.id.clone(), (number, responses.len()));
        responses.push(response);
        self.response_ids
            .insert(&id, place, response_id(&self.actions));
        self.responses += 1;
    }

    /// The index of the response with this id.
    pub fn response(&self, action: usize, id: &str) -> Option<usize> {
        let (number, index) = self.response_ids.find(id, response_id(&self.actions))?;
        (number == action).then_some(index)
    }

    /// Whether something of this kind has the id.
    pub fn has(&self, of: Of, id: &str) -> bool {
        let actions = &self.actions;
        match of {
            Of::Reference => self.reference_ids.find(id, reference_id(actions)).is_some(),
            Of::Action => self.action_ids.find(id, action_id(actions)).is_some(),
            Of::Response => self.response_ids.find(id, response_id(actions)).is_some(),
            Of::Member => false,
        }
    }

    fn happened(&mut self, time: i64) {
        self.changes += 1;
        self.last = self.last.max(time);
    }

    /// The action of a group with this id, and its number.
    pub fn find(&self, group: &str, id: &str) -> Option<(usize, &Action)> {
        let number = self.action_ids.find(id, action_id(&self.actions))?;
        let action = self.actions.get(number)?;
        (&*action.group == group).then_some((number, action))
    }

    /// At most `most` actions of one type, from a time on, and whether there are more. There are
    /// fewer if the answer would become too large.
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
        let mut left = MOST_OF_PAGE;
        let page = list.iter().take(most).map(|number| &*self.actions[*number]);
        let fits = |action: &&Action| {
            let is_there_room = left > 0;
            left = left.saturating_sub(ANYWAY + action.size());
            is_there_room
        };
        let page: Vec<_> = page.take_while(fits).collect();
        let has_more = page.len() < list.len();
        (page, has_more)
    }

    /// All groups by name, with all their current actions in the order of arrival.
    pub fn groups(&self) -> BTreeMap<Arc<str>, Actions> {
        let names = self.groups.keys();
        let mut groups: BTreeMap<_, Actions> =
            names.map(|name| (name.clone(), Vec::new())).collect();
        for action in &self.actions {
            if let Some(group) = groups.get_mut(&action.group) {
                group.push(action.clone());
            }
        }
        groups
    }
}

fn reference_id<'a>(actions: &'a Actions) -> impl Fn(usize) -> Option<&'a str> {
    |number| Some(&*actions.get(number)?.reference_id)
}

fn action_id<'a>(actions: &'a Actions) -> impl Fn(usize) -> Option<&'a str> {
    |number| actions.get(number)?.id.as_deref()
}

fn response_id<'a>(actions: &'a Actions) -> impl Fn((usize, usize)) -> Option<&'a str> {
    |(number, index)| Some(&*actions.get(number)?.responses.get(index)?.id)
}

impl From<Whole> for State {
    fn from(whole: Whole) -> Self {
        let mut state = Self::new(whole.open);
        for name in &whole.groups {
            state.add_group(name);
        }
        for action in whole.actions {
            state.add(action);
        }
        state.changes = whole.changes;
        state
    }
}

#[cfg(test)]
mod tests;
