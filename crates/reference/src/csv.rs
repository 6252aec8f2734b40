//! Comma-separated values, as RFC 4180 has them.

use std::io::{self, Write};

/// Writes a record: its fields and the end of its line.
pub(crate) fn record<'f>(
    fields: impl IntoIterator<Item = &'f str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        if field.contains(['"', ',', '\r', '\n']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_csv_is_quoted() {
        let table: [(&[&str], &str); 6] = [
            (&["Let's Meet", "letsmeet"], "Let's Meet,letsmeet\r\n"),
            (&["", "Contact", ""], ",Contact,\r\n"),
            (&["a,b", "c"], "\"a,b\",c\r\n"),
            (&["say \"no\"", "c"], "\"say \"\"no\"\"\",c\r\n"),
            (&["two\nlines"], "\"two\nlines\"\r\n"),
            (&["two\rlines"], "\"two\rlines\"\r\n"),
        ];
        for (fields, line) in table {
            let mut out = Vec::new();
            let written = record(fields.iter().copied(), &mut out);
            assert!(written.is_ok(), "{fields:?}");
            assert_eq!(String::from_utf8_lossy(&out), line);
        }
    }
}
