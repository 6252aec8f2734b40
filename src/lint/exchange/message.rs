//! Exchanges as data: a request and its response.

use std::{borrow::Cow, fmt};

use super::{gap::Gap, unresolved::Unresolved};
use crate::mask::{self, Hidden};

/// A request and its response, as they were recorded.
///
/// ```
/// use kaizala_actions::{lint::{Exchange, Linter, Request}, operation::OperationId};
///
/// let url = "https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=audio";
/// let exchange = Exchange::new(Request::new("GET", url).header("accessToken", "a secret"));
/// let report = Linter::new().lint_exchange(&exchange);
/// assert_eq!(report.operation, Some(OperationId::ListActions));
///
/// let findings: Vec<_> = report.parts.iter().flat_map(|part| &part.report.findings).map(ToString::to_string).collect();
/// assert_eq!(
///     findings,
///     ["1:94: error[KZ201] unsupported-method: GET of Audio (Audio Attachment) is not supported (/query/actionType)"],
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange<'e> {
    /// The request.
    pub request: Request<'e>,
    /// The response; `None` if none came, or it was not recorded.
    pub response: Option<Response<'e>>,
    /// What the record lacks.
    pub gaps: Vec<Gap>,
}

/// A request. Its `Debug` shows no body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request<'e> {
    /// In capitals, as in `GET`.
    pub method: Cow<'e, str>,
    /// Absolute, or beginning with its path.
    pub url: Cow<'e, str>,
    /// The header fields.
    pub headers: Headers<'e>,
    /// The body: empty if there was none, `None` if it was not recorded.
    pub body: Option<Cow<'e, [u8]>>,
    /// Whether `$` in the URL begins a variable of unknown value, as in a script.
    pub has_variables: bool,
    /// Where the recorded body differs from what is sent, in ascending order.
    pub unresolved: Vec<Unresolved>,
}

/// A response. Its `Debug` shows no body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response<'e> {
    /// The status code.
    pub status: u16,
    /// The header fields.
    pub headers: Headers<'e>,
    /// The body: empty if there was none, `None` if it was not recorded.
    pub body: Option<Cow<'e, [u8]>>,
}

/// Header fields. Their `Debug` shows no token and no phone number.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers<'e> {
    fields: Vec<(Cow<'e, str>, Cow<'e, str>)>,
    is_partial: bool,
}

impl<'e> Exchange<'e> {
    /// An exchange without a response.
    #[must_use]
    pub fn new(request: Request<'e>) -> Self {
        Self {
            request,
            response: None,
            gaps: Vec::new(),
        }
    }

    /// Adds the response.
    #[must_use]
    pub fn response(mut self, response: Response<'e>) -> Self {
        self.response = Some(response);
        self
    }
}

impl<'e> Request<'e> {
    /// A request without header fields and body.
    #[must_use]
    pub fn new(method: impl Into<Cow<'e, str>>, url: impl Into<Cow<'e, str>>) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            headers: Headers::default(),
            body: Some(Cow::Borrowed(&[])),
            has_variables: false,
            unresolved: Vec::new(),
        }
    }

    /// The URL without a user name and without the values of tokens, for a record that others may
    /// read.
    #[must_use]
    pub fn masked_url(&self) -> Cow<'_, str> {
        mask::url(&self.url)
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) -> Self {
        self.headers.add(name, value);
        self
    }

    /// Adds the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Cow<'e, [u8]>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Marks where the recorded body differs from what is sent. Each such place gets a note and no
    /// other finding.
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Request, Unresolved, UnresolvedKind};
    ///
    /// let body = br#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": $WHOM}}"#;
    /// let post = Request::new("POST", "/v1/groups/ours%40team/actions")
    ///     .header("accessToken", "a secret")
    ///     .header("content-type", "application/json")
    ///     .body(&body[..])
    ///     .unresolved([Unresolved::new(69..74, UnresolvedKind::Variable)]);
    /// let report = Linter::new().lint_request(&post);
    /// let found: Vec<_> = report.findings().map(|finding| finding.rule.name).collect();
    /// assert_eq!(found, ["unresolved-value"]);
    /// ```
    #[must_use]
    pub fn unresolved(mut self, places: impl IntoIterator<Item = Unresolved>) -> Self {
        self.unresolved.extend(places);
        self
    }
}

impl<'e> Response<'e> {
    /// A response without header fields and body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Headers::default(),
            body: Some(Cow::Borrowed(&[])),
        }
    }

    /// Adds a header field.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) -> Self {
        self.headers.add(name, value);
        self
    }

    /// Adds the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Cow<'e, [u8]>>) -> Self {
        self.body = Some(body.into());
        self
    }
}

impl<'e> Headers<'e> {
    /// Those of a record that does not have all of them, as the log of a gateway. What is not there
    /// is not missing.
    ///
    /// ```
    /// use kaizala_actions::lint::{Headers, Linter, Request};
    ///
    /// let mut list = Request::new("GET", "/v1/groups/ours/actions?actionType=job");
    /// assert_eq!(Linter::new().lint_request(&list).refusal(), Some(401));
    /// list.headers = Headers::partial();
    /// assert_eq!(Linter::new().lint_request(&list).refusal(), None);
    /// ```
    #[must_use]
    pub fn partial() -> Self {
        Self {
            is_partial: true,
            ..Self::default()
        }
    }

    /// Whether there may be more fields than the record has.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.is_partial
    }

    /// Adds a field.
    pub fn add(&mut self, name: impl Into<Cow<'e, str>>, value: impl Into<Cow<'e, str>>) {
        self.fields.push((name.into(), value.into()));
    }

    /// The fields, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The value of the first field of this name, in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The fields without the values of tokens and other secrets, for a record that others may
    /// read.
    #[must_use]
    pub fn masked(&self) -> Headers<'static> {
        let fields = self.iter().map(|(name, value)| {
            let value = mask::field(name, value).into_owned();
            (name.to_owned().into(), value.into())
        });
        Headers {
            fields: fields.collect(),
            is_partial: self.is_partial,
        }
    }
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let masked = self.masked();
        let shown = |text: &str| Hidden::nothing().words(text).into_owned();
        let fields = masked.iter();
        f.debug_map()
            .entries(fields.map(|(name, value)| (shown(name), shown(value))))
            .finish()
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = self.hidden(None);
        f.debug_struct("Request")
            .field("method", &hidden.words(&self.method))
            .field("url", &hidden.words(&self.masked_url()))
            .field("headers", &self.headers)
            .field("body", &Size(self.body.as_deref()))
            .finish()
    }
}

impl fmt::Debug for Response<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &Size(self.body.as_deref()))
            .finish()
    }
}

/// A body; `Debug` only shows its size.
struct Size<'b>(Option<&'b [u8]>);

impl fmt::Debug for Size<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(body) => write!(f, "{} bytes", body.len()),
            None => f.write_str("not recorded"),
        }
    }
}
