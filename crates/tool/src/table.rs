//! Tables, as text and as Markdown.

use std::{
    io::{self, Write},
    iter,
};

use unicode_width::UnicodeWidthStr as _;

use crate::text::brief;

/// Rows below a head; no more of them than somebody would read.
pub(crate) struct Table {
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

pub(crate) enum Cell {
    /// Words of this program.
    Word(String),
    /// Words of a document, or of whoever named it.
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
            // A code span, in which neither a link, nor a tag, nor the name of a person means
            // anything.
            Self::Foreign(words) => code(&brief(words)),
            other => other.text().replace('|', "\\|"),
        }
    }
}

impl Table {
    /// Columns with two spaces between, numbers to the right.
    pub fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.lines(Cell::text);
        let width = |column: usize| lines.iter().map(|line| line[column].width()).max();
        let widths: Vec<_> = (0..self.head.len()).filter_map(width).collect();
        for line in &lines {
            let cells = line.iter().enumerate().map(|(column, cell)| {
                let room = " ".repeat(widths[column] - cell.width());
                if self.is_number(column) {
                    room + cell
                } else {
                    cell.clone() + &room
                }
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            writeln!(out, "{}", line.trim_end())?;
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

    /// The head and all rows.
    fn lines(&self, words: fn(&Cell) -> String) -> Vec<Vec<String>> {
        let head = self.head.iter().map(ToString::to_string).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(words).collect());
        iter::once(head).chain(rows).collect()
    }

    fn is_number(&self, column: usize) -> bool {
        self.rows
            .iter()
            .any(|row| matches!(row.get(column), Some(Cell::Number(_))))
    }
}

/// How tables say whether something is so.
pub(crate) fn yes(is: bool) -> &'static str {
    if is { "Yes" } else { "No" }
}

/// A code span in a table: between more backticks than there are anywhere inside.
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
        table().text(&mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "Name         Count\n`हिं` | @her      7\n<b>             12\n"
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
