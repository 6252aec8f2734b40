//! Detects duplicate keys of an object: first a cheap check, then an exact one.

use super::node::Node;

/// Up to this many keys are compared directly.
const FEW: usize = 24;

/// The keys of an object so far.
#[derive(Default)]
pub struct Names {
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

    /// Whether an exact check is needed.
    pub fn may_repeat(&self) -> bool {
        self.repeats
    }
}

/// A number that is equal for equal names, and seldom for others: the first bytes and the last.
fn mark(name: &[u8]) -> u64 {
    // A shorter name is both, after a bit that says where it begins.
    let short = || {
        let bytes = name.iter().copied().map(u32::from);
        bytes.fold(1, |all, byte| all << 8 | byte)
    };
    let part = |bytes: Option<&[u8; 4]>| bytes.map_or_else(short, |it| u32::from_le_bytes(*it));
    u64::from(part(name.first_chunk())) << 32 | u64::from(part(name.last_chunk()))
}

/// Lets only the last of several members with the same key count; returns whether there are any.
pub(super) fn supersede_repeated(object: Node<'_>) -> bool {
    let mut members: Vec<_> = object.all_members().collect();
    // Members with the same key keep their order.
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
