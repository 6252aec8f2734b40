//! The heads of requests, as they were sent.
//!
//! A `Content-Length` together with a `Transfer-Encoding` can be used to smuggle requests past a
//! proxy, and hyper drops the former. So the bytes that it reads are kept until it has parsed a
//! request from them; one with the latter is then parsed with the same parser.

use std::sync::{Arc, Mutex};

use hyper::{
    HeaderMap,
    header::{CONTENT_LENGTH, TRANSFER_ENCODING},
};

use memchr::memchr_iter;

use super::lock::lock;

/// The default limit of hyper for the header fields of a request.
const MOST_FIELDS: usize = 100;

/// What one connection has sent.
#[derive(Clone, Debug, Default)]
pub struct Wire(Arc<Mutex<Unread>>);

/// The bytes after the latest request.
#[derive(Debug, Default)]
struct Unread {
    bytes: Vec<u8>,
    /// The remaining bytes of the body in front of them.
    body: u64,
    /// After a body of unknown length.
    is_over: bool,
}

impl Wire {
    /// Keeps bytes that were read.
    pub fn saw(&self, bytes: &[u8]) {
        let unread = &mut *lock(&self.0);
        let body = usize::try_from(unread.body).unwrap_or(usize::MAX);
        let body = body.min(bytes.len());
        unread.body -= body as u64;
        if !unread.is_over {
            unread.bytes.extend_from_slice(&bytes[body..]);
        }
    }

    /// Continues with the next request, whose fields hyper has parsed, and returns whether two of
    /// them differ in the length of its body.
    #[must_use]
    pub fn is_next_ambiguous(&self, headers: &HeaderMap) -> bool {
        let unread = &mut *lock(&self.0);
        if headers.contains_key(TRANSFER_ENCODING) {
            let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
            let mut head = httparse::Request::new(&mut fields);
            let _ = head.parse(&unread.bytes);
            let is_length = |name: &str| CONTENT_LENGTH.as_str().eq_ignore_ascii_case(name);
            let has_length = head.headers.iter().any(|field| is_length(field.name));
            // Only hyper knows where its body ends and the next head begins: this request is the
            // last of its connection.
            (unread.bytes, unread.is_over) = (Vec::new(), true);
            return has_length;
        }
        let length = head_length(&unread.bytes);
        let body = announced(headers).unwrap_or(0);
        let there = (unread.bytes.len() - length) as u64;
        let read = usize::try_from(body.min(there)).unwrap_or(0);
        unread.bytes.drain(..length + read);
        unread.body = body - read as u64;
        false
    }
}

/// The length of the head at the start: to the first empty line after the request line. As hyper
/// does, it takes a line feed alone as the end of a line, and passes over empty lines before it.
fn head_length(bytes: &[u8]) -> usize {
    let mut is_begun = false;
    let mut start = 0;
    for end in memchr_iter(b'\n', bytes) {
        let is_empty = matches!(&bytes[start..end], b"" | b"\r");
        start = end + 1;
        if is_begun && is_empty {
            return start;
        }
        is_begun |= !is_empty;
    }
    0
}

/// The length of a body, if the head gives it.
#[must_use]
pub fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each request is ambiguous, if the bytes arrive in parts of this size.
    fn judged(requests: &[(&str, &str, bool)], size: usize) {
        let wire = Wire::default();
        let texts = requests.iter().flat_map(|(head, body, _)| [*head, *body]);
        let text = texts.collect::<String>();
        let mut parts = text.as_bytes().chunks(size);
        let mut needed = 0;
        let mut seen = 0;
        for (head, body, is_ambiguous) in requests {
            needed += head.len();
            while seen < needed {
                let part = parts.next().unwrap();
                wire.saw(part);
                seen += part.len();
            }
            // As hyper returns them: the length is dropped if there is an encoding.
            let mut headers = HeaderMap::new();
            if head.to_lowercase().contains("transfer-encoding") {
                headers.insert(TRANSFER_ENCODING, "chunked".parse().unwrap());
            } else if head.to_lowercase().contains("content-length") {
                headers.insert(CONTENT_LENGTH, body.len().into());
            }
            assert_eq!(
                wire.is_next_ambiguous(&headers),
                *is_ambiguous,
                "{size}: {head}"
            );
            needed += body.len();
        }
    }

    #[test]
    fn a_head_is_found_wherever_the_bytes_are_cut() {
        let chunked = "5\r\nhello\r\n0\r\n\r\n";
        for size in 1..200 {
            for (last, is_ambiguous) in [
                (
                    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                    false,
                ),
                (
                    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nCONTENT-LENGTH: 5\r\n\r\n",
                    true,
                ),
                (
                    "POST / HTTP/1.1\r\ncontent-length: 5\nhost: s\ntransfer-encoding: chunked\n\n",
                    true,
                ),
            ] {
                judged(
                    &[
                        ("GET / HTTP/1.1\r\nhost: s\r\n\r\n", "", false),
                        (
                            "POST / HTTP/1.1\r\nContent-Length: 48\r\n\r\n",
                            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                            false,
                        ),
                        ("\r\nGET / HTTP/1.1\r\n\r\n", "", false),
                        (last, chunked, is_ambiguous),
                    ],
                    size,
                );
            }
        }
    }

    #[test]
    fn a_head_ends_where_the_parser_finds_its_end() {
        let rest = "GET / HTTP/1.1\r\n\r\nand a body\n\n";
        for head in [
            "GET / HTTP/1.1\r\nhost: s\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\n\n",
            "\r\n\n\r\nGET / HTTP/1.1\nhost: s\r\na: \nb:\r\n\n",
            "GET / HTTP/1.1\r\nhost: s\n\r\n",
            "\nPOST /a?b HTTP/1.0\na: b\r\n\r\n",
        ] {
            for text in [head.to_owned(), format!("{head}{rest}")] {
                let mut fields = [httparse::EMPTY_HEADER; MOST_FIELDS];
                let mut request = httparse::Request::new(&mut fields);
                let parsed = request.parse(text.as_bytes());
                assert_eq!(
                    parsed,
                    Ok(httparse::Status::Complete(head.len())),
                    "{text:?}"
                );
                assert_eq!(head_length(text.as_bytes()), head.len(), "{text:?}");
            }
            for end in 0..head.len() {
                assert_eq!(head_length(&head.as_bytes()[..end]), 0, "{head:?} {end}");
            }
        }
    }
}
