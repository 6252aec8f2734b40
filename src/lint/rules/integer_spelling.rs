//! A whole number is written as a fraction or with an exponent.
//!
//! Reported by: `src/lint/walk.rs`.

use super::prelude::*;
use crate::json::{Cursor, Number};
use crate::lint::rules::number_range;

pub static RULE: Rule = Rule {
    id: "KZ306",
    name: "integer-spelling",
    severity: Severity::Warning,
    in_responses: None,
    summary: "A whole number is written as a fraction or with an exponent.",
    why: "To JSON Schema `10.0` is an integer, to most typed readers it is not.",
    bad: Example::post(job!(r#","dueDate":10.0"#)),
    good: Example::post(job!(r#","dueDate":10"#)),
    sources: &["SW"],
    decisions: &["D-33"],
};

/// Looks at a number where the contract expects an integer, and makes it one.
pub fn check(node: Node<'_>, text: &[u8], at: &Pointer<'_>, sink: &mut Sink) {
    let Data::Number(number @ (Number::Double(_) | Number::Fraction(_))) = node.data() else {
        return;
    };
    if node.is_flawed() || !number.is_integer() {
        return;
    }
    let Some(integer) = number.to_i64() else {
        sink.report(&number_range::RULE, &node, || {
            number_range::finding(node, at)
        });
        return node.make_flawed();
    };
    sink.report(&RULE, &node, || {
        let spelling = integer.to_string();
        let written = part(text, &node.span()).and_then(decimal);
        let is_exact = written.is_some_and(|written| decimal(&spelling) == Some(written));
        let help = format!("write {integer}");
        let fix = is_exact.then(|| Fix::replace(&*help, &node.span(), &*spelling));
        let message = "a whole number with a fraction or an exponent";
        let draft = RULE.draft(at.clone(), node.span(), message);
        draft.expected(spelling).fix(fix).help(help)
    });
    node.make_whole();
}

/// A JSON number as digits and a power of ten, the same for all spellings: a double may have fewer
/// digits than what was written.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let parts = Cursor::new(text.as_bytes(), 0).numeral().ok()?;
    let digits = text[..parts.fraction].replace(['-', '.'], "");
    let significant = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    // After the letter, if there is one.
    let exponent = text.get(parts.fraction + 1..).unwrap_or("0");
    let decimals = (parts.fraction - parts.integer).saturating_sub(1);
    let power = exponent
        .parse::<i64>()
        .ok()?
        .checked_sub(i64::try_from(decimals).ok()?)?
        .checked_add(zeros)?;
    match significant.trim_start_matches('0') {
        "" => Some((false, String::new(), 0)),
        significant => Some((text.starts_with('-'), significant.to_owned(), power)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number_are_the_same_and_others_are_not() {
        for (one, other) in [
            ("10.0", "10"),
            ("1e1", "10"),
            ("-0.0", "0"),
            ("1.50E+2", "150"),
            ("-12000e-3", "-12"),
        ] {
            assert_eq!(decimal(one), decimal(other), "{one}");
        }
        for (one, other) in [
            ("1.00000000000000000001", "1"),
            ("9007199254740993.0", "9007199254740992"),
            ("-1.0", "1"),
            ("10.0", "1"),
        ] {
            assert_ne!(decimal(one), decimal(other), "{one}");
        }
    }
}
