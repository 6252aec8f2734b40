//! Recognises files that are not text: compressed, or of another kind. It unpacks nothing.

/// What a file is instead of JSON, and how to fix that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Packed {
    /// With its article, as in `a ZIP archive`.
    pub name: &'static str,
    /// How to fix it.
    pub help: &'static str,
}

const UNPACK: &str = "unpack it first";
const FILES: &str = "unpack it, and lint the files in it";
const EXPORT: &str = "export it as JSON, a body on each line";
const LOST: &str = "its bytes are lost: take it from where it came from, unpacked";

/// The known kinds, by their first bytes.
const STARTS: &[(&[u8], &str, &str)] = &[
    (b"\x1F\x8B", "gzip", UNPACK),
    (b"\x1F\xEF\xBF\xBD", "gzip that was read as text", LOST),
    (b"\x1F\xC2\x8B", "gzip that was read as text", LOST),
    (b"H4sI", "gzip in base64", "decode it, and unpack it"),
    (b"\x28\xB5\x2F\xFD", "Zstandard", UNPACK),
    (b"KLUv/", "Zstandard in base64", "decode it, and unpack it"),
    (b"BZh", "bzip2", UNPACK),
    (b"\xFD7zXZ\0", "xz", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", FILES),
    (b"PK\x03\x04", "a ZIP archive", FILES),
    (b"PK\x05\x06", "a ZIP archive", FILES),
    (
        b"UEsDB",
        "a ZIP archive in base64",
        "decode it, and unpack it",
    ),
    (b"PAR1", "a Parquet file", EXPORT),
    (b"Obj\x01", "an Avro file", EXPORT),
    (b"ORC", "an ORC file", EXPORT),
    (b"SQLite format 3\0", "an SQLite database", EXPORT),
];

/// What kind of packed file this is; `None` for any other text.
///
/// ```
/// use kaizala_actions::lint::packed;
///
/// assert_eq!(packed(b"PK\x03\x04\x14").map(|packed| packed.name), Some("a ZIP archive"));
/// assert_eq!(packed(b"{}"), None);
/// ```
#[must_use]
pub fn packed(text: &[u8]) -> Option<Packed> {
    // Most texts begin so.
    if let Some(b'{' | b'[' | b' ' | b'\n') | None = text.first() {
        return None;
    }
    let found = STARTS.iter().find(|(start, ..)| text.starts_with(start));
    found.map(|&(_, name, help)| Packed { name, help })
}
