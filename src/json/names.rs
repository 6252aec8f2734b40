//! Whether an object has a key twice: first a cheap look, then a closer one.

use super::node::Node;

/// So many keys are compared as they come.
const FEW: usize = 24;

/// The keys of an object so far.
#[derive(Default)]
pub(super) struct Names {
    marks: [u64; FEW],
    count: usize,
    repeats: bool,
}

impl Names {
    pub fn add(&mut self, name: &[u8]) {
        let mark = mark(name);
        match self.marks.get_mut(self.count) {
            Some(place) => *place = mark,
            None => self.repeats = true,
        }
        let before = &self.marks[..self.count.min(FEW)];
        self.repeats |= before.contains(&mark);
        self.count += 1;
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether a closer look is needed.
    pub fn may_repeat(&self) -> bool {
        self.repeats
    }
}

/// A number that is the same for the same names, and seldom for others: the first bytes and the
/// last.
fn mark(name: &[u8]) -> u64 {
    let length = u32::try_from(name.len()).unwrap_or_default();
    let part = |bytes: Option<&[u8; 4]>| bytes.map_or(length, |bytes| u32::from_le_bytes(*bytes));
    u64::from(part(name.first_chunk())) << 32 | u64::from(part(name.last_chunk()))
}

/// Lets of members with the same key only the last count; whether there are such.
pub(super) fn supersede_repeated(object: Node<'_>) -> bool {
    let mut members: Vec<_> = object.all_members().collect();
    // Those with the same key stay in the order of the document.
    members.sort_by_key(|member| member.written());
    let mut found = false;
    for pair in members.windows(2) {
        if let [earlier, later] = pair
            && earlier.written() == later.written()
        {
            earlier.leave_out();
            later.repeat();
            found = true;
        }
    }
    found
}
