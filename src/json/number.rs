//! Numbers, with the differences between spellings that JSON Schema does not see.

use serde_json::Value;

use super::string::{Problem, width};

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
    pub fn read(text: &str) -> (Self, bool) {
        if let Ok(integer) = text.parse() {
            return (Self::Integer(integer), true);
        }
        let double = text.parse().unwrap_or(f64::INFINITY);
        let fits = double.is_finite() && text.contains(['.', 'e', 'E']);
        (Self::Double(double), fits)
    }

    /// Whether JSON Schema calls it an integer: `10.0` is one.
    pub fn is_integer(self) -> bool {
        match self {
            Self::Integer(_) => true,
            Self::Double(double) => double.fract() == 0.0,
        }
    }

    /// The double next to it.
    pub fn to_f64(self) -> f64 {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "says so")]
            Self::Integer(integer) => integer as f64,
            Self::Double(double) => double,
        }
    }

    pub fn to_value(self) -> Value {
        match self {
            Self::Integer(integer) => integer.into(),
            Self::Double(double) => double.into(),
        }
    }
}

/// Where the number ends that begins at `start`, by the grammar of JSON, and whether it has neither
/// fraction nor exponent.
#[inline]
pub fn scan(text: &[u8], start: usize) -> Result<(usize, bool), Problem> {
    let byte = |at: usize| text.get(at).copied();
    let digits = |at: usize, problem, help| {
        let end = (at..).find(|at| !byte(*at).is_some_and(|byte| byte.is_ascii_digit()));
        let end = end.filter(|end| *end > at);
        end.ok_or_else(|| (at..text.len().min(at + width(&text[at..])), problem, help))
    };
    let first = start + usize::from(byte(start) == Some(b'-'));
    let mut end = digits(first, "no digit after the minus sign", "write a digit")?;
    if end > first + 1 && byte(first) == Some(b'0') {
        let help = "remove them, or write a string";
        return Err((start..end, "a number with leading zeros", help));
    }
    let whole = end;
    if byte(end) == Some(b'.') {
        let help = "write one, or remove the point";
        end = digits(end + 1, "no digit after the decimal point", help)?;
    }
    if matches!(byte(end), Some(b'e' | b'E')) {
        let at = end + 1 + usize::from(matches!(byte(end + 1), Some(b'+' | b'-')));
        let help = "write one, or remove the exponent";
        end = digits(at, "no digit in the exponent", help)?;
    }
    Ok((end, end == whole))
}
