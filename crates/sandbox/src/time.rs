//! Times: what the clock says, and how the contract writes it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Where a deterministic clock starts: 2018-01-01T00:00:00Z, when the service was in use.
const START: i64 = 1_514_764_800;

/// The last second whose year has four digits, as the contract wants of a date.
const LAST: i64 = 253_402_300_799;

/// What gives the times of actions and responses.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clock {
    System,
    /// A second passes with each action and each response.
    Counting,
}

impl Clock {
    /// Epoch seconds, once so many things have happened.
    pub fn now(self, happened: u64) -> i64 {
        match self {
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |time| time.as_secs().cast_signed()),
            Self::Counting => START.saturating_add_unsigned(happened),
        }
    }
}

/// A time some hours after another, no later than dates can be written.
pub(super) fn hours_later(time: i64, hours: i64) -> i64 {
    time.saturating_add(hours.saturating_mul(3600)).min(LAST)
}

/// Epoch seconds in ISO 8601.
pub(super) fn iso(time: i64) -> String {
    let (days, second) = (time.div_euclid(86_400), time.rem_euclid(86_400));
    let (year, month, day) = date(days);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// The date of a day counted from 1970-01-01:
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (
        year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day_of_year - (153 * from_march + 2) / 5 + 1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (time, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (START, "2018-01-01T00:00:00Z"),
            (951_868_799, "2000-02-29T23:59:59Z"),
            (1_480_931_759, "2016-12-05T09:55:59Z"),
            (LAST, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(iso(time), text);
        }
        assert_eq!(iso(hours_later(START, i64::MAX)), "9999-12-31T23:59:59Z");
    }
}
