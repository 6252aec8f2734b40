//! The host of a request.

use hyper::{
    header::{HOST, HeaderValue},
    http::{request::Parts, uri::Authority},
};

/// Why a request whose body has both lengths is refused.
pub const BOTH_LENGTHS: &str =
    "the length of the body is given twice: by `content-length` and by `transfer-encoding`";

/// The host of a request (RFC 9112, 3.2).
///
/// # Errors
/// What is wrong, if it has no host, several, or an invalid one.
pub fn host(parts: &Parts) -> Result<Authority, &'static str> {
    let mut fields = parts.headers.get_all(HOST).iter();
    let field = fields.next().ok_or("the header `host` is missing")?;
    if fields.next().is_some() {
        return Err("the header `host` is there more than once");
    }
    let host = parsed(field).ok_or("the header `host` is not that of a host")?;
    // A request to a proxy has the host in its request line, which takes precedence.
    Ok(parts.uri.authority().cloned().unwrap_or(host))
}

fn parsed(value: &HeaderValue) -> Option<Authority> {
    let host: Authority = value.to_str().ok()?.parse().ok()?;
    let port = host.as_str().strip_prefix(host.host())?;
    let digits = port.strip_prefix(':').unwrap_or(port);
    let is_port = digits.bytes().all(|digit| digit.is_ascii_digit());
    (is_port && !host.host().is_empty()).then_some(host)
}

/// Whether a text is the name of a host, without a port.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let host = HeaderValue::from_str(text).ok().as_ref().and_then(parsed);
    host.is_some_and(|host| host.host() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_port_and_no_user() {
        for (text, expected) in [
            ("sandbox", true),
            ("sandbox.example.com", true),
            ("", false),
            ("sandbox:80", false),
            ("a@b", false),
            ("http://a", false),
            ("a b", false),
            ("a/b", false),
            ("a\nb", false),
        ] {
            assert_eq!(is_name(text), expected, "{text}");
        }
    }
}
