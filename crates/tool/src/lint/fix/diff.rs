//! Prints fixes as a unified diff.

use std::{
    collections::VecDeque,
    error::Error,
    io::{self, IsTerminal as _, Write},
};

use anstyle::{AnsiColor, Style};
use kaizala_actions::lint::printable;
use similar::{ChangeTag, DiffOp, udiff::UnifiedHunkHeader};

use super::{
    lines::{Change, Lines},
    pieces::Pieces,
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

/// Consecutive lines.
#[derive(Default)]
struct Window {
    changes: VecDeque<Change>,
    bytes: usize,
    /// The numbers of lines in front of it, before and after the fixes.
    before: [usize; 2],
    /// The number of lines after the last changed one; `None` if none is changed.
    quiet: Option<usize>,
}

impl Window {
    fn push(&mut self, change: Change) {
        self.quiet = match change.new {
            Some(_) => Some(0),
            None => self.quiet.map(|quiet| quiet + 1),
        };
        self.bytes += change.old.len();
        self.changes.push_back(change);
        if self.quiet.is_none() {
            self.keep(CONTEXT);
        }
    }

    /// Drops all but the last ones.
    fn keep(&mut self, count: usize) {
        let gone = self.changes.len().saturating_sub(count);
        for change in self.changes.drain(..gone) {
            self.bytes -= change.old.len();
            self.before = sum(self.before, change.lines());
        }
    }
}

fn sum(one: [usize; 2], other: [usize; 2]) -> [usize; 2] {
    [one[0] + other[0], one[1] + other[1]]
}

impl Diff<'_> {
    /// The number of fixed findings in a file, or why it could not be read.
    fn file(&mut self, path: &str, pieces: Pieces) -> io::Result<io::Result<usize>> {
        let (mut window, mut lines, mut has_begun) = (Window::default(), Lines::new(pieces), false);
        loop {
            let change = match lines.next() {
                Ok(change) => change,
                Err(error) => return Ok(Err(error)),
            };
            let ended = change.is_none();
            if change.as_ref().is_some_and(|change| change.is_long) {
                if let Some(quiet) = window.quiet.take() {
                    self.hunk(&window, quiet, false)?;
                }
                window.keep(0);
                window.before = sum(window.before, [1; 2]);
            } else if let Some(change) = change {
                if !has_begun && change.new.is_some() {
                    has_begun = true;
                    let bold = self.style(Style::new().bold());
                    writeln!(
                        self.out,
                        "{bold}--- {0}{bold:#}\n{bold}+++ {0}{bold:#}",
                        inert(&printable(path))
                    )?;
                }
                window.push(change);
            }
            if let Some(quiet) = window.quiet {
                // What follows cannot be part of the current hunk.
                let is_complete = ended || quiet > 2 * CONTEXT;
                if is_complete || window.bytes > MOST {
                    self.hunk(&window, quiet, is_complete)?;
                    window.keep(quiet.saturating_sub(CONTEXT).min(CONTEXT));
                    window.quiet = None;
                }
            }
            if ended {
                self.is_masked |= lines.is_masked && lines.fixed > 0;
                return Ok(Ok(lines.fixed));
            }
        }
    }

    fn hunk(&mut self, window: &Window, quiet: usize, is_complete: bool) -> io::Result<()> {
        let mut all = window.changes.iter();
        let first = all.position(|change| change.new.is_some());
        let before = first.unwrap_or_default();
        // Fewer context lines on one side mean the end of the file. So hunks that had to be split
        // have none.
        let is_whole = is_complete && (before == CONTEXT || window.before == [0; 2]);
        let (from, to) = if is_whole {
            (0, quiet.saturating_sub(CONTEXT))
        } else {
            (before, quiet)
        };
        let shown = window.changes.len() - from - to;
        let [old_index, new_index] = sum(window.before, [from; 2]);
        let shown = window.changes.iter().skip(from).take(shown);
        let lines = shown.clone().map(Change::lines).fold([0; 2], sum);
        self.header(&[DiffOp::Replace {
            old_index,
            old_len: lines[0],
            new_index,
            new_len: lines[1],
        }])?;
        for change in shown {
            match &change.new {
                Some(new) => {
                    self.lines(ChangeTag::Delete, &change.old)?;
                    self.lines(ChangeTag::Insert, new)?;
                }
                None => self.lines(ChangeTag::Equal, &change.old)?,
            }
        }
        Ok(())
    }

    fn lines(&mut self, tag: ChangeTag, text: &[u8]) -> io::Result<()> {
        let mut lines = text.split_inclusive(|byte| *byte == b'\n');
        lines.try_for_each(|line| self.line(tag, line))
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
