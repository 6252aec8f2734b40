//! The secrets of an input, and texts in which they are masked.

use std::{borrow::Cow, collections::BTreeSet, fmt, ops::Range};

use super::{
    canonical::Canonical,
    encoded::folded,
    phone,
    place::{What, places},
};

/// The minimum length of a secret that is searched for everywhere: a shorter one would be found in
/// innocent words.
pub(super) const LEAST: usize = 8;

/// The maximum number of places within a masked range at which another secret is searched, which
/// may extend beyond it: a repetitive range would have too many.
const OVERLAPPING: usize = 64;

/// The secrets and phone numbers of an input, which are masked wherever they are repeated and
/// however they are encoded there.
///
/// ```
/// use kaizala_actions::mask::Hidden;
///
/// let line = br#"{"accessToken": "a+token/of 2", "note": "a%2Btoken%2Fof+2", "from": "+91 12345 00001"}"#;
/// let shown = Hidden::of(line).all(line);
/// assert_eq!(
///     String::from_utf8_lossy(&shown),
///     r#"{"accessToken": "************", "note": "****************", "from": "+** ***** *****"}"#,
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Sorted, so that the secret that a text begins with is found by binary search.
    secrets: Vec<Box<[u8]>>,
    /// Secrets that are only searched for where a text names a secret.
    short: Vec<Box<[u8]>>,
    /// The digits of phone numbers, sorted.
    numbers: Vec<Box<[u8]>>,
    /// The first characters of secrets.
    first: [bool; 256],
}

/// What is masked in a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    Secrets,
    /// Phone numbers as well.
    Numbers,
    /// All other numbers of that length as well.
    BareNumbers,
}

impl Hidden {
    /// For an input without secrets.
    #[must_use]
    pub fn nothing() -> &'static Self {
        static NOTHING: Hidden = Hidden::NOTHING;
        &NOTHING
    }

    const NOTHING: Self = Self {
        secrets: Vec::new(),
        short: Vec::new(),
        numbers: Vec::new(),
        first: [false; 256],
    };

    pub(super) fn new(
        secrets: BTreeSet<Box<[u8]>>,
        short: BTreeSet<Box<[u8]>>,
        numbers: BTreeSet<Box<[u8]>>,
    ) -> Self {
        let mut first = [false; 256];
        for secret in &secrets {
            first[usize::from(secret[0])] = true;
        }
        Self {
            secrets: secrets.into_iter().collect(),
            short: short.into_iter().collect(),
            numbers: numbers.into_iter().collect(),
            first,
        }
    }

    /// The secrets, the short ones, and the phone numbers.
    pub(super) fn lists(&self) -> [&[Box<[u8]>]; 3] {
        [&self.secrets, &self.short, &self.numbers]
    }

    /// Whether there are neither secrets nor phone numbers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.secrets.is_empty() && self.short.is_empty() && self.numbers.is_empty()
    }

    /// A text with its own secrets, and all copies of known ones, masked by asterisks; phone
    /// numbers are kept. Offsets do not change.
    #[must_use]
    pub fn secrets<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.without(text, Extent::Secrets)
    }

    /// The same with phone numbers masked as well.
    #[must_use]
    pub fn all<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.without(text, Extent::Numbers)
    }

    /// The same for a text that people read.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.without_in_words(text, Extent::Numbers)
    }

    pub(super) fn without_in_words<'t>(&self, text: &'t str, extent: Extent) -> Cow<'t, str> {
        match self.without(text.as_bytes(), extent) {
            Cow::Borrowed(_) => text.into(),
            Cow::Owned(masked) => readable(masked).into(),
        }
    }

    fn without<'t>(&self, text: &'t [u8], extent: Extent) -> Cow<'t, [u8]> {
        if self.secrets.is_empty() && !may_hide(text) {
            return text.into();
        }
        let canonical = Canonical::of(text);
        let mut found = Vec::new();
        stated(&canonical, extent, &mut found);
        self.repeated(&canonical, text, extent, &mut found);
        starred(text, &found)
    }

    /// A text in which its own secrets and all copies of known ones are replaced by words, if there
    /// are any.
    pub(super) fn masked(&self, text: &[u8], words: &str) -> Option<Vec<u8>> {
        let (canonical, mut found) = (Canonical::of(text), Vec::new());
        stated(&canonical, Extent::Secrets, &mut found);
        if !found.is_empty() {
            self.repeated(&canonical, text, Extent::Secrets, &mut found);
        }
        replaced(text, found, words)
    }

    /// A text in which all copies of secrets are replaced by words, if there are any, for callers
    /// that do not need offsets.
    #[cfg(feature = "client")]
    pub(crate) fn replaced(&self, text: &[u8], words: &str) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        self.repeated(&Canonical::of(text), text, Extent::Secrets, &mut found);
        replaced(text, found, words)
    }

    /// A text in the place of a secret: short secrets are replaced as well.
    pub(super) fn without_short<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let folded = folded(text.as_bytes());
        let is_in_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let mut found = Vec::new();
        for short in &self.short {
            for at in memchr::memmem::find_iter(&folded, short) {
                let (before, end) = (at.checked_sub(1), at + short.len());
                if !is_in_word(before.and_then(|at| folded.get(at))) && !is_in_word(folded.get(end))
                {
                    found.push(at..end);
                }
            }
        }
        match starred(text.as_bytes(), &found) {
            Cow::Borrowed(_) => text.into(),
            Cow::Owned(masked) => readable(masked).into(),
        }
    }

    /// Finds copies of known secrets.
    fn repeated(
        &self,
        text: &Canonical<'_>,
        source: &[u8],
        extent: Extent,
        found: &mut Vec<Range<usize>>,
    ) {
        if !self.secrets.is_empty() {
            self.occurrences(&folded(&text.text), |range| found.push(text.place(&range)));
            // The text before a secret may look like the beginning of an encoding.
            if !text.is_plain() {
                self.occurrences(&folded(source), |range| found.push(range));
            }
        }
        if extent > Extent::Secrets && !self.numbers.is_empty() {
            let known = |digits: &[u8]| in_common(&self.numbers, digits).unwrap_or_default();
            phone::repeated(&text.text, known, |range| found.push(text.place(&range)));
        }
    }

    /// The beginning of a secret is enough: messages truncate what they quote.
    fn occurrences(&self, text: &[u8], mut found: impl FnMut(Range<usize>)) {
        let (mut end, mut begun) = (0, 0);
        for at in 0..text.len() {
            if !self.first[usize::from(text[at])] {
                continue;
            }
            if at >= end {
                begun = 0;
            }
            if begun < OVERLAPPING
                && let Some(length) = in_common(&self.secrets, &text[at..])
            {
                begun += 1;
                if at + length > end {
                    found(at.max(end)..at + length);
                    end = at + length;
                }
            }
        }
    }
}

impl Default for Hidden {
    fn default() -> Self {
        Self::NOTHING
    }
}

/// Shows nothing.
impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(..)")
    }
}

/// The length of the longest known secret, or beginning of one, at the start of a text, if it is
/// long enough.
fn in_common(sorted: &[Box<[u8]>], text: &[u8]) -> Option<usize> {
    let next = sorted.partition_point(|one| **one <= *text);
    // The secret with the longest common prefix is a neighbour in the order.
    let beside = sorted[next.saturating_sub(1)..].iter().take(2);
    let common = beside.map(|one| {
        let pairs = one.iter().zip(text);
        pairs.take_while(|(one, other)| one == other).count()
    });
    common.max().filter(|length| *length >= LEAST)
}

/// Whether a text may have anything to mask by itself: a name with a value, something encoded, or
/// as many digits as a phone number.
pub(super) fn may_hide(text: &[u8]) -> bool {
    // Other scripts have digits, too.
    let is_sign = |byte| matches!(byte, b':' | b'=' | b'>' | b'\\' | b'%' | b'~' | 0xD9..=0xF4);
    // Without a branch for each byte, many are compared at once.
    text.iter().fold(false, |any, byte| any | is_sign(*byte))
        || text.iter().filter(|byte| byte.is_ascii_digit()).count() >= 7
}

/// Finds what a text itself names as secret.
fn stated(text: &Canonical<'_>, extent: Extent, found: &mut Vec<Range<usize>>) {
    let mut numbers = |from: usize, letters: &[u8], bare: bool| {
        phone::numbers(letters, bare, |groups| {
            let moved = groups
                .iter()
                .map(|group| group.start + from..group.end + from);
            found.extend(moved.map(|group| text.place(&group)));
        });
    };
    let mut secrets = Vec::new();
    places(text, |what, range| match what {
        What::Secret => secrets.push(text.place(&range)),
        What::Phone if extent > Extent::Secrets => {
            numbers(range.start, &text.text[range], true);
        }
        What::Phone => {}
    });
    if extent > Extent::Secrets {
        numbers(0, &text.text, extent == Extent::BareNumbers);
    }
    found.extend(secrets);
}

/// A text with these ranges masked by asterisks. Line breaks are kept.
fn starred<'t>(text: &'t [u8], places: &[Range<usize>]) -> Cow<'t, [u8]> {
    let mut masked = Cow::Borrowed(text);
    for place in places.iter().filter(|place| !place.is_empty()) {
        for byte in &mut masked.to_mut()[place.clone()] {
            if *byte != b'\n' {
                *byte = b'*';
            }
        }
    }
    masked
}

/// A text with these ranges replaced by words; `None` if there are none.
fn replaced(text: &[u8], mut places: Vec<Range<usize>>, words: &str) -> Option<Vec<u8>> {
    places.retain(|place| !place.is_empty());
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let (mut safe, mut done) = (Vec::new(), 0);
    for place in &places {
        if place.start >= done {
            safe.extend_from_slice(&text[done..place.start]);
            safe.extend_from_slice(words.as_bytes());
        }
        done = done.max(place.end);
    }
    (done > 0).then(|| {
        safe.extend_from_slice(&text[done..]);
        safe
    })
}

/// Whole characters were masked.
fn readable(text: Vec<u8>) -> String {
    String::from_utf8(text)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
