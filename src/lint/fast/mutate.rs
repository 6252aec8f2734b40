//! Mutates bodies at interesting places: next to JSON syntax, and with names of the contract.

/// Texts that matter in JSON or in the contract.
const PIECES: &[&str] = &[
    "\"",
    "\\",
    "\\u",
    "\\ud83d",
    "\\ude00",
    "\\u0000",
    "\\u0041",
    "\\n",
    "\\x",
    "\u{1F44D}",
    "\u{1}",
    "\u{2028}",
    "\u{202E}",
    "\t",
    "\r\n",
    " ",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "1",
    "0",
    "-",
    ".",
    "e",
    "+",
    "x",
    "//",
    "/*",
    "'",
    "\"title\":\"x\",",
    "\"actionType\":\"Job\",",
    "\"actionType\":\"Zed\",",
    "\"Title\":1,",
    "\"options\":[{\"title\":\"a\"}],",
    "\"id\":\"com.contoso\",",
    "\"responseId\":\"x\",",
    "\"errorCode\":\"x\",",
    "\"actions\":[],",
    "\"\":{},",
    "Date",
    "\u{FEFF}",
];

/// Replacement values.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "10",
    "10.0",
    "1e1",
    "1E+1",
    "1.5",
    "1e400",
    "-1e400",
    "1e-400",
    "01",
    "1.",
    ".5",
    "0x10",
    "NaN",
    "Infinity",
    "undefined",
    "4294967296",
    "9007199254740993",
    "9223372036854775808",
    "99999999999999999999",
    "1604521199999",
    "\"\"",
    "\"x\"",
    "\"1\"",
    "\"true\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"Job\"",
    "\"job\"",
    "\"SURVEY\"",
    "\"Date\"",
    "\"MultipleChoice\"",
    "\"2020-11-04T20:59:59Z\"",
    "\"+911234500001\"",
    "\"Jo\\u0062\"",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "[null]",
    "[\"a\",\"a\"]",
    "{\"a\":1,\"a\":2}",
];

/// Changes one place of a text.
pub fn mutate(text: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(text.len() + 1);
    let piece = PIECES[random.below(PIECES.len())].bytes();
    match random.below(10) {
        0 if at < text.len() => drop(text.remove(at)),
        1 => drop(text.splice(at..at, piece)),
        2 if at < text.len() => text[at] = random.byte(),
        3 => {
            let copy = text[at..text.len().min(at + random.below(40))].to_vec();
            let to = random.below(text.len() + 1);
            text.splice(to..to, copy);
        }
        4 => {
            // Next to a structural byte, more of the results are still JSON.
            let spots: Vec<_> = (0..text.len())
                .filter(|at| b",:{}[]\"".contains(&text[*at]))
                .collect();
            if let Some(spot) = spots.get(random.below(spots.len().max(1))) {
                let to = spot + random.below(2);
                text.splice(to..to, piece);
            }
        }
        kind => {
            let values = values(text);
            let Some(value) = values.get(random.below(values.len().max(1))).cloned() else {
                return;
            };
            let other = values[random.below(values.len())].clone();
            match kind {
                5 => {
                    let other = text[other].to_vec();
                    text.splice(value, other);
                }
                6 => {
                    let end = text[value.end..]
                        .iter()
                        .position(|byte| b",}]".contains(byte))
                        .map_or(value.end, |length| value.end + length);
                    let comma = [b",", &text[value.start..end]].concat();
                    text.splice(end..end, comma);
                }
                7 => {
                    let levels = [1, 2, 126, 127, 128, 129][random.below(6)];
                    text.splice(value.end..value.end, b"]".repeat(levels));
                    text.splice(value.start..value.start, b"[".repeat(levels));
                }
                _ => drop(text.splice(value, VALUES[random.below(VALUES.len())].bytes())),
            }
        }
    }
}

/// The locations of strings, of other scalars, and of what is in brackets, if the text is JSON;
/// otherwise some arbitrary places.
fn values(text: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut values = Vec::new();
    let (mut open, mut string, mut scalar, mut escaped) = (Vec::new(), None, None, false);
    for (at, byte) in text.iter().enumerate() {
        if let Some(start) = string {
            if !escaped && *byte == b'"' {
                values.push(start..at + 1);
                string = None;
            }
            escaped = !escaped && *byte == b'\\';
            continue;
        }
        if b",:{}[]\" \t\r\n".contains(byte) {
            values.extend(scalar.take().map(|start| start..at));
        } else {
            scalar.get_or_insert(at);
        }
        match byte {
            b'"' => string = Some(at),
            b'{' | b'[' => open.push(at),
            b'}' | b']' => values.extend(open.pop().map(|start| start..at + 1)),
            _ => {}
        }
    }
    values
}

/// Xorshift, seeded: the same numbers in every run.
#[derive(Debug)]
pub struct Random(u64);

impl From<u64> for Random {
    fn from(seed: u64) -> Self {
        // Xorshift of 0 is 0 forever.
        Self((seed ^ 0x9E37_79B9_7F4A_7C15).max(1))
    }
}

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a bound; the bound is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}
