//! Times in the format of the contract.

use chrono::{DateTime, SecondsFormat};

/// The last second of a year with four digits, which the contract requires.
const LAST: i64 = 253_402_300_799;

/// Epoch seconds in ISO 8601; limited to the last valid time.
pub(super) fn iso(time: i64) -> String {
    let time = DateTime::from_timestamp(time.min(LAST), 0).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_a_year_of_four_digits() {
        for (time, text) in [
            (1_514_764_800, "2018-01-01T00:00:00Z"),
            (1_480_931_759, "2016-12-05T09:55:59Z"),
            (i64::MAX, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(iso(time), text);
        }
    }
}
