//! Members that depend on each other.

use super::key::Key;

/// A member that is required exactly if another has one of these values.
pub(crate) struct When {
    pub member: usize,
    pub values: Vec<Key>,
    pub needs: usize,
}

impl When {
    /// `member` and `needs` are the indexes of the members.
    pub fn new(member: usize, values: &[&str], needs: usize) -> Self {
        Self {
            member,
            values: values.iter().map(|value| Key::new(value)).collect(),
            needs,
        }
    }
}
