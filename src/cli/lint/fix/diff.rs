//! Shows what would be fixed, as a unified diff.

use std::{
    collections::VecDeque,
    error::Error,
    io::{self, IsTerminal as _, Write},
    time::Duration,
};

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::{
    super::{Exit, colored, complain, files, settings::Settings},
    Tally,
    pieces::{Piece, Pieces},
};
use crate::lint::printable;

/// Lines to show before and after a change.
const CONTEXT: usize = 3;

/// How many bytes to gather before they are shown, though more changes follow.
const MOST: usize = 1 << 20;

/// How long to look for the shortest difference; past that, any will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shows every change and makes none.
pub(in super::super) fn run(settings: &Settings, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let (mut tally, mut unread) = (Tally::default(), false);
    let mut diff = Diff { out, colored: colored(settings.args.color), is_terminal: io::stdout().is_terminal() };
    for source in files::sources(&settings.args.paths) {
        let path = source.name();
        let judge = settings.judge(&path);
        let pieces = source.open().and_then(|bytes| Pieces::new(bytes, judge.input, judge).map_err(|error| format!("{path}: {error}")));
        let shown = match pieces {
            Ok(pieces) => diff.file(&path, pieces)?,
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
    let _ = writeln!(io::stderr(), "{}", tally.in_words("would be fixed"));
    Ok(if unread {
        Exit::Failure
    } else if tally.findings > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

struct Diff<'o> {
    out: &'o mut dyn Write,
    colored: bool,
    is_terminal: bool,
}

/// Some lines that follow one another.
#[derive(Default)]
struct Window {
    pieces: VecDeque<Piece>,
    bytes: usize,
    /// Lines before it; as many in the old text as in the new one, since a piece that is a line stays one.
    before: usize,
    /// How many pieces follow the last that differs; none where none does.
    quiet: Option<usize>,
}

impl Window {
    fn push(&mut self, piece: Piece) {
        self.quiet = if piece.new.is_some() { Some(0) } else { self.quiet.map(|quiet| quiet + 1) };
        self.bytes += piece.old.len();
        self.pieces.push_back(piece);
        if self.quiet.is_none() {
            self.keep(CONTEXT);
        }
    }

    /// Forgets all but the last pieces.
    fn keep(&mut self, count: usize) {
        while self.pieces.len() > count {
            if let Some(piece) = self.pieces.pop_front() {
                self.bytes -= piece.old.len();
                self.before += piece.old.split(|byte| *byte == b'\n').count() - 1;
            }
        }
    }

    fn is_full(&self) -> bool {
        self.quiet.is_some_and(|quiet| quiet >= 2 * CONTEXT || self.bytes > MOST)
    }
}

impl Diff<'_> {
    /// How many findings are settled in a file, or why it could not be read.
    fn file(&mut self, path: &str, mut pieces: Pieces) -> io::Result<Result<usize, String>> {
        let (mut window, mut fixed) = (Window::default(), 0);
        loop {
            let piece = match pieces.next() {
                Ok(piece) => piece,
                Err(error) => return Ok(Err(format!("{path}: {error}"))),
            };
            let ended = piece.is_none();
            if let Some(piece) = piece {
                if fixed == 0 && piece.new.is_some() {
                    let bold = if self.colored { Style::new().bold() } else { Style::new() };
                    writeln!(self.out, "{bold}--- {0}{bold:#}\n{bold}+++ {0}{bold:#}", printable(path))?;
                }
                fixed += piece.fixed;
                window.push(piece);
            }
            if let Some(quiet) = window.quiet.filter(|_| ended || window.is_full()) {
                self.hunks(&window)?;
                window.keep(quiet.saturating_sub(CONTEXT).min(CONTEXT));
                window.quiet = None;
            }
            if ended {
                return Ok(Ok(fixed));
            }
        }
    }

    fn hunks(&mut self, window: &Window) -> io::Result<()> {
        let old = window.pieces.iter().map(|piece| &piece.old[..]).collect::<Vec<_>>().concat();
        let new = window.pieces.iter().map(|piece| &piece.new.as_ref().unwrap_or(&piece.old)[..]).collect::<Vec<_>>().concat();
        let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(&old[..], &new[..]);
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            let (Some(first), Some(last)) = (hunk.ops().first(), hunk.ops().last()) else { continue };
            let range = |from: usize, to: usize| match to - from {
                // By the format's rule: where there is no line, the one before.
                0 => format!("{},0", window.before + from),
                1 => format!("{}", window.before + from + 1),
                count => format!("{},{count}", window.before + from + 1),
            };
            let old = range(first.old_range().start, last.old_range().end);
            let new = range(first.new_range().start, last.new_range().end);
            let header = format!("@@ -{old} +{new} @@");
            self.line(AnsiColor::Cyan, "", header.as_bytes(), false)?;
            for change in hunk.iter_changes() {
                let (color, mark) = match change.tag() {
                    ChangeTag::Delete => (Some(AnsiColor::Red), "-"),
                    ChangeTag::Insert => (Some(AnsiColor::Green), "+"),
                    ChangeTag::Equal => (None, " "),
                };
                let line: &[u8] = change.value();
                let (line, ended) = line.strip_suffix(b"\n").map_or((line, false), |line| (line, true));
                self.line(color, mark, line, !ended)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, color: impl Into<Option<AnsiColor>>, mark: &str, line: &[u8], unended: bool) -> io::Result<()> {
        let style = color.into().filter(|_| self.colored).map_or(Style::new(), AnsiColor::on_default);
        write!(self.out, "{style}{mark}")?;
        if self.is_terminal {
            // A patch is made of bytes; what people look at is not.
            write!(self.out, "{}", printable(String::from_utf8_lossy(line).trim_end_matches('\r')))?;
        } else {
            self.out.write_all(line)?;
        }
        writeln!(self.out, "{style:#}")?;
        if unended { writeln!(self.out, "\\ No newline at end of file") } else { Ok(()) }
    }
}
