//! The names of files in reports, as text; names that are not UTF-8 stay distinct.

use std::path::{Path, PathBuf};

/// The name of a file in reports. On Unix, names are bytes: one that is not UTF-8 is written as
/// `\xHH`, and so is a backslash that looks like the beginning of that.
pub(crate) fn of(path: &Path) -> String {
    #[cfg(unix)]
    {
        use std::fmt::Write as _;
        let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
        let mut name = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            let mut rest = chunk.valid();
            while let Some((before, after)) = rest.split_once('\\') {
                name += before;
                name += if escaped(after.as_bytes()).is_some() {
                    "\\x5C"
                } else {
                    "\\"
                };
                rest = after;
            }
            name += rest;
            for byte in chunk.invalid() {
                // Into a string, which takes everything.
                let _ = write!(name, "\\x{byte:02X}");
            }
        }
        name
    }
    #[cfg(not(unix))]
    path.display().to_string()
}

/// The file of this name.
pub(crate) fn path(name: &str) -> PathBuf {
    #[cfg(unix)]
    {
        let (mut bytes, mut rest) = (Vec::with_capacity(name.len()), name.as_bytes());
        while let Some((first, after)) = rest.split_first() {
            let byte = escaped(after).filter(|_| *first == b'\\');
            bytes.push(byte.unwrap_or(*first));
            rest = &after[byte.map_or(0, |_| 3)..];
        }
        PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
    }
    #[cfg(not(unix))]
    PathBuf::from(name)
}

/// The byte for `xHH` after a backslash.
#[cfg(unix)]
fn escaped(after: &[u8]) -> Option<u8> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    };
    match after {
        [b'x', high, low, ..] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_as_they_are_but_for_bytes_that_are_no_text() {
        let table: [(&[u8], &str); 6] = [
            (b"a/b.json", "a/b.json"),
            ("दर.json".as_bytes(), "दर.json"),
            (b"a\xff.json", "a\\xFF.json"),
            (b"a\\xFF.json", "a\\x5CxFF.json"),
            (b"a\\b\\xgg\\", "a\\b\\xgg\\"),
            (b"\\\\x41", "\\\\x5Cx41"),
        ];
        for (bytes, name) in table {
            assert_eq!(of(Path::new(OsStr::from_bytes(bytes))), name);
        }
    }

    proptest! {
        #[test]
        fn a_name_stands_for_one_file(pieces in prop::collection::vec(prop_oneof![
            any::<u8>().prop_map(|byte| vec![byte]),
            prop::sample::select(vec![b"\\".to_vec(), b"x".to_vec(), b"FF".to_vec(), b"\\x5C".to_vec(), vec![0xC3, 0xA9], vec![0xC3]]),
        ], 0..12)) {
            let bytes = pieces.concat();
            let file = Path::new(OsStr::from_bytes(&bytes));
            prop_assert_eq!(path(&of(file)), file);
        }
    }
}
