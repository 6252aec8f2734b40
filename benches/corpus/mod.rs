//! A corpus of POST bodies as an archive of traffic might hold them: the same in every run.

mod change;
mod faults;
mod oddities;

use serde_json::{Value, json};

use change::{Change, Make};

/// The worst that the linter says of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Clean,
    Note,
    Warning,
    Error,
}

impl Class {
    pub const ALL: [Self; 4] = [Self::Clean, Self::Note, Self::Warning, Self::Error];

    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// What makes a clean body one of this class.
    pub fn changes(self) -> &'static [Change] {
        match self {
            Self::Clean => &[],
            Self::Note => oddities::NOTES,
            Self::Warning => oddities::WARNINGS,
            Self::Error => faults::FAULTS,
        }
    }
}

/// One body, and what was done to a clean one to get it, if anything.
pub struct Body {
    pub text: Vec<u8>,
    pub class: Class,
    pub change: Option<&'static str>,
}

/// Of a hundred bodies of the mixed corpus, how many are of which class.
const SHARES: [(u64, Class); 4] = [
    (83, Class::Clean),
    (12, Class::Note),
    (3, Class::Warning),
    (2, Class::Error),
];

/// Of a hundred bodies, how many are of which type.
type Write = fn(&mut Random) -> Value;
const TYPES: [(u64, (&str, Write)); 7] = [
    (35, ("Survey", survey)),
    (22, ("Job", job)),
    (16, ("Poll", poll)),
    (12, ("LetsMeet", meeting)),
    (9, ("Image", media)),
    (4, ("Document", media)),
    (2, ("Audio", media)),
];

/// As many bodies as asked for, of one class, or mixed; the changes of a class come in turn.
pub fn bodies(count: usize, class: Option<Class>) -> impl Iterator<Item = Body> {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut turns = [0_usize; Class::ALL.len()];
    (0..count).map(move |_| {
        let class = class.unwrap_or_else(|| random.draw(&SHARES));
        let changes = class.changes();
        let turn = &mut turns[class as usize];
        let change = changes.get(*turn % changes.len().max(1));
        *turn += 1;
        Body {
            text: body(change, &mut random),
            class,
            change: change.map(|change| change.name),
        }
    })
}

fn body(change: Option<&Change>, random: &mut Random) -> Vec<u8> {
    let mut body = action(change.map_or(&[], |change| change.types), random);
    if let Some(Make::Value(make)) = change.map(|change| &change.make) {
        make(&mut body, random);
    }
    let text = write(&body, random);
    match change.map(|change| &change.make) {
        Some(Make::Text(make)) => make(&text),
        _ => text.into_bytes(),
    }
}

/// An action of one of these types, or of any where none is named.
fn action(types: &[&str], random: &mut Random) -> Value {
    let (name, make) = loop {
        let drawn = random.draw(&TYPES);
        if types.is_empty() || types.contains(&drawn.0) {
            break drawn;
        }
    };
    let body = make(random);
    let mut action = if random.below(4) == 0 {
        json!({"actionBody": body, "actionType": name})
    } else {
        json!({"actionType": name, "actionBody": body})
    };
    if random.below(5) == 0 {
        action["subscribers"] = phones(random, 12);
        action["sendToAllSubscribers"] = false.into();
    }
    action
}

/// Compact, as clients write it, or with spaces and lines, as people do.
fn write(body: &Value, random: &mut Random) -> String {
    match random.below(12) {
        0 => serde_json::to_string_pretty(body).unwrap_or_default(),
        1 => body
            .to_string()
            .replace("\":", "\": ")
            .replace("\",\"", "\", \""),
        _ => body.to_string(),
    }
}

fn survey(random: &mut Random) -> Value {
    let questions: Vec<_> = (0..3 + random.below(8)).map(|_| question(random)).collect();
    json!({
        "title": text(random, 5), "questions": questions, "dueDate": 24 + random.below(100), "isAnonymous": random.below(2) == 0,
        "isSenderOnly": false, "acceptMultipleResponses": random.below(2) == 0,
    })
}

fn question(random: &mut Random) -> Value {
    let kinds = [
        "SingleOption",
        "MultiOption",
        "Text",
        "Image",
        "Numeric",
        "DateTime",
        "Location",
        "AttachmentList",
    ];
    let kind = kinds[random.index(kinds.len())];
    let mut question = json!({"title": text(random, 9), "type": kind, "isInvisible": false});
    if kind.ends_with("Option") {
        let options: Vec<_> = (0..2 + random.below(4))
            .map(|_| json!({"title": text(random, 3)}))
            .collect();
        question["options"] = options.into();
    }
    question
}

fn job(random: &mut Random) -> Value {
    json!({"title": text(random, 12), "assignedTo": phones(random, 15), "dueDate": random.below(200)})
}

fn poll(random: &mut Random) -> Value {
    let choices: Vec<_> = (0..2 + random.below(5))
        .map(|_| json!({"title": text(random, 3)}))
        .collect();
    json!({"question": text(random, 14), "choices": choices, "expiryInHours": 1 + random.below(720)})
}

fn meeting(random: &mut Random) -> Value {
    let day = 1 + random.below(28);
    json!({
        "title": text(random, 6), "startingTime": format!("2018-03-{day:02}T09:30:00Z"), "duration": 15 + random.below(90),
        "place": {"latitude": 12.9716, "longitude": 77.5946, "name": text(random, 3)}, "agenda": text(random, 30), "isSenderOnly": false,
    })
}

fn media(random: &mut Random) -> Value {
    let resource: String = (0..40 + random.below(60))
        .map(|_| char::from(b'A' + random.below(26) as u8))
        .collect();
    json!({"mediaResource": resource, "caption": text(random, 8)})
}

fn phones(random: &mut Random, most: u64) -> Value {
    (0..=random.below(most)).map(|_| phone(random)).collect()
}

fn phone(random: &mut Random) -> String {
    format!("+9112345{:05}", random.below(100_000))
}

const WORDS: &[&str] = &[
    "check",
    "the",
    "doors",
    "of",
    "hall",
    "seven",
    "before",
    "noon",
    "report",
    "what",
    "is",
    "missing",
    "please",
    "lunch",
    "rice",
    "bread",
    "bus",
    "tomorrow",
    "आग",
    "दरवाज़ा",
    "जाँच",
    "कल",
    "🔥",
    "✅",
    "größer",
    "naïve",
    "\"quoted\"",
    "line\nbreak",
    "50%",
    "A/B",
];

fn text(random: &mut Random, words: u64) -> String {
    // The plain words three times as often as those with something to them.
    let mut word = || {
        WORDS[if random.below(4) == 0 {
            random.index(WORDS.len())
        } else {
            random.index(18)
        }]
    };
    let first = word();
    let more: Vec<_> = (1..words).map(|_| word()).collect();
    [&[first], &more[..]].concat().join(" ")
}

/// Xorshift.
pub struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// One of them, each as often as its share says, of a hundred in all.
    fn draw<T: Copy>(&mut self, shares: &[(u64, T)]) -> T {
        let mut at = self.below(100);
        for (share, drawn) in shares {
            if at < *share {
                return *drawn;
            }
            at -= share;
        }
        unreachable!("the shares add up to a hundred")
    }

    fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }
}
