//! Fixed pieces as lines that stay and lines that change.

use std::{borrow::Cow, collections::VecDeque, io, time::Duration};

use similar::{ChangeTag, TextDiff};

use super::pieces::{Piece, Pieces};

/// The maximum number of bytes in a line, unless there is one body in it.
const MOST: usize = 8 << 20;

/// The time limit of the search for the shortest diff; after that, any diff is used.
const PATIENCE: Duration = Duration::from_secs(2);

/// A line that stays, or lines that change.
#[derive(Default)]
pub(super) struct Change {
    pub old: Vec<u8>,
    pub new: Option<Vec<u8>>,
    /// Whether it is a line that stays and is too long to be kept.
    pub is_long: bool,
}

impl Change {
    /// How many lines there are before and after.
    pub fn lines(&self) -> [usize; 2] {
        if self.is_long {
            return [1; 2];
        }
        let count = |text: &[u8]| {
            let ends = memchr::memchr_iter(b'\n', text).count();
            ends + usize::from(text.last().is_some_and(|last| *last != b'\n'))
        };
        [&self.old, self.new.as_ref().unwrap_or(&self.old)].map(|text| count(text))
    }
}

/// The lines of a file, with secrets masked.
pub(super) struct Lines {
    pieces: Pieces,
    ready: VecDeque<Change>,
    /// The number of findings fixed so far.
    pub fixed: usize,
    /// Whether something is masked.
    pub is_masked: bool,
}

impl Lines {
    pub fn new(pieces: Pieces) -> Self {
        Self {
            pieces,
            ready: VecDeque::new(),
            fixed: 0,
            is_masked: false,
        }
    }

    /// The next line or change; `None` at the end.
    ///
    /// # Errors
    /// Whatever reading gives, and a line that is too long.
    pub fn next(&mut self) -> io::Result<Option<Change>> {
        while self.ready.is_empty() {
            // Pieces that share lines.
            let (mut old, mut new) = (Vec::new(), Vec::new());
            let (mut is_changed, mut is_long) = (false, false);
            while !old.ends_with(b"\n")
                && let Some(piece) = self.pieces.next()?
            {
                is_long |= !old.is_empty() && old.len() + piece.old.len() > MOST;
                if is_long && (is_changed || piece.new.is_some()) {
                    let most = MOST >> 20;
                    let message =
                        format!("a line of more than {most} MiB is not shown; --fix fixes it");
                    return Err(io::Error::other(message));
                }
                if is_long {
                    old = piece.old;
                    continue;
                }
                self.fixed += piece.fixed;
                is_changed |= piece.new.is_some();
                let Piece {
                    old: before,
                    new: after,
                    ..
                } = self.masked(piece);
                new.extend_from_slice(after.as_ref().unwrap_or(&before));
                old.extend(before);
            }
            if old.is_empty() {
                break;
            }
            if is_long {
                self.ready.push_back(Change {
                    is_long,
                    ..Change::default()
                });
            } else if is_changed {
                self.compare(&old, &new);
            } else {
                let lines = old.split_inclusive(|byte| *byte == b'\n');
                self.ready.extend(lines.map(stays));
            }
        }
        Ok(self.ready.pop_front())
    }

    fn compare(&mut self, old: &[u8], new: &[u8]) {
        let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
        let mut changed: Option<Change> = None;
        for change in diff.iter_all_changes() {
            let line = change.value();
            let of = || Change {
                new: Some(Vec::new()),
                ..Change::default()
            };
            match change.tag() {
                ChangeTag::Equal => {
                    self.ready.extend(changed.take());
                    self.ready.push_back(stays(line));
                }
                ChangeTag::Delete => changed.get_or_insert_with(of).old.extend(line),
                ChangeTag::Insert => {
                    let new = &mut changed.get_or_insert_with(of).new;
                    new.get_or_insert_default().extend(line);
                }
            }
        }
        self.ready.extend(changed);
    }

    /// A piece with secrets masked. Line ends are kept.
    fn masked(&mut self, piece: Piece) -> Piece {
        let hidden = self.pieces.hidden(&piece);
        let mut masked = |text: Vec<u8>| {
            let Cow::Owned(masked) = hidden.all(&text) else {
                return text;
            };
            self.is_masked = true;
            masked
        };
        Piece {
            old: masked(piece.old),
            new: piece.new.map(&mut masked),
            fixed: piece.fixed,
        }
    }
}

fn stays(line: &[u8]) -> Change {
    Change {
        old: line.to_vec(),
        ..Change::default()
    }
}
