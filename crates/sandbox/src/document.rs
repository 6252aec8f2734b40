//! Reads the document that describes a state; `snapshot.md` has the format.

use std::{
    collections::{BTreeMap, HashSet},
    error::Error,
    fmt,
};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::id::Of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with the member `groups`")]
pub(super) struct Document {
    #[serde(default)]
    pub open: bool,
    pub groups: Groups,
    /// The ids in the document.
    #[serde(skip)]
    given: HashSet<(Of, Box<str>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ActionEntry {
    pub body: Box<RawValue>,
    pub reference_id: Option<Box<str>>,
    pub action_id: Option<Box<str>>,
    pub sender: Option<Box<str>>,
    pub creation_time: Option<i64>,
    #[serde(default)]
    pub responses: Vec<ResponseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct ResponseEntry {
    pub body: Box<RawValue>,
    pub response_id: Option<Box<str>>,
    pub sender: Option<Box<str>>,
    pub creation_time: Option<i64>,
}

/// The actions of each group.
pub(super) struct Groups(pub BTreeMap<String, Vec<ActionEntry>>);

/// Why a seed or a snapshot is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    /// A JSON Pointer into the document; empty if it could not be parsed.
    pub pointer: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.pointer, self.problem)
        }
    }
}

impl Error for SeedError {}

impl Document {
    /// Reads it.
    ///
    /// # Errors
    /// [`SeedError`] for any other document, and for an id that is empty or duplicate.
    pub fn read(text: &[u8]) -> Result<Self, SeedError> {
        let mut document: Self = serde_json::from_slice(text).map_err(|error| SeedError {
            pointer: String::new(),
            problem: error.to_string(),
        })?;
        let mut given = HashSet::new();
        let mut add = |of, id: &Option<Box<str>>, pointer: &dyn Fn() -> String| {
            let Some(id) = id else { return Ok(()) };
            let problem = if id.is_empty() {
                "the id is empty".to_owned()
            } else if !given.insert((of, id.clone())) {
                format!("the id {id:?} is there already")
            } else {
                return Ok(());
            };
            let pointer = pointer();
            Err(SeedError { pointer, problem })
        };
        for (group, actions) in &document.groups.0 {
            for (index, action) in actions.iter().enumerate() {
                let place = || place(group, index);
                add(Of::Reference, &action.reference_id, &|| {
                    place() + "/referenceId"
                })?;
                add(Of::Action, &action.action_id, &|| place() + "/actionId")?;
                for (index, response) in action.responses.iter().enumerate() {
                    let place = || format!("{}/responses/{index}/responseId", place());
                    add(Of::Response, &response.response_id, &place)?;
                }
            }
        }
        document.given = given;
        Ok(document)
    }

    /// Whether it contains this id for something of this kind.
    pub fn gives(&self, of: Of, id: &str) -> bool {
        self.given.contains(&(of, id.into()))
    }
}

/// The JSON Pointer of an action.
pub(super) fn place(group: &str, index: usize) -> String {
    let group = group.replace('~', "~0").replace('/', "~1");
    format!("/groups/{group}/{index}")
}

/// A map of the standard library would keep only the last of two groups with the same name.
impl<'de> Deserialize<'de> for Groups {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Groups;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of groups")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Groups, M::Error> {
        let mut groups = BTreeMap::new();
        while let Some((name, actions)) = members.next_entry::<String, _>()? {
            let problem = format!("the group {name:?} is there twice");
            if name.is_empty() {
                return Err(de::Error::custom("a group without a name"));
            }
            if groups.insert(name, actions).is_some() {
                return Err(de::Error::custom(problem));
            }
        }
        Ok(Groups(groups))
    }
}
