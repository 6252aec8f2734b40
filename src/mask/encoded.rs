//! Secrets in base64 that is part of a text without other encodings.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

/// Texts are compared without regard to case, and with a space for a plus sign, as forms write it.
pub(super) fn folded(text: &[u8]) -> Box<[u8]> {
    text.iter().copied().map(fold).collect()
}

fn fold(byte: u8) -> u8 {
    match byte {
        b'+' => b' ',
        byte => byte.to_ascii_lowercase(),
    }
}

/// The base64 forms of a secret inside of any text: one for each alignment in a group of three
/// bytes, in both alphabets.
pub(super) fn base64(secret: &[u8]) -> impl Iterator<Item = Box<[u8]>> {
    let shifted = |before: usize| [&vec![0; before][..], secret].concat();
    (0..3).flat_map(move |before| {
        let bytes = shifted(before);
        // Only the letters whose bits all belong to the secret.
        let letters = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
        [BASE64_NOPAD, BASE64URL_NOPAD]
            .map(|engine| folded(&engine.encode(&bytes).as_bytes()[letters.clone()]))
    })
}

/// The text of a JSON string with this content; the content itself if that is not valid.
pub(super) fn unescaped(text: &[u8]) -> Vec<u8> {
    let text = text.strip_prefix(b"\\\"").unwrap_or(text);
    let text = text.strip_suffix(b"\\\"").unwrap_or(text);
    let string = [b"\"", text, b"\""].concat();
    let unescaped = serde_json::from_slice::<String>(&string);
    unescaped.map_or_else(|_| text.to_vec(), String::into_bytes)
}

/// The bytes of base64 text.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    BASE64_NOPAD
        .decode(text.trim_end_matches('=').as_bytes())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_the_base64_of_whatever_it_is_in() {
        let secret = b"s3cr3t?>~-value";
        for before in 0..5 {
            for after in 0..5 {
                let text = [&b"user:"[..before], secret, &b"&x=12"[..after]].concat();
                for engine in [BASE64_NOPAD, BASE64URL_NOPAD] {
                    let text = folded(engine.encode(&text).as_bytes());
                    let is_in = |form: Box<[u8]>| memchr::memmem::find(&text, &form).is_some();
                    assert!(base64(secret).any(is_in), "{before} {after}");
                }
            }
        }
    }
}
