//! Paths as other programs want them: from the current directory where they are below it, and with
//! slashes.

use std::path::{Component, Path};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::name;

/// A path for a program that knows the files of the repository. The empty folder, which is one that
/// is not known, takes nothing away.
pub(crate) fn relative(path: &str, folder: &Path) -> String {
    let path = Path::new(path);
    let below = path.strip_prefix(name::of(folder)).unwrap_or(path);
    let names = below.components().filter_map(|part| match part {
        Component::RootDir | Component::CurDir => None,
        other => Some(other.as_os_str().to_string_lossy()),
    });
    let root = if below.has_root() { "/" } else { "" };
    root.to_owned() + &names.collect::<Vec<_>>().join("/")
}

/// What does not stand for itself in the path of a URI.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// The same as a URI reference, of the file itself: relative, or of the scheme `file`.
pub(crate) fn uri(path: &str, folder: &Path) -> String {
    let path = relative(path, folder);
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let file = name::path(&path);
    let bytes = file.as_os_str().as_encoded_bytes();
    format!("{scheme}{}", percent_encode(bytes, RESERVED))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_current_directory() {
        let folder = Path::new("/home/her");
        let table = [
            ("a/b.json", "a/b.json"),
            ("./a.json", "a.json"),
            ("../a.json", "../a.json"),
            ("/home/her/a b.json", "a%20b.json"),
            ("/tmp/a.json", "file:///tmp/a.json"),
            ("a:b|c.json", "a%3Ab%7Cc.json"),
            ("हिं.json", "%E0%A4%B9%E0%A4%BF%E0%A4%82.json"),
            ("<stdin>", "%3Cstdin%3E"),
            ("a\\xFF.json", "a%FF.json"),
            ("a\\x5CxFF.json", "a%5CxFF.json"),
        ];
        for (path, expected) in table {
            assert_eq!(uri(path, folder), expected);
        }
        assert_eq!(relative("/home/her/a b.json", folder), "a b.json");
    }
}
