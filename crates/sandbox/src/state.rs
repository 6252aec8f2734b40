//! What the sandbox remembers: groups, their actions, the responses to these. Pure data, in the
//! order of arrival.

use std::collections::{BTreeMap, HashMap};

use kaizala_actions::{body::BodyKind, support::ActionType};
use serde::{Deserialize, Serialize, Serializer};

use super::envelope::Envelope;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action {
    pub group: String,
    pub reference_id: String,
    /// None where the contract gives the type no details and no responses to ask for.
    #[serde(rename = "actionId")]
    pub id: Option<String>,
    /// None for an instance of a package.
    #[serde(skip)]
    pub kind: Option<ActionType>,
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

/// All of a state, as it is read from a file.
#[derive(Deserialize)]
struct Whole {
    open: bool,
    changes: u64,
    groups: Vec<String>,
    actions: Vec<Action>,
}

/// By name: the numbers of the actions of each type, in the order of arrival and so of time.
type Groups = BTreeMap<String, BTreeMap<Option<ActionType>, Vec<usize>>>;

/// All groups.
#[derive(Default, Deserialize, Serialize)]
#[serde(from = "Whole")]
pub(super) struct State {
    /// Whether a group exists that nobody has named.
    pub open: bool,
    /// How often something happened: the deterministic clock's second.
    pub changes: u64,
    #[serde(serialize_with = "names")]
    groups: Groups,
    actions: Vec<Action>,
    #[serde(skip)]
    by_action_id: HashMap<String, usize>,
    #[serde(skip)]
    pub responses: u64,
    /// The time of what happened last. What happens now is never before it, so that lists are in
    /// order.
    #[serde(skip)]
    pub last: i64,
}

/// Something that happened.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Change {
    Action(Action),
    Response {
        /// The number of the action.
        action: usize,
        response: Response,
    },
    /// Instead of all that was.
    State(State),
}

/// In a file a group is its name; what is in it follows from the actions.
fn names<S: Serializer>(groups: &Groups, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(groups.keys())
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

    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Action(action) => self.add(action),
            Change::Response { action, response } => self.respond(action, response),
            Change::State(state) => *self = state,
        }
    }

    pub fn add(&mut self, mut action: Action) {
        // A file does not say what the body does.
        action.kind = Envelope::read(BodyKind::PostActionRequest, &action.body).action_type();
        let number = self.actions.len();
        if let Some(id) = &action.id {
            self.by_action_id.insert(id.clone(), number);
        }
        let group = self.groups.entry(action.group.clone()).or_default();
        group.entry(action.kind).or_default().push(number);
        self.happened(action.sent_at);
        for response in &action.responses {
            self.happened(response.sent_at);
        }
        self.responses += action.responses.len() as u64;
        self.actions.push(action);
    }

    /// Adds a response to the action of this number, or puts it in the place of the one with its
    /// id.
    fn respond(&mut self, number: usize, response: Response) {
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
