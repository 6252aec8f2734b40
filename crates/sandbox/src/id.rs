//! Generates ids and times.

use std::hash::{BuildHasher as _, RandomState};

use chrono::Utc;

/// The start of the deterministic clock: 2018-01-01T00:00:00Z, when the service was in use.
const START: i64 = 1_514_764_800;

/// The kind of an id: the same number gives another id for each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Of {
    Reference,
    Action,
    Response,
    Member,
}

/// Generates ids in the form of UUIDs of version 4. The n-th is a function of the seed and n, so
/// that no state is needed to continue after a restart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Generator {
    seed: u64,
    /// The deterministic clock advances by a second with each action and each response; otherwise
    /// the system's time is used.
    is_counting: bool,
}

impl Generator {
    /// Without a seed, ids and times differ from those of other runs.
    pub fn new(seed: Option<u64>) -> Self {
        Self {
            seed: seed.unwrap_or_else(|| RandomState::new().hash_one(0)),
            is_counting: seed.is_some(),
        }
    }

    /// Epoch seconds, after this number of events.
    pub fn now(self, happened: u64) -> i64 {
        if self.is_counting {
            START.saturating_add_unsigned(happened)
        } else {
            Utc::now().timestamp()
        }
    }

    /// The id for this number, or for a later one if the id has been chosen by a caller. The steps
    /// grow, so that long runs of such ids are skipped quickly.
    pub fn fresh(self, of: Of, number: u64, is_taken: impl Fn(&str) -> bool) -> Box<str> {
        let numbers = (0..u64::BITS).map(|bit| number.wrapping_add((1 << bit) - 1));
        let mut ids = numbers.map(|number| self.id(of, number));
        ids.find(|id| !is_taken(id)).unwrap_or_default().into()
    }

    pub fn id(self, of: Of, number: u64) -> String {
        let high = mix(self.seed ^ mix((of as u64) << 56 ^ number));
        let low = mix(high ^ 1);
        let version = high & 0x0fff | 0x4000;
        let variant = low >> 48 & 0x3fff | 0x8000;
        format!(
            "{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            low & 0xffff_ffff_ffff,
        )
    }
}

/// The finaliser of `SplitMix64`: spreads neighbouring numbers over all 64 bits.
pub(super) fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A hash of a text that is the same on every machine and in every run (FNV-1a).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_version_4_and_differ() {
        let generator = Generator::new(Some(7));
        let id = generator.id(Of::Action, 0);
        assert_eq!(id, "ae4c043b-8aee-41b8-9fd6-1f50b3e63afc");
        assert_ne!(generator.id(Of::Reference, 0), id);
        assert_ne!(generator.id(Of::Action, 1), id);
    }
}
