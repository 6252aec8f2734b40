//! Parsers of values that only `proxy` has.

use clap::ValueEnum as _;
use kaizala_actions::operation::OperationId;

use crate::lint::ModeName;

/// An operation with one mode or two.
pub(super) fn operation(text: &str) -> Result<(OperationId, (ModeName, ModeName)), String> {
    let (name, modes) = text
        .split_once('=')
        .ok_or("write OPERATION=MODE, as in postAction=enforce")?;
    let id = name
        .parse::<OperationId>()
        .map_err(|error| error.to_string())?;
    let mode = |name: &str| {
        let mode = ModeName::from_str(name, false);
        mode.map_err(|_| "a mode is off, observe or enforce".to_owned())
    };
    let (requests, responses) = modes.split_once(',').unwrap_or((modes, modes));
    Ok((id, (mode(requests)?, mode(responses)?)))
}

/// A number of bytes, with `K`, `M` or `G` for powers of 1000.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" => 1_000,
        "M" | "MB" => 1_000_000,
        "G" | "GB" => 1_000_000_000,
        _ => 0,
    };
    let bytes = digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor));
    let bytes = bytes.filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| WANTED_SIZE.to_owned())
}

/// The same for what has to fit into memory.
pub(super) fn memory(text: &str) -> Result<usize, String> {
    size(text)?.try_into().map_err(|_| WANTED_SIZE.to_owned())
}

const WANTED_SIZE: &str = "write a number of bytes, as in 100M";

/// A time limit. None would be reached at once.
pub(super) fn seconds(text: &str) -> Result<u64, String> {
    let number = text.parse::<u32>().ok().filter(|number| *number > 0);
    let wanted = "write a number of seconds, from 1 on";
    number.map(u64::from).ok_or_else(|| wanted.to_owned())
}

/// A share of the exchanges.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text
        .parse()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1, as in 0.01".to_owned())
}

/// The beginning of an absolute URI.
pub(super) fn beginning(text: &str) -> Result<String, String> {
    let is_uri = text.contains(':') && text.bytes().all(|byte| byte.is_ascii_graphic());
    let wanted = "write a URL, as in https://docs.example/rules.html#";
    is_uri
        .then(|| text.to_owned())
        .ok_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use kaizala_actions_proxy::Mode;

    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, expected) in [
            ("1", Some(1)),
            ("100M", Some(100_000_000)),
            ("2kb", Some(2000)),
            ("3G", Some(3_000_000_000)),
            ("0", None),
            ("", None),
            ("M", None),
            ("1X", None),
            ("-1", None),
            ("99999999999G", None),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn a_time_is_not_over_at_once_and_a_share_is_a_part() {
        for (text, expected) in [
            ("1", Some(1)),
            ("300", Some(300)),
            ("0", None),
            ("1s", None),
        ] {
            assert_eq!(seconds(text).ok(), expected, "{text}");
        }
        for (text, expected) in [
            ("0.01", true),
            ("1", true),
            ("1.5", false),
            ("a", false),
            ("NaN", false),
        ] {
            assert_eq!(share(text).is_ok(), expected, "{text}");
        }
        for (text, expected) in [
            ("https://a/b#", true),
            ("urn:a:", true),
            ("a", false),
            ("a: b", false),
        ] {
            assert_eq!(beginning(text).is_ok(), expected, "{text}");
        }
    }

    #[test]
    fn an_operation_has_one_mode_or_two() {
        for (text, expected) in [
            ("postAction=enforce", Some((Mode::Enforce, Mode::Enforce))),
            ("listActions=off,observe", Some((Mode::Off, Mode::Observe))),
            ("postAction", None),
            ("postAction=loud", None),
            ("post=off", None),
        ] {
            let read = operation(text).ok();
            let modes = read.map(|(_, (requests, responses))| (requests.into(), responses.into()));
            assert_eq!(modes, expected, "{text}");
        }
    }
}
