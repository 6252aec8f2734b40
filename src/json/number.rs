//! Numbers, with the differences between spellings that JSON Schema does not see.

use serde_json::Value;

/// A number as it was written and as far as it could be held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Written without fraction and exponent, within int64.
    Integer(i64),
    /// Written as a double; or an integer beyond int64, which then is a flaw.
    Double(f64),
}

impl Number {
    /// Reads a JSON number; `None` where neither int64 nor a double can hold it.
    #[must_use]
    pub fn read(text: &str) -> (Self, bool) {
        if let Ok(integer) = text.parse() {
            return (Self::Integer(integer), true);
        }
        let double = text.parse().unwrap_or(f64::INFINITY);
        let fits = double.is_finite() && text.contains(['.', 'e', 'E']);
        (Self::Double(double), fits)
    }

    /// Whether JSON Schema calls it an integer: `10.0` is one.
    #[must_use]
    pub fn is_integer(self) -> bool {
        match self {
            Self::Integer(_) => true,
            Self::Double(double) => double.fract() == 0.0,
        }
    }

    /// The integer that it is by its value, within int64.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            // Printed without exponent, a double is exact, and the parser knows the bounds.
            Self::Double(double) => format!("{double:.0}").parse().ok(),
        }
    }

    /// The double next to it.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "says so")]
            Self::Integer(integer) => integer as f64,
            Self::Double(double) => double,
        }
    }

    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Integer(integer) => integer.into(),
            Self::Double(double) => double.into(),
        }
    }
}
