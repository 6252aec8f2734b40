//! What must not be shown of an input, and texts without it.

use std::{borrow::Cow, collections::BTreeSet, fmt, ops::Range, sync::Arc};

use super::{
    canonical::Canonical,
    encoded::folded,
    phone,
    place::{What, places},
};

/// The shortest secret that is looked for where it does not stand: a shorter one would be found in
/// innocent words.
pub(super) const LEAST: usize = 8;

/// In how many places within what is starred out another secret is looked for, which may go on
/// after it: in one that repeats itself, each place would be one.
const OVERLAPPING: usize = 64;

/// The secrets and phone numbers of an input, wherever they are repeated and however they are
/// written there.
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
    /// In order, so that the one that a text begins with is found by halving.
    secrets: Vec<Box<[u8]>>,
    /// Those that are only looked for where a secret stands.
    short: Vec<Box<[u8]>>,
    /// The digits of phone numbers, in order.
    numbers: Vec<Box<[u8]>>,
    /// What secrets begin with.
    first: [bool; 256],
}

/// What the findings of an input go without, if there is anything. It is no part of what they say.
#[derive(Clone, Default)]
pub(crate) struct Cover(Option<Arc<Hidden>>);

impl Cover {
    pub fn new(hidden: &Arc<Hidden>) -> Self {
        Self((!hidden.is_empty()).then(|| Arc::clone(hidden)))
    }

    pub fn hidden(&self) -> &Hidden {
        self.0.as_deref().unwrap_or(Hidden::nothing())
    }
}

impl PartialEq for Cover {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cover {}

/// What is taken out of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    Secrets,
    /// Phone numbers too.
    Numbers,
    /// And all other numbers that are as long.
    BareNumbers,
}

impl Hidden {
    /// Of an input that has no secrets.
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

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.secrets.is_empty() && self.short.is_empty() && self.numbers.is_empty()
    }

    /// A text with its secrets starred out, and all that is known repeated in it; phone numbers
    /// stay. Places stay what they are.
    #[must_use]
    pub fn secrets<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.without(text, Extent::Secrets)
    }

    /// The same without phone numbers.
    #[must_use]
    pub fn all<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.without(text, Extent::Numbers)
    }

    /// The same of a text that is to be read.
    #[must_use]
    pub fn words<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.without_in_words(text, Extent::Numbers)
    }

    pub(super) fn without_in_words<'t>(&self, text: &'t str, extent: Extent) -> Cow<'t, str> {
        readable(self.without(text.as_bytes(), extent))
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

    /// A text with words for what it says to be secret and for every copy of that, if there is any.
    pub(super) fn masked(&self, text: &[u8], words: &str) -> Option<Vec<u8>> {
        let (canonical, mut found) = (Canonical::of(text), Vec::new());
        stated(&canonical, Extent::Secrets, &mut found);
        if !found.is_empty() {
            self.repeated(&canonical, text, Extent::Secrets, &mut found);
        }
        replaced(text, found, words)
    }

    /// A text with every copy of a secret replaced by words, if there is one: where nobody looks
    /// for places in it.
    #[cfg(feature = "client")]
    pub(crate) fn replaced(&self, text: &[u8], words: &str) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        self.repeated(&Canonical::of(text), text, Extent::Secrets, &mut found);
        replaced(text, found, words)
    }

    /// A text at the place of a secret: without short ones too, as words.
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
        readable(starred(text.as_bytes(), &found))
    }

    /// Finds what is known.
    fn repeated(
        &self,
        text: &Canonical<'_>,
        source: &[u8],
        extent: Extent,
        found: &mut Vec<Range<usize>>,
    ) {
        if !self.secrets.is_empty() {
            self.occurrences(&folded(&text.text), |range| found.push(text.place(&range)));
            // What stands before a secret may look like the beginning of an encoding.
            if !text.is_plain() {
                self.occurrences(&folded(source), |range| found.push(range));
            }
        }
        if extent > Extent::Secrets && !self.numbers.is_empty() {
            let known = |digits: &[u8]| in_common(&self.numbers, digits).unwrap_or_default();
            phone::repeated(&text.text, known, |range| found.push(text.place(&range)));
        }
    }

    /// The beginning of a secret is enough: messages cut what they quote.
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

/// It shows nothing.
impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(..)")
    }
}

/// How much of one of these a text begins with, if that is enough to tell.
fn in_common(sorted: &[Box<[u8]>], text: &[u8]) -> Option<usize> {
    let next = sorted.partition_point(|one| **one <= *text);
    // What has most in common with the text stands beside it in the order.
    let beside = sorted[next.saturating_sub(1)..].iter().take(2);
    let common = beside.map(|one| {
        let pairs = one.iter().zip(text);
        pairs.take_while(|(one, other)| one == other).count()
    });
    common.max().filter(|length| *length >= LEAST)
}

/// Whether there may be anything to hide in a text of which nothing is known: a name with a value,
/// something encoded, or as many digits as a phone number has.
pub(super) fn may_hide(text: &[u8]) -> bool {
    let mut digits = 0;
    text.iter().any(|byte| match byte {
        b'0'..=b'9' => {
            digits += 1;
            digits >= 7
        }
        // Other scripts have digits too.
        b':' | b'=' | b'>' | b'\\' | b'%' | b'~' | 0xD9..=0xF4 => true,
        _ => false,
    })
}

/// Finds what a text itself says to be secret.
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

/// A text with stars in these places. Lines stay lines.
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

/// A text with words in these places; none where there are none.
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

/// What was starred out was whole characters.
fn readable(text: Cow<'_, [u8]>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => String::from_utf8_lossy(text),
        Cow::Owned(text) => String::from_utf8_lossy(&text).into_owned().into(),
    }
}
