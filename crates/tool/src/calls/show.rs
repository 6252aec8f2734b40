//! Prints answers of the service. They may contain anything, so control characters are escaped.

use std::{
    borrow::Cow,
    fmt::Write as _,
    io::{self, Write},
};

use kaizala_actions::{lint::printable, types::ListedAction};
use serde::Serialize;
use serde_json::Value;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::inert::inert;

/// Pretty JSON.
pub(crate) fn json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    text.lines()
        .try_for_each(|line| writeln!(out, "{}", inert(&escaped(line))))
}

/// A line of JSON.
pub(crate) fn line(action: &ListedAction, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", inert(&escaped(&serde_json::to_string(action)?)))
}

/// The same JSON, with escapes for characters that a terminal may interpret.
fn escaped(line: &str) -> Cow<'_, str> {
    if matches!(printable(line), Cow::Borrowed(_)) {
        return line.into();
    }
    let mut safe = String::with_capacity(line.len());
    for letter in line.chars() {
        if matches!(printable(letter.encode_utf8(&mut [0; 4])), Cow::Borrowed(_)) {
            safe.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe.into()
}

/// The columns that all listed types share, and their widths; the body follows.
const COLUMNS: [(&str, usize); 3] = [("Sent", 20), ("Sender", 15), ("Reference", 36)];

/// The maximum width of a body.
const WIDEST_BODY: usize = 100;

/// The width of the columns in front of the body, with separators.
const COLUMNS_WIDTH: usize = COLUMNS[0].1 + COLUMNS[1].1 + COLUMNS[2].1 + 6;

/// The minimum useful width of a body.
const NARROWEST_BODY: usize = 20;

pub(crate) fn heading(columns: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    laid_out(COLUMNS.map(|(title, _)| title.into()), "Body", columns, out)
}

/// A line of the table, or several lines in a narrow terminal.
pub(crate) fn row(
    action: &ListedAction,
    columns: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sent = action
        .time()
        .map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string());
    let cells = [sent.as_deref(), action.sender(), action.reference_id()];
    let cells = cells.map(|text| printable(text.unwrap_or("-")).into_owned());
    let action = serde_json::to_value(action)?;
    laid_out(cells, &body(&action["actionBody"]), columns, out)
}

/// Cells in their columns and a body, for a terminal of this width.
fn laid_out(
    [sent, sender, reference]: [String; 3],
    body: &str,
    columns: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let room = columns.map_or(WIDEST_BODY, |columns| columns.saturating_sub(COLUMNS_WIDTH));
    let padded = |text: &str, width: usize| {
        let padding = width.saturating_sub(text.width());
        format!("{text}{:padding$}  ", "")
    };
    let [sent_width, sender_width, reference_width] = COLUMNS.map(|(_, width)| width);
    let sent = padded(&sent, sent_width);
    let line = if room >= NARROWEST_BODY {
        let sender = padded(&sender, sender_width);
        let reference = padded(&reference, reference_width);
        let body = cut(body, room.min(WIDEST_BODY));
        format!("{sent}{sender}{reference}{body}\n")
    } else {
        let body = cut(body, columns.unwrap_or(WIDEST_BODY).saturating_sub(2 + 1));
        format!("{sent}{sender}\n  {reference}\n  {body}\n")
    };
    // The output may be in a CI log.
    out.write_all(inert(&line).as_bytes())
}

/// `title: Check the doors, responseCount: 1`.
fn body(body: &Value) -> String {
    let Some(members) = body.as_object() else {
        return printable(&body.to_string()).into_owned();
    };
    let words = members.iter().map(|(name, value)| match value {
        Value::String(text) => format!("{name}: {text}"),
        other => format!("{name}: {other}"),
    });
    printable(&words.collect::<Vec<_>>().join(", ")).into_owned()
}

fn cut(text: &str, widest: usize) -> Cow<'_, str> {
    let mut width = 0;
    let end = text.char_indices().find(|(_, letter)| {
        width += letter.width().unwrap_or(0);
        width > widest
    });
    match end {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_meaning_and_loses_its_controls() {
        let value = serde_json::json!({"title": "a\u{1b}[2J\u{9b}\u{202e}b\u{e0001}é"});
        let mut out = Vec::new();
        json(&value, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("\\u001b[2J\\u009b\\u202eb"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
