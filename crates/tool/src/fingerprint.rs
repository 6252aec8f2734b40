//! Fingerprints, by which a finding is recognised in the next run.

use kaizala_actions::lint::Finding;
use serde::{Serialize, Serializer};

/// FNV-1a of 64 bits.
pub(crate) fn fnv_64(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// FNV-1a of 128 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>), which is the same in every
/// release; the hashes of the standard library do not promise that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fingerprint(u128);

impl Fingerprint {
    pub fn of(parts: &[&str]) -> Self {
        const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let step = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        // 0xFF is not part of UTF-8, so that ["ab", "c"] differs from ["a", "bc"].
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
        Self(bytes.fold(BASIS, step))
    }

    /// The fingerprint of findings that only differ in their locations: it covers the part, the
    /// rule, the message, and the pointer without indices.
    pub fn of_kind(path: &str, part: &str, finding: &Finding) -> Self {
        Self::of(&[
            path,
            part,
            finding.rule.id,
            finding.severity.name(),
            &pattern(&finding.pointer),
            &finding.message,
        ])
    }
}

/// As 32 hexadecimal digits.
impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:032x}", self.0))
    }
}

/// A pointer with `*` for each array index.
pub(crate) fn pattern(pointer: &str) -> String {
    let is_index =
        |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let tokens = pointer
        .split('/')
        .map(|token| if is_index(token) { "*" } else { token });
    tokens.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_do_not_matter_and_borders_do() {
        assert_eq!(
            pattern("/actions/17/actionBody/1st"),
            "/actions/*/actionBody/1st"
        );
        assert_eq!(pattern(""), "");
        assert_ne!(Fingerprint::of(&["ab", "c"]), Fingerprint::of(&["a", "bc"]));
    }

    #[test]
    fn it_is_what_it_was_in_the_last_release() {
        assert_eq!(
            serde_json::json!(Fingerprint::of(&["KZ301", "/actionBody"])),
            "846685220c23de8fd0fbd9d64a237d77"
        );
    }

    #[test]
    fn the_published_test_vectors_hold() {
        assert_eq!(fnv_64(""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv_64("foobar"), 0x8594_4171_F739_67E8);
    }
}
