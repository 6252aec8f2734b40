//! Comma-separated values, as RFC 4180 has them.

/// A record: its fields and the end of its line.
pub(super) fn record<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let quoted = |field: &str| {
        if field.contains(['"', ',', '\r', '\n']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            field.to_owned()
        }
    };
    let fields: Vec<_> = fields.into_iter().map(quoted).collect();
    format!("{}\r\n", fields.join(","))
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
            assert_eq!(record(fields.iter().copied()), line);
        }
    }
}
