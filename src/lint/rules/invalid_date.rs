//! A date does not exist in the calendar.
//!
//! Reported by: `x-kaizala-checks`.

use super::prelude::*;

pub static RULE: Rule = Rule {
    id: "KZ415",
    name: "invalid-date",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A date has the right form and does not exist, such as 30 February.",
    why: "The pattern of a date only limits each part by itself. Some readers refuse such a date, \
        and others read it as a day of the next month.",
    bad: Example::post(action!(
        "LetsMeet",
        r#""title":"Stand-up","startingTime":"2018-02-30T09:00:00Z""#
    )),
    good: Example::post(action!(
        "LetsMeet",
        r#""title":"Stand-up","startingTime":"2020-02-29T09:00:00Z""#
    )),
    sources: &["RFC 3339"],
    decisions: &["D-38"],
};

pub const CHECK: Check = Check::PostSchema(Guard::Text(is_in_calendar), |date, sink| {
    sink.report(&RULE, &date.node, || {
        let message = format!("{} is not a day of the calendar", excerpt(date.node));
        RULE.on_value(date.node, date.pointer, message)
            .expected("a day that the month has")
            .help("correct the day, or the month")
    });
});

/// Whether the date that a text begins with exists.
fn is_in_calendar(text: &str) -> bool {
    let mut parts = text.get(..10).unwrap_or_default().split('-');
    let mut number = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(), number(), number()) else {
        return true;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    day <= days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        let table = [
            ("2018-02-28", true),
            ("2018-02-29", false),
            ("2020-02-29", true),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("2018-04-31", false),
            ("2018-12-31", true),
            ("no date", true),
        ];
        for (date, expected) in table {
            assert_eq!(is_in_calendar(date), expected, "{date}");
        }
    }
}
