//! Prints fixes as a unified diff.

use std::{
    borrow::Cow,
    collections::VecDeque,
    error::Error,
    io::{self, IsTerminal as _, Write},
    time::Duration,
};

use anstyle::{AnsiColor, Style};
use kaizala_actions::{lint::printable, mask::Hidden};
use similar::{ChangeTag, DiffOp, TextDiff, udiff::UnifiedHunkHeader};

use super::{
    pieces::{Piece, Pieces},
    state::Tally,
};
use crate::{
    console::{complain, say},
    exit::Exit,
    inert::{inert, inert_bytes},
    lint::settings::Settings,
};

/// The number of context lines.
const CONTEXT: usize = 3;

/// The maximum number of bytes in a hunk, even if more changes follow.
const MOST: usize = 128 << 10;

/// The time limit of the search for the shortest diff; after that, any diff is used.
const PATIENCE: Duration = Duration::from_secs(2);

/// Prints every change and writes nothing.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let (mut tally, mut unread) = (Tally::default(), false);
    let mut diff = Diff {
        out,
        colored: settings.args.color.is_wanted(),
        is_terminal: io::stdout().is_terminal(),
        is_masked: false,
    };
    for source in settings.sources() {
        let path = source.name();
        let judge = settings.judge(&path);
        let bytes = source.open();
        let named = |error: io::Error| format!("{path}: {error}");
        let pieces = bytes.and_then(|bytes| Pieces::new(bytes, judge).map_err(named));
        let shown = match pieces {
            Ok(pieces) => diff.file(&path, pieces)?.map_err(named),
            Err(message) => Err(message),
        };
        match shown {
            Ok(0) => {}
            Ok(fixed) => tally.add(fixed),
            Err(message) => {
                unread = true;
                diff.out.flush()?;
                complain(&message);
            }
        }
    }
    diff.out.flush()?;
    if diff.is_masked {
        say(
            "secrets and phone numbers are shown as stars: this diff cannot be applied; --fix makes the changes",
        );
    }
    say(&tally.in_words("would be fixed"));
    let counts = tally.findings > 0 && !settings.args.exit_zero;
    Ok(Exit::of_run(unread, counts))
}

struct Diff<'o> {
    out: &'o mut dyn Write,
    colored: bool,
    is_terminal: bool,
    /// Whether something is masked.
    is_masked: bool,
}

/// Consecutive pieces: lines, or the whole file.
#[derive(Default)]
struct Window {
    pieces: VecDeque<Piece>,
    bytes: usize,
    /// The number of pieces in front of it.
    before: usize,
    /// The number of pieces after the last changed one; `None` if none is changed.
    quiet: Option<usize>,
}

impl Window {
    fn push(&mut self, piece: Piece) {
        self.quiet = match piece.new {
            Some(_) => Some(0),
            None => self.quiet.map(|quiet| quiet + 1),
        };
        self.bytes += piece.old.len();
        self.pieces.push_back(piece);
        if self.quiet.is_none() {
            self.keep(CONTEXT);
        }
    }

    /// Drops all but the last pieces.
    fn keep(&mut self, count: usize) {
        let gone = self.pieces.len().saturating_sub(count);
        self.before += gone;
        for piece in self.pieces.drain(..gone) {
            self.bytes -= piece.old.len();
        }
    }
}

impl Diff<'_> {
    /// The number of fixed findings in a file, or why it could not be read.
    fn file(&mut self, path: &str, mut pieces: Pieces) -> io::Result<io::Result<usize>> {
        let (mut window, mut fixed, single) = (Window::default(), 0, pieces.is_single());
        let mut is_masked = false;
        loop {
            let piece = match pieces.next() {
                Ok(piece) => piece,
                Err(error) => return Ok(Err(error)),
            };
            let ended = piece.is_none();
            if let Some(piece) = piece {
                let (piece, is_piece_masked) = shown(piece);
                is_masked |= is_piece_masked;
                if fixed == 0 && piece.new.is_some() {
                    let bold = self.style(Style::new().bold());
                    writeln!(
                        self.out,
                        "{bold}--- {0}{bold:#}\n{bold}+++ {0}{bold:#}",
                        inert(&printable(path))
                    )?;
                }
                fixed += piece.fixed;
                window.push(piece);
            }
            if let Some(quiet) = window.quiet {
                // What follows cannot be part of the current hunk.
                let is_complete = ended || quiet >= 2 * CONTEXT;
                if is_complete || window.bytes > MOST {
                    match window.pieces.front() {
                        Some(Piece {
                            old,
                            new: Some(new),
                            ..
                        }) if single => self.hunks(old, new)?,
                        _ => self.hunk(&window, quiet, is_complete)?,
                    }
                    window.keep(quiet.saturating_sub(CONTEXT).min(CONTEXT));
                    window.quiet = None;
                }
            }
            if ended {
                self.is_masked |= is_masked && fixed > 0;
                return Ok(Ok(fixed));
            }
        }
    }

    /// The pieces are lines, so old and new ones correspond.
    fn hunk(&mut self, window: &Window, quiet: usize, is_complete: bool) -> io::Result<()> {
        let mut pieces = window.pieces.iter();
        let changed = pieces.position(|piece| piece.new.is_some());
        let before = changed.unwrap_or_default();
        // Fewer context lines on one side mean the end of the file. So hunks that had to be split
        // have none.
        let is_whole = is_complete && (before == CONTEXT || window.before == 0);
        let (from, to) = if is_whole {
            (0, quiet.saturating_sub(CONTEXT))
        } else {
            (before, quiet)
        };
        let shown = window.pieces.len() - from - to;
        self.header(&[DiffOp::Equal {
            old_index: window.before + from,
            new_index: window.before + from,
            len: shown,
        }])?;
        for piece in window.pieces.iter().skip(from).take(shown) {
            match &piece.new {
                Some(new) => {
                    self.line(ChangeTag::Delete, &piece.old)?;
                    self.line(ChangeTag::Insert, new)?;
                }
                None => self.line(ChangeTag::Equal, &piece.old)?,
            }
        }
        Ok(())
    }

    /// The file is a single piece.
    fn hunks(&mut self, old: &[u8], new: &[u8]) -> io::Result<()> {
        let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            self.header(hunk.ops())?;
            for change in hunk.iter_changes() {
                self.line(change.tag(), change.value())?;
            }
        }
        Ok(())
    }

    fn header(&mut self, ops: &[DiffOp]) -> io::Result<()> {
        let style = self.style(AnsiColor::Cyan.on_default());
        let header = UnifiedHunkHeader::new(ops);
        writeln!(self.out, "{style}{header}{style:#}")
    }

    fn style(&self, style: Style) -> Style {
        if self.colored { style } else { Style::new() }
    }

    fn line(&mut self, tag: ChangeTag, line: &[u8]) -> io::Result<()> {
        let (style, mark) = match tag {
            ChangeTag::Delete => (self.style(AnsiColor::Red.on_default()), b'-'),
            ChangeTag::Insert => (self.style(AnsiColor::Green.on_default()), b'+'),
            ChangeTag::Equal => (Style::new(), b' '),
        };
        let ended = line.strip_suffix(b"\n");
        let line = ended.unwrap_or(line);
        let mut shown = vec![mark];
        if self.is_terminal {
            // A patch consists of bytes; text for people does not.
            let line = String::from_utf8_lossy(line);
            shown.extend(printable(line.trim_end_matches('\r')).as_bytes());
        } else {
            shown.extend(line);
        }
        write!(self.out, "{style}")?;
        self.out.write_all(&inert_bytes(&shown))?;
        writeln!(self.out, "{style:#}")?;
        if ended.is_none() {
            writeln!(self.out, "\\ No newline at end of file")?;
        }
        Ok(())
    }
}

/// A piece with secrets masked, and whether that changed it. Line ends are kept.
fn shown(piece: Piece) -> (Piece, bool) {
    let hidden = Hidden::of(&piece.old);
    let mut is_masked = false;
    let mut shown = |text: Vec<u8>| {
        let Cow::Owned(shown) = hidden.all(&text) else {
            return text;
        };
        is_masked = true;
        shown
    };
    let piece = Piece {
        old: shown(piece.old),
        new: piece.new.map(&mut shown),
        fixed: piece.fixed,
    };
    (piece, is_masked)
}
