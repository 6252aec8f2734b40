//! Members that depend on each other.

use super::key::Key;

/// A member that is required exactly if another has one of these values.
pub(crate) struct When {
    pub member: usize,
    pub values: Vec<Key>,
    pub needs: usize,
}

/// What an object has of both.
#[derive(Default)]
pub(super) struct Both {
    /// Whether the member has one of the values.
    is_one: bool,
    /// Whether what it needs is not an empty array.
    is_filled: bool,
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

    /// Notes the text of a member.
    pub(super) fn note(&self, index: usize, text: &[u8], both: &mut Both) {
        if index == self.member {
            both.is_one = self.values.iter().any(|value| value.begins(&text[1..]));
        } else if index == self.needs {
            let is_empty = |inside: &[u8]| inside.trim_ascii().is_empty();
            both.is_filled = !matches!(text, [b'[', inside @ .., b']'] if is_empty(inside));
        }
    }

    /// Whether the condition holds for an object with these members.
    pub(super) fn holds(&self, has: u64, both: &Both) -> bool {
        let has_needed = has >> self.needs & 1 == 1;
        has_needed == both.is_one && (both.is_filled || !both.is_one)
    }
}
