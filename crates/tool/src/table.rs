//! Tables, as text and as Markdown.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use crate::text::brief;

/// Rows below a head. The number of rows is small.
pub(crate) struct Table {
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

pub(crate) enum Cell {
    /// Text of this program.
    Word(String),
    /// Text of a document, or of a user.
    Foreign(String),
    Number(usize),
}

impl From<&str> for Cell {
    fn from(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Foreign(words) => brief(words).into_owned(),
            Self::Number(number) => number.to_string(),
        }
    }

    fn markdown(&self) -> String {
        match self {
            // A code span, in which links, tags and mentions have no meaning.
            Self::Foreign(words) => code(&brief(words)),
            other => other.text().replace('|', "\\|"),
        }
    }
}

impl Table {
    /// Columns, separated by two spaces, numbers on the right. If they are too wide for the output,
    /// cells are wrapped; if that is not enough, the last column is cut into lines. Text of this
    /// program is broken at hyphens only if nothing else helps, and other text never: a path must
    /// stay in one piece.
    pub fn text(&self, most: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = self.lines(Cell::text);
        let most = most.unwrap_or(usize::MAX);
        let mut breaks = vec![false; lines.first().map_or(0, Vec::len)];
        let mut widths = fitting(&lines, &breaks, most);
        let mut below = Vec::new();
        if total(&widths) > most && !self.is_number(widths.len() - 1) {
            widths.pop();
            below = lines.iter_mut().filter_map(Vec::pop).collect();
        }
        if total(&widths) > most {
            breaks = (0..widths.len())
                .map(|column| self.is_ours(column))
                .collect();
            widths = fitting(&lines, &breaks, most);
        }
        for (line, cells) in lines.iter().enumerate() {
            let cells = cells.iter().zip(&widths).zip(&breaks);
            let cells: Vec<_> = cells
                .map(|((cell, width), breaks)| wrapped(cell, *breaks, *width))
                .collect();
            for row in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
                let row = cells.iter().enumerate().map(|(column, cell)| {
                    let part = cell.get(row).map_or("", |part| part);
                    let room = " ".repeat(widths[column].saturating_sub(part.width()));
                    if self.is_number(column) {
                        room + part
                    } else {
                        part.to_owned() + &room
                    }
                });
                let row = row.collect::<Vec<_>>().join("  ");
                writeln!(out, "{}", row.trim_end())?;
            }
            for part in below.get(line).map_or(Vec::new(), |cell| {
                wrapped(cell, false, most.saturating_sub(2))
            }) {
                writeln!(out, "  {part}")?;
            }
        }
        Ok(())
    }

    /// A table of GitHub Flavored Markdown.
    pub fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = self.lines(Cell::markdown);
        let rule = (0..self.head.len()).map(|column| {
            let colon = if self.is_number(column) { ":" } else { "" };
            format!("---{colon}")
        });
        lines.insert(1, rule.collect());
        let mut lines = lines.iter();
        lines.try_for_each(|line| writeln!(out, "| {} |", line.join(" | ")))
    }

    /// The head, if there is one, and all rows.
    fn lines(&self, words: fn(&Cell) -> String) -> Vec<Vec<String>> {
        let head: Vec<_> = self.head.iter().map(ToString::to_string).collect();
        let head = Some(head).filter(|head| !head.is_empty());
        let rows = self.rows.iter().map(|row| row.iter().map(words).collect());
        head.into_iter().chain(rows).collect()
    }

    fn is_number(&self, column: usize) -> bool {
        self.rows
            .iter()
            .any(|row| matches!(row.get(column), Some(Cell::Number(_))))
    }

    fn is_ours(&self, column: usize) -> bool {
        self.rows
            .iter()
            .all(|row| matches!(row.get(column), Some(Cell::Word(_))))
    }
}

/// The width of each column; the widest ones are reduced to fit, but not below their longest word.
fn fitting(lines: &[Vec<String>], breaks: &[bool], most: usize) -> Vec<usize> {
    let columns = breaks.len();
    let widest = |column: usize, width: &dyn Fn(&str) -> usize| {
        let cells = lines.iter().map(|line| width(&line[column]));
        cells.max().unwrap_or(0)
    };
    let least = |column: usize| {
        let part = |cell: &str| {
            parts(cell, breaks[column])
                .map(|(_, part)| part.width())
                .max()
        };
        widest(column, &|cell| part(cell).unwrap_or(0))
    };
    let least: Vec<_> = (0..columns).map(least).collect();
    let mut widths: Vec<_> = (0..columns)
        .map(|column| widest(column, &|cell| cell.width()))
        .collect();
    while total(&widths) > most {
        let mut can_shrink = (0..columns).filter(|column| widths[*column] > least[*column]);
        let Some(first) = can_shrink.next() else {
            break;
        };
        let widest = can_shrink.fold(first, |widest, column| {
            if widths[column] > widths[widest] {
                column
            } else {
                widest
            }
        });
        widths[widest] -= 1;
    }
    widths
}

/// The total width of the columns.
fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1)
}

/// A text wrapped to a width between its parts; a part that is wider has its own line.
fn wrapped(text: &str, at_hyphens: bool, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (space, part) in parts(text, at_hyphens) {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(part),
            Some(line) if line.width() + space.len() + part.width() <= width => {
                line.extend([space, part]);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}

/// The parts of a text that are not broken, with the space in front: words, or parts of words.
fn parts(text: &str, at_hyphens: bool) -> impl Iterator<Item = (&str, &str)> {
    text.split(' ')
        .enumerate()
        .flat_map(move |(word, letters)| {
            let length = letters.find('-').filter(|_| at_hyphens);
            let (first, rest) = letters.split_at(length.map_or(letters.len(), |length| length + 1));
            let space = if word > 0 { " " } else { "" };
            let rest = rest.split_inclusive('-').map(|part| ("", part));
            [(space, first)].into_iter().chain(rest)
        })
}

/// How tables write true and false.
pub(crate) fn yes(is: bool) -> &'static str {
    if is { "Yes" } else { "No" }
}

/// A code span in a table, delimited by more backticks than it contains.
pub(crate) fn code(text: &str) -> String {
    let longest = text
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') || text.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{}{gap}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let foreign = |text: &str| Cell::Foreign(text.to_owned());
        Table {
            head: vec!["Name", "Count"],
            rows: vec![
                vec![foreign("`हिं` | @her"), 7.into()],
                vec![foreign("<b>"), 12.into()],
            ],
        }
    }

    #[test]
    fn text_is_aligned_by_what_is_seen() {
        let mut out = Vec::new();
        table().text(None, &mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "Name         Count\n`हिं` | @her      7\n<b>             12\n"
        );
    }

    #[test]
    fn narrow_tables_are_broken_between_words() {
        let table = Table {
            head: vec!["Action", "Id", "Seen"],
            rows: vec![
                vec![
                    "Photo with Location".into(),
                    "photoWithLocation".into(),
                    12.into(),
                ],
                vec!["Job".into(), "job".into(), 7.into()],
            ],
        };
        let text = |most| {
            let mut out = Vec::new();
            table.text(Some(most), &mut out).expect("memory takes it");
            String::from_utf8(out).expect("UTF-8")
        };
        let narrow = "\
Action      Id                 Seen
Photo with  photoWithLocation    12
Location
Job         job                   7
";
        assert_eq!(
            text(37),
            narrow
                .replace("Action      ", "Action        ")
                .replace("Photo with  ", "Photo with    ")
                .replace("Job         ", "Job           ")
        );
        assert_eq!(text(35), narrow);
        // A word is never broken, even if it is too wide.
        for most in 2..80 {
            let text = text(most);
            for word in ["Photo", "with", "Location", "photoWithLocation", "12"] {
                assert!(text.contains(word), "{text}");
            }
            let widest = text.lines().map(str::width).max();
            assert!(widest <= Some(most.max(33)), "{most}: {text}");
        }
        let table = Table {
            head: vec!["Name", "Seen"],
            rows: vec![vec!["unsupported-method".into(), 3.into()]],
        };
        let mut out = Vec::new();
        table.text(Some(20), &mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "Name            Seen\nunsupported-       3\nmethod\n"
        );
        let table = Table {
            head: vec!["Rule", "First"],
            rows: vec![vec!["KZ301".into(), "a/long/path.json:1:34".into()]],
        };
        let mut out = Vec::new();
        table.text(Some(25), &mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "Rule\n  First\nKZ301\n  a/long/path.json:1:34\n"
        );
    }

    #[test]
    fn foreign_words_stay_in_their_cell_of_a_markdown_table() {
        let mut out = Vec::new();
        table().markdown(&mut out).expect("memory takes it");
        let expected =
            "| Name | Count |\n| --- | ---: |\n| `` `हिं` \\| @her `` | 7 |\n| `<b>` | 12 |\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
