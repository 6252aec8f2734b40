//! The way to `log.entries`, and what is wrong with it.

use kaizala_actions::json::{Event, Scanner};

use crate::input::split::Flaw;

/// The longest name that means anything.
const NAME: usize = "entries".len();

/// The other members of `log` (HAR 1.2), and those that anyone may add.
const KNOWN: [&[u8]; 5] = [b"version", b"creator", b"browser", b"pages", b"comment"];

/// What a byte outside of the entries is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    /// It opens a list of entries.
    Entries,
    /// It begins something that may hold exchanges, but is not searched.
    Ignored,
    Wrong(Flaw),
}

/// Reads all but the entries.
#[derive(Default)]
pub(super) struct Skeleton {
    /// What is open, the outermost first.
    open: Vec<Frame>,
    pass: Pass,
    /// The name of the member at hand, as far as it is short.
    name: Vec<u8>,
    has_begun: bool,
    /// Whether it was reported that something here belongs nowhere.
    is_lost: bool,
}

/// What is passed over.
#[derive(Default)]
enum Pass {
    #[default]
    Nothing,
    Name(Scanner),
    /// A number or a word.
    Scalar,
    /// A string, a list or an object.
    Value(Scanner),
}

struct Frame {
    kind: Kind,
    next: Next,
    /// Whether it has what makes it one: `log`, or `entries`.
    is_one: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Archives,
    Archive,
    Log,
    Entries,
}

/// What is to come in a frame.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    /// A name or an item; at first, or after a comma.
    One,
    Colon,
    Value,
    Comma,
}

const fn wrong(problem: &'static str, help: &'static str) -> Outcome {
    Outcome::Wrong(Flaw { problem, help })
}

const NO_LIST: Outcome = wrong(
    "a list of archives, and not one archive",
    "write each archive into a file of its own",
);

const SECOND: Outcome = wrong(
    "a second archive after the first",
    "write each archive into a file of its own",
);

const BEYOND: Outcome = wrong(
    "text outside of the archive",
    "remove it, or the bracket that closes the archive too early",
);

const NO_LOG: Outcome = wrong(
    "the archive has no `log`",
    "an HTTP archive is an object with `log.entries`",
);

const NO_ENTRIES: Outcome = wrong(
    "`log` has no `entries`",
    "an HTTP archive is an object with `log.entries`",
);

const NO_JSON: Outcome = wrong(
    "the archive is not JSON here",
    "record it again, or mend it: a quote, a comma or a bracket is missing or too many",
);

impl Skeleton {
    pub fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Whether nothing is open any more.
    pub fn is_closed(&self) -> bool {
        self.has_begun && self.open.is_empty()
    }

    pub fn is_in_entries(&self) -> bool {
        self.open
            .last()
            .is_some_and(|frame| frame.kind == Kind::Entries)
    }

    /// Takes an entry; answers whether there was a comma before it.
    pub fn entry(&mut self) -> bool {
        let was = self.replace_next(Next::Comma);
        self.is_lost = false;
        if was == Next::Comma {
            self.replace_next(Next::One);
        }
        was != Next::Comma
    }

    /// Takes a comma between entries; returns whether there was an entry before it, or a missing
    /// one was already reported.
    pub fn comma(&mut self) -> bool {
        self.replace_next(Next::One) == Next::Comma || std::mem::replace(&mut self.is_lost, true)
    }

    /// Takes something other than an entry, with the comma behind it.
    pub fn restart_entries(&mut self) {
        self.replace_next(Next::One);
    }

    pub fn close_entries(&mut self) {
        self.open.pop();
    }

    fn replace_next(&mut self, next: Next) -> Next {
        self.open
            .last_mut()
            .map_or(next, |frame| std::mem::replace(&mut frame.next, next))
    }

    /// Takes a byte that is not among the entries.
    pub fn step(&mut self, byte: u8) -> Outcome {
        match &mut self.pass {
            Pass::Nothing => {}
            Pass::Name(scanner) => {
                let event = scanner.step(byte);
                if event == Event::StringEnd {
                    self.pass = Pass::Nothing;
                } else if self.name.len() <= NAME {
                    self.name.push(byte);
                }
                return Outcome::Passed;
            }
            Pass::Value(scanner) => {
                scanner.step(byte);
                if scanner.depth() == 0 && !scanner.is_in_string() {
                    self.pass = Pass::Nothing;
                }
                return Outcome::Passed;
            }
            Pass::Scalar => match byte {
                b',' | b'}' | b']' | b'"' | b'{' | b'[' => self.pass = Pass::Nothing,
                _ => {
                    if byte.is_ascii_whitespace() {
                        self.pass = Pass::Nothing;
                    }
                    return Outcome::Passed;
                }
            },
        }
        if byte.is_ascii_whitespace() {
            return Outcome::Passed;
        }
        let Some(frame) = self.open.last() else {
            return self.outside(byte);
        };
        let outcome = match (frame.kind, frame.next, byte) {
            (_, _, b'}' | b']') => self.close(byte),
            (_, Next::Comma, b',') => self.then(Next::One),
            (Kind::Archives, Next::One, b'{') => self.open(Kind::Archive),
            (Kind::Archives, Next::Comma, b'{') => {
                self.open(Kind::Archive);
                NO_JSON
            }
            (Kind::Archives, ..) => self.lost(byte),
            (_, Next::One, b'"') => self.begin_name(),
            (_, Next::Comma, b'"') => {
                self.begin_name();
                NO_JSON
            }
            (_, Next::Colon, b':') => self.then(Next::Value),
            (_, Next::Value, b',') => {
                self.then(Next::One);
                NO_JSON
            }
            (kind, Next::Value, _) => self.value(kind, byte),
            // The colon is missing.
            (kind, Next::Colon, b'{' | b'[') => match self.value(kind, byte) {
                Outcome::Wrong(flaw) => Outcome::Wrong(flaw),
                _ => NO_JSON,
            },
            _ => return self.lost(byte),
        };
        self.is_lost = false;
        outcome
    }

    /// Something that belongs nowhere is reported once, however long it is.
    fn lost(&mut self, byte: u8) -> Outcome {
        if let b'{' | b'[' | b'"' = byte {
            self.pass = Pass::Value(Scanner::default());
            self.step(byte);
        }
        if std::mem::replace(&mut self.is_lost, true) {
            Outcome::Passed
        } else {
            NO_JSON
        }
    }

    fn outside(&mut self, byte: u8) -> Outcome {
        let is_second = self.has_begun;
        let kind = match byte {
            b'{' => Kind::Archive,
            b'[' => Kind::Archives,
            // A byte order mark.
            0xEF | 0xBB | 0xBF if !is_second => return Outcome::Passed,
            _ => {
                let was_lost = std::mem::replace(&mut self.is_lost, true);
                return if was_lost { Outcome::Passed } else { BEYOND };
            }
        };
        (self.has_begun, self.is_lost) = (true, false);
        self.open(kind);
        match kind {
            _ if is_second => SECOND,
            Kind::Archives => NO_LIST,
            _ => Outcome::Passed,
        }
    }

    fn open(&mut self, kind: Kind) -> Outcome {
        self.replace_next(Next::Comma);
        self.open.push(Frame {
            kind,
            next: Next::One,
            is_one: false,
        });
        Outcome::Passed
    }

    fn then(&mut self, next: Next) -> Outcome {
        self.replace_next(next);
        Outcome::Passed
    }

    fn begin_name(&mut self) -> Outcome {
        let mut scanner = Scanner::default();
        scanner.step(b'"');
        self.name.clear();
        self.pass = Pass::Name(scanner);
        self.then(Next::Colon)
    }

    fn close(&mut self, byte: u8) -> Outcome {
        let Some(frame) = self.open.pop() else {
            return NO_JSON;
        };
        let is_list = frame.kind == Kind::Archives;
        match (frame.kind, frame.is_one) {
            _ if is_list != (byte == b']') => NO_JSON,
            (Kind::Archive, false) => NO_LOG,
            (Kind::Log, false) => NO_ENTRIES,
            _ => Outcome::Passed,
        }
    }

    /// Begins the value of a member.
    fn value(&mut self, kind: Kind, byte: u8) -> Outcome {
        self.replace_next(Next::Comma);
        let is_meant = match kind {
            Kind::Archive => self.name == b"log",
            _ => self.name == b"entries",
        };
        let is_second = is_meant
            && self
                .open
                .last_mut()
                .is_some_and(|frame| std::mem::replace(&mut frame.is_one, true));
        match (kind, byte) {
            (Kind::Archive, b'{') if is_meant => {
                self.open(Kind::Log);
                if is_second {
                    return wrong("a second `log` in the archive", "put all entries into one");
                }
                return Outcome::Passed;
            }
            (Kind::Log, b'[') if is_meant => {
                self.open(Kind::Entries);
                if is_second {
                    return wrong("a second `entries` in `log`", "put all entries into one");
                }
                return Outcome::Entries;
            }
            _ => {}
        }
        if let b'{' | b'[' | b'"' = byte {
            let mut scanner = Scanner::default();
            scanner.step(byte);
            self.pass = Pass::Value(scanner);
        } else {
            self.pass = Pass::Scalar;
        }
        let name = &self.name[..];
        let is_known = kind == Kind::Log && (KNOWN.contains(&name) || name.starts_with(b"_"));
        match byte {
            _ if is_meant && kind == Kind::Archive => {
                wrong("`log` is not an object", "write an object")
            }
            _ if is_meant => wrong("`entries` is not a list", "write a list of entries"),
            b'{' | b'[' if !is_known => Outcome::Ignored,
            _ => Outcome::Passed,
        }
    }
}
