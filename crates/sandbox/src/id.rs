//! The ids that the sandbox gives, and those that a seed brings.

use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
};

/// An id. Nearly all are GUIDs, which take 16 bytes and no allocation; a load makes many of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Id {
    Guid([u8; 16]),
    /// Real ids are not all GUIDs (D-24), and a seed may hold any text.
    Other(Box<str>),
}

impl From<&str> for Id {
    /// A GUID in any other spelling than the one it is printed in stays a text: ids are compared as
    /// they are written.
    fn from(text: &str) -> Self {
        let mut guid = [0; 16];
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
        for (byte, pair) in guid.iter_mut().zip(digits.chunks(2)) {
            let value = std::str::from_utf8(pair)
                .ok()
                .and_then(|pair| u8::from_str_radix(pair, 16).ok());
            *byte = value.unwrap_or_default();
        }
        let id = Self::Guid(guid);
        if text.len() == 36 && id.to_string() == text {
            id
        } else {
            Self::Other(text.into())
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guid(bytes) => {
                let mut text = String::with_capacity(36);
                for (index, byte) in bytes.iter().enumerate() {
                    if matches!(index, 4 | 6 | 8 | 10) {
                        text.push('-');
                    }
                    // A formatter for each byte would cost as much as all the rest of an answer.
                    text.extend(
                        [byte >> 4, byte & 0x0f]
                            .map(|digit| char::from(DIGITS[usize::from(digit)])),
                    );
                }
                f.write_str(&text)
            }
            Self::Other(text) => f.write_str(text),
        }
    }
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// What an id is of: the same number gives another id for each.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Reference,
    Action,
    Response,
    Member,
}

/// Makes ids in the form of UUIDs of version 4. The n-th is a function of the seed and n, so that
/// nothing need be kept for the next to follow after a restart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ids {
    seed: u64,
}

impl Ids {
    /// Without a seed, ids that no other run gives.
    pub fn new(seed: Option<u64>) -> Self {
        Self {
            seed: seed.unwrap_or_else(|| RandomState::new().hash_one(0)),
        }
    }

    pub fn make(self, of: Of, number: u64) -> Id {
        let key = mix(self.seed ^ mix((of as u64) << 56 ^ number));
        let mut bytes = [0; 16];
        let (high, low) = bytes.split_at_mut(8);
        high.copy_from_slice(&key.to_be_bytes());
        low.copy_from_slice(&mix(key ^ 1).to_be_bytes());
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        Id::Guid(bytes)
    }

    /// The number that an id was made of, if it was made by these and is of this.
    pub fn number(self, of: Of, id: &Id) -> Option<u64> {
        let Id::Guid(bytes) = id else { return None };
        let (high, _) = bytes.split_at(8);
        let key = u64::from_be_bytes(high.try_into().ok()?);
        // The version took the place of four bits.
        (0..16).find_map(|lost| {
            let number =
                unmix(unmix(key & !VERSION | lost << VERSION.trailing_zeros()) ^ self.seed)
                    ^ (of as u64) << 56;
            (number >> 56 == 0 && self.make(of, number) == *id).then_some(number)
        })
    }
}

/// Where the version is in the first eight bytes of a UUID.
const VERSION: u64 = 0xf000;

/// The finaliser of `SplitMix64`: spreads neighbouring numbers over all 64 bits.
pub(super) fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// What [`mix`] made this of: each of its steps backwards.
fn unmix(mixed: u64) -> u64 {
    let mut number = mixed ^ (mixed >> 31) ^ (mixed >> 62);
    // The inverses of the factors.
    number = number.wrapping_mul(0x3196_42b2_d24d_8ec3);
    number ^= number >> 27 ^ number >> 54;
    number = number.wrapping_mul(0x96de_1b17_3f11_9089);
    number ^= number >> 30 ^ number >> 60;
    number.wrapping_sub(0x9e37_79b9_7f4a_7c15)
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
    fn made_ids_are_uuids_of_version_4_and_read_back() {
        let ids = Ids::new(Some(7));
        let id = ids.make(Of::Action, 0);
        let text = id.to_string();
        assert_eq!((text.len(), &text[14..15]), (36, "4"));
        assert_eq!(Id::from(text.as_str()), id);
        assert_ne!(ids.make(Of::Reference, 0), id);
        assert_ne!(ids.make(Of::Action, 1), id);
    }

    #[test]
    fn made_ids_tell_their_number() {
        let ids = Ids::new(None);
        for number in [0, 1, 2, 1_000_003, 1 << 40] {
            assert_eq!(
                ids.number(Of::Action, &ids.make(Of::Action, number)),
                Some(number)
            );
        }
        assert_eq!(ids.number(Of::Action, &ids.make(Of::Reference, 1)), None);
        assert_eq!(
            ids.number(Of::Action, &Ids::new(None).make(Of::Action, 1)),
            None
        );
        assert_eq!(ids.number(Of::Action, &Id::from("a")), None);
    }

    #[test]
    fn ids_are_kept_as_they_are_written() {
        for text in [
            "0D9C6A52-7BE1-4F0A-8C35-1E42B7D9F608",
            "0d9c6a527be14f0a8c351e42b7d9f608",
            "",
            "é",
            "0d9c6a52-7be1-4f0a-8c35-1e42b7d9f60",
        ] {
            assert_eq!(Id::from(text), Id::Other(text.into()));
            assert_eq!(Id::from(text).to_string(), text);
        }
    }
}
