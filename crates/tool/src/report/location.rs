//! Paths as other programs want them: from the current directory where they are below it, and with
//! slashes.

use std::{
    fmt::Write as _,
    path::{Component, Path},
};

/// A path for a program that knows the files of the repository.
pub(crate) fn relative(path: &str, folder: &Path) -> String {
    let path = Path::new(path);
    // The empty folder is what is not known.
    let below = if folder.as_os_str().is_empty() {
        path
    } else {
        path.strip_prefix(folder).unwrap_or(path)
    };
    let mut names = Vec::new();
    let mut root = "";
    for component in below.components() {
        match component {
            Component::RootDir => root = "/",
            Component::CurDir => {}
            other => names.push(other.as_os_str().to_string_lossy()),
        }
    }
    format!("{root}{}", names.join("/"))
}

/// The same as a URI reference: relative, or of the scheme `file`.
pub(crate) fn uri(path: &str, folder: &Path) -> String {
    let path = relative(path, folder);
    let mut uri = if path.starts_with('/') {
        "file://".to_owned()
    } else {
        String::new()
    };
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            _ => {
                // Into a string, which takes everything.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
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
        ];
        for (path, expected) in table {
            assert_eq!(uri(path, folder), expected);
        }
        assert_eq!(relative("/home/her/a b.json", folder), "a b.json");
    }
}
