//! Names and values of the contract, compared with JSON text in one step.

/// A name or value with its closing quote. Unless it is long, it is compared with a text in one
/// step.
pub(crate) struct Key {
    quoted: String,
    /// Its first bytes, as a number, and a mask of the significant bits.
    head: u128,
    mask: u128,
}

impl Key {
    const HEAD: usize = size_of::<u128>();

    pub fn new(name: &str) -> Self {
        let quoted = format!("{name}\"");
        let mut head = [0; Self::HEAD];
        let mut mask = [0; Self::HEAD];
        for ((byte, head), mask) in quoted.bytes().zip(&mut head).zip(&mut mask) {
            (*head, *mask) = (byte, u8::MAX);
        }
        Self {
            quoted,
            head: u128::from_le_bytes(head),
            mask: u128::from_le_bytes(mask),
        }
    }

    /// Whether a text begins with it.
    #[inline]
    pub fn begins(&self, text: &[u8]) -> bool {
        let rest = match text.split_first_chunk() {
            Some((head, rest)) if u128::from_le_bytes(*head) & self.mask == self.head => rest,
            Some(_) => return false,
            None => return text.starts_with(self.quoted.as_bytes()),
        };
        self.quoted
            .as_bytes()
            .get(Self::HEAD..)
            .is_none_or(|tail| rest.starts_with(tail))
    }

    /// With the quote.
    pub fn bytes(&self) -> &[u8] {
        self.quoted.as_bytes()
    }

    /// The index of the name that a text begins with; `guess` is tried first.
    #[inline]
    pub fn find(keys: &[Self], guess: usize, text: &[u8]) -> Option<usize> {
        match keys.get(guess) {
            Some(key) if key.begins(text) => Some(guess),
            _ => Self::search(keys, text),
        }
    }

    #[inline(never)]
    fn search(keys: &[Self], text: &[u8]) -> Option<usize> {
        keys.iter().position(|key| key.begins(text))
    }
}
