//! Bodies in a content coding (RFC 9110, 8.4), decoded to be judged.

use std::{
    borrow::Cow,
    io::{self, Read},
};

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use hyper::{HeaderMap, header::CONTENT_ENCODING};
use ruzstd::decoding::StreamingDecoder;

use super::copy::Unjudged;

/// The codings that are decoded, for a refusal.
pub(super) const KNOWN: &str = "br, deflate, gzip, zstd";

/// What is read at once of a body in Brotli.
const PIECE: usize = 4096;

/// More than this number of codings is not decoded.
const MOST_CODINGS: usize = 2;

/// A body as it was before it was coded, of at most `most` bytes.
///
/// # Errors
/// It cannot be decoded, or is too large.
pub(super) fn decoded<'b>(
    headers: &HeaderMap,
    body: &'b [u8],
    most: usize,
) -> Result<Cow<'b, [u8]>, Unjudged> {
    let mut names = Vec::new();
    for value in headers.get_all(CONTENT_ENCODING) {
        let value = value.to_str().map_err(|_| Unjudged::Coding)?;
        let all = value
            .split(',')
            .map(|name| name.trim().to_ascii_lowercase());
        names.extend(all.filter(|name| !name.is_empty() && name != "identity"));
    }
    if names.len() > MOST_CODINGS {
        return Err(Unjudged::Coding);
    }
    let mut text = Cow::Borrowed(body);
    if body.is_empty() {
        return Ok(text);
    }
    for name in names.iter().rev() {
        text = decode(name, &text, most)?.into();
    }
    Ok(text)
}

fn decode(name: &str, body: &[u8], most: usize) -> Result<Vec<u8>, Unjudged> {
    let decoded = match name {
        "gzip" | "x-gzip" => all(MultiGzDecoder::new(body), most),
        // In the format of zlib; some senders leave that away.
        "deflate" => match all(ZlibDecoder::new(body), most) {
            Err(_) => all(DeflateDecoder::new(body), most),
            decoded => decoded,
        },
        "zstd" => StreamingDecoder::new(body)
            .map_err(|_| io::ErrorKind::InvalidData.into())
            .and_then(|decoder| all(decoder, most)),
        "br" => all(Decompressor::new(body, PIECE), most),
        _ => return Err(Unjudged::Coding),
    };
    let decoded = decoded.map_err(|_| Unjudged::Coding)?;
    if decoded.len() > most {
        return Err(Unjudged::TooLarge);
    }
    Ok(decoded)
}

/// All that a decoder gives, up to one byte beyond the limit.
fn all(decoder: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    decoder.take(most as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{
        Compression,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };
    use hyper::header::HeaderValue;

    use super::*;

    const TEXT: &[u8] = b"{\"actionType\": \"Job\"}";

    /// By `brotli` of Google.
    const BROTLI: &[u8] = b"\x0b\x0a\x80{\"actionType\": \"Job\"}\x03";

    fn gzipped(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn read(codings: &[&str], body: &[u8], most: usize) -> Result<Vec<u8>, Unjudged> {
        let mut headers = HeaderMap::new();
        for coding in codings {
            headers.append(CONTENT_ENCODING, HeaderValue::from_str(coding).unwrap());
        }
        decoded(&headers, body, most).map(Cow::into_owned)
    }

    #[test]
    fn known_codings_are_decoded() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(TEXT).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(TEXT).unwrap();
        let zstd = ruzstd::encoding::compress_to_vec(
            TEXT,
            ruzstd::encoding::CompressionLevel::Uncompressed,
        );
        for (codings, body) in [
            (&[][..], TEXT.to_vec()),
            (&["identity"], TEXT.to_vec()),
            (&["gzip"], gzipped(TEXT)),
            (&["X-GZip"], gzipped(TEXT)),
            (&["gzip", "gzip"], gzipped(&gzipped(TEXT))),
            (&["gzip, gzip"], gzipped(&gzipped(TEXT))),
            (&["deflate"], zlib.finish().unwrap()),
            (&["deflate"], raw.finish().unwrap()),
            (&["zstd"], zstd),
            (&["br"], BROTLI.to_vec()),
        ] {
            assert_eq!(
                read(codings, &body, 1000).as_deref(),
                Ok(TEXT),
                "{codings:?}"
            );
        }
    }

    #[test]
    fn others_and_what_is_too_large_are_not() {
        let body = gzipped(&[b' '; 5000]);
        assert!(body.len() < 100);
        assert_eq!(
            read(&["gzip"], &body, 5000).map(|text| text.len()),
            Ok(5000)
        );
        assert_eq!(read(&["gzip"], &body, 4999), Err(Unjudged::TooLarge));
        for codings in [&["compress"][..], &["gzip", "lzma"], &["gzip, gzip, gzip"]] {
            assert_eq!(
                read(codings, &body, 5000),
                Err(Unjudged::Coding),
                "{codings:?}"
            );
        }
        for coding in ["gzip", "deflate", "zstd", "br"] {
            assert_eq!(
                read(&[coding], TEXT, 5000),
                Err(Unjudged::Coding),
                "{coding}"
            );
            assert_eq!(
                read(&[coding], b"", 5000).as_deref(),
                Ok(&b""[..]),
                "{coding}"
            );
        }
    }
}
