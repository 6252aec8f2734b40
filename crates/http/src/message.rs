//! Messages of hyper as the linter reads them.

use std::borrow::Cow;

use hyper::{HeaderMap, http::request::Parts};
use kaizala_actions::lint::{Headers, Request};

/// A request. A body that could not be read is not judged.
#[must_use]
pub fn request<'r>(parts: &'r Parts, body: Option<&'r [u8]>) -> Request<'r> {
    let target = parts.uri.path_and_query();
    let target = target.map_or("", |target| target.as_str());
    let mut request = Request::new(parts.method.as_str(), target);
    request.body = body.map(Into::into);
    request.headers = fields(&parts.headers);
    request
}

/// Header fields.
#[must_use]
pub fn fields(headers: &HeaderMap) -> Headers<'_> {
    let mut fields = Headers::default();
    for (name, value) in headers {
        // It is most often text, and that is checked in larger steps.
        let value = value.as_bytes();
        let text = str::from_utf8(value).map(Cow::from);
        fields.add(
            name.as_str(),
            text.unwrap_or_else(|_| String::from_utf8_lossy(value)),
        );
    }
    fields
}

/// The same fields without what they were made of.
#[must_use]
pub fn owned(headers: &Headers<'_>) -> Headers<'static> {
    let mut owned = Headers::default();
    for (name, value) in headers.iter() {
        owned.add(name.to_owned(), value.to_owned());
    }
    owned
}
