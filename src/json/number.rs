//! Numbers, with differences in spelling that JSON Schema does not see.

use serde_json::Value;

/// A number as it was written, as far as it can be held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Written without fraction and exponent, within int64.
    Integer(i64),
    /// Written as a double, or an integer beyond int64, which is a flaw.
    Double(f64),
    /// A fraction that a double rounds to a whole number, such as `1e-400`.
    Fraction(f64),
}

impl Number {
    /// Reads a JSON number; `None` if neither int64 nor a double can hold it.
    #[must_use]
    pub fn read(text: &str) -> (Self, bool) {
        if let Ok(integer) = text.parse() {
            return (Self::Integer(integer), true);
        }
        let double: f64 = text.parse().unwrap_or(f64::INFINITY);
        let fits = double.is_finite() && text.contains(['.', 'e', 'E']);
        if fits && double.fract() == 0.0 && !is_whole(text) {
            return (Self::Fraction(double), fits);
        }
        (Self::Double(double), fits)
    }

    /// Whether JSON Schema calls it an integer: `10.0` is one.
    #[must_use]
    pub fn is_integer(self) -> bool {
        match self {
            Self::Integer(_) => true,
            Self::Double(double) => double.fract() == 0.0,
            Self::Fraction(_) => false,
        }
    }

    /// Its integer value, if it is within int64.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            // A double that is printed without an exponent is exact, and the parser checks the
            // bounds.
            Self::Double(double) => format!("{double:.0}").parse().ok(),
            Self::Fraction(_) => None,
        }
    }

    /// The nearest double.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "says so")]
            Self::Integer(integer) => integer as f64,
            Self::Double(double) | Self::Fraction(double) => double,
        }
    }

    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Integer(integer) => integer.into(),
            Self::Double(double) | Self::Fraction(double) => double.into(),
        }
    }
}

/// Whether a number with a fraction or an exponent is whole: after moving the point by the
/// exponent, all digits behind it are zeros.
fn is_whole(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = integer.trim_start_matches('-').len() + fraction.len();
    let zeros = fraction.bytes().rev().take_while(|it| *it == b'0').count();
    let zeros = if zeros < fraction.len() {
        zeros
    } else {
        zeros + integer.bytes().rev().take_while(|it| *it == b'0').count()
    };
    // If no integer holds the exponent, only its sign matters.
    let is_small = exponent.starts_with('-');
    let exponent = exponent
        .parse()
        .unwrap_or(if is_small { i64::MIN } else { i64::MAX });
    let behind = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let behind = behind.saturating_sub(exponent);
    zeros == digits || i64::try_from(zeros).is_ok_and(|zeros| behind <= zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_double_rounds_to_a_whole_number_is_a_fraction() {
        let table = [
            ("1e-400", false),
            ("-1E-400", false),
            ("0e-400", true),
            ("0.0", true),
            ("10.0", true),
            ("1e1", true),
            ("1.50e1", true),
            ("1.05e1", false),
            ("100e-2", true),
            ("120e-2", false),
            ("1.0000000000000000000001", false),
            ("9007199254740993.5", false),
            ("1e-99999999999999999999", false),
            ("0e-99999999999999999999", true),
            ("1.5", false),
            ("12", true),
        ];
        for (text, expected) in table {
            assert_eq!(Number::read(text).0.is_integer(), expected, "{text}");
        }
    }
}
