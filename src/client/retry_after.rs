//! How long a throttled caller has to wait.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The date formats that RFC 9110 requires recipients to understand.
const DATES: [&str; 3] = [
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
];

/// The time to wait by `Retry-After`: the longest if there are several; `None` if it is absent, or
/// neither a number of seconds nor a date.
pub(super) fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let values = headers.get_all(RETRY_AFTER).iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    texts.filter_map(|text| wait(text.trim(), now)).max()
}

fn wait(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    if !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit()) {
        // A number that is too large to represent is longer than anyone would wait.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    // The service only documents seconds; a proxy in front of it may send a date.
    let mut dates = DATES.iter();
    let date = dates.find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    // A date in the past is ignored.
    Some((date.and_utc() - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_understood_however_large() {
        let now = DateTime::from_timestamp(1_514_764_800, 0).unwrap();
        let table = [
            ("30", Some(30)),
            (" 0 ", Some(0)),
            ("18446744073709551615", Some(u64::MAX)),
            ("99999999999999999999", Some(u64::MAX)),
            ("Mon, 01 Jan 2018 00:01:00 GMT", Some(60)),
            ("Monday, 01-Jan-18 00:01:00 GMT", Some(60)),
            ("Mon Jan  1 00:01:00 2018", Some(60)),
            ("Sun, 31 Dec 2017 00:00:00 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(251_887_535_999)),
            ("soon", None),
            ("-1", None),
            ("1.5", None),
            ("", None),
        ];
        for (text, expected) in table {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().unwrap())]);
            let seconds = retry_after(&headers, now).map(|wait| wait.as_secs());
            assert_eq!(seconds, expected, "{text}");
        }
    }

    #[test]
    fn the_longest_of_several_holds() {
        let fields = ["1", "99999999999999999999", "2"];
        let fields = fields.map(|text| (RETRY_AFTER, text.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(name, value);
        }
        assert_eq!(
            retry_after(&headers, DateTime::UNIX_EPOCH),
            Some(Duration::MAX)
        );
    }
}
