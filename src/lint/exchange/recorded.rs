//! Reads an exchange that is recorded as JSON.

use std::{borrow::Cow, ops::Range};

use super::{Exchange, Headers, Request, Response, emptied::emptied};
use crate::json::{self, Data, Fault, Node, Number};
use crate::lint::Part;

/// An exchange, and where its parts stand in the text that it was read from.
#[derive(Debug)]
pub struct Recorded<'t> {
    pub exchange: Exchange<'t>,
    /// In the order of [`Part`].
    pub spots: [Spot; Part::ALL.len()],
}

/// Where a part stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// What it was made from.
    pub span: Range<usize>,
    /// Whether it is that, byte by byte.
    pub verbatim: bool,
}

/// Why a record is no exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub span: Range<usize>,
    pub problem: String,
    pub help: Cow<'static, str>,
}

impl Malformed {
    pub fn new(
        span: Range<usize>,
        problem: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            span,
            problem: problem.into(),
            help: help.into(),
        }
    }
}

/// What the members that hold a message are called.
const HELP: &str = "write {\"request\": {\"method\", \"url\", \"headers\", \"body\"}, \"response\": {\"status\", \"headers\", \"body\"}}";

impl<'t> Recorded<'t> {
    /// An exchange whose parts stand at these spots.
    pub fn new(exchange: Exchange<'t>, spots: [Spot; Part::ALL.len()]) -> Self {
        Self { exchange, spots }
    }

    /// Reads an exchange in the tool's own format.
    ///
    /// # Errors
    /// A [`Malformed`] where it is none.
    pub fn read(text: &'t [u8]) -> Result<Self, Malformed> {
        let mut scratch = Vec::new();
        let (root, deviations) = document(text, &mut scratch)?;
        let mut spots: [Spot; Part::ALL.len()] = Default::default();
        let asked = object(&root, "request", HELP)?;
        let mut request = line(asked, &mut spots, HELP)?;
        (request.headers, spots[Part::RequestHeaders as usize]) = headers_of(asked)?;
        (request.body, spots[Part::RequestBody as usize]) = body(asked, text);
        let mut exchange = Exchange::new(request);
        if let Some(answered) = member(&root, "response").filter(|node| !node.is_null())
            && let Some(mut response) = status(answered, &mut spots, HELP)?
        {
            (response.headers, spots[Part::ResponseHeaders as usize]) = headers_of(answered)?;
            (response.body, spots[Part::ResponseBody as usize]) = body(answered, text);
            exchange = exchange.response(response);
        }
        let in_body = |span: &Range<usize>| {
            let bodies =
                [Part::RequestBody, Part::ResponseBody].map(|part| spots[part as usize].clone());
            bodies.iter().any(|spot| {
                spot.verbatim && spot.span.start <= span.start && span.end <= spot.span.end
            })
        };
        // A literal of JavaScript in the place of a body is the body's fault; it is judged with the
        // body.
        match deviations.into_iter().find(|(span, ..)| !in_body(span)) {
            Some((span, problem, help)) => Err(Malformed::new(span, problem, help)),
            None => Ok(Self { exchange, spots }),
        }
    }
}

/// Where a text deviates from JSON, and what to say of it.
type Deviations = Vec<(Range<usize>, String, &'static str)>;

/// The tree of a text that is JSON, or nearly. One that cannot be read for what is in a body is
/// read without that, from a copy in `scratch`.
pub fn document<'t>(
    text: &'t [u8],
    scratch: &'t mut Vec<u8>,
) -> Result<(Node<'t>, Deviations), Malformed> {
    let mark = if text.starts_with("\u{feff}".as_bytes()) {
        3
    } else {
        0
    };
    let parsed = json::parse(text, mark).or_else(|fault| match emptied(text) {
        Some(emptied) => {
            *scratch = emptied;
            json::parse(scratch, mark)
        }
        None => Err(fault),
    });
    match parsed {
        Ok(parsed) => {
            let told = parsed.deviations.into_iter().map(|deviation| {
                (
                    deviation.span,
                    deviation.kind.name().to_owned(),
                    deviation.kind.cure(),
                )
            });
            Ok((parsed.node, told.collect()))
        }
        Err(Fault::Syntax {
            span,
            problem,
            cure,
            ..
        }) => Err(Malformed::new(span, problem, cure)),
        Err(Fault::TooDeep(span)) => Err(Malformed::new(
            span,
            "too many levels of arrays and objects",
            "close what is open: the record seems to be cut",
        )),
    }
}

/// The last member of this name, which counts.
pub fn member<'n, 't>(node: &'n Node<'t>, name: &str) -> Option<&'n Node<'t>> {
    node.members()
        .iter()
        .rfind(|member| member.written == name)
        .map(|member| &member.value)
}

pub fn object<'n, 't>(
    node: &'n Node<'t>,
    name: &str,
    help: &'static str,
) -> Result<&'n Node<'t>, Malformed> {
    match member(node, name) {
        Some(inner) if matches!(inner.data, Data::Object(_)) => Ok(inner),
        Some(inner) => Err(Malformed::new(
            inner.anchor(),
            format!("`{name}` is no object"),
            help,
        )),
        None if matches!(node.data, Data::Object(_)) => Err(Malformed::new(
            node.anchor(),
            format!("`{name}` is missing"),
            help,
        )),
        None => Err(Malformed::new(
            node.anchor(),
            "an exchange is an object",
            help,
        )),
    }
}

fn string<'n>(
    node: &'n Node<'_>,
    name: &str,
    help: &'static str,
) -> Result<(&'n str, Range<usize>), Malformed> {
    let Some(inner) = member(node, name) else {
        return Err(Malformed::new(
            node.anchor(),
            format!("`{name}` is missing"),
            help,
        ));
    };
    match inner.as_str() {
        Some(text) if !text.is_empty() => Ok((text, inner.span.clone())),
        _ => Err(Malformed::new(
            inner.anchor(),
            format!("`{name}` is no text"),
            help,
        )),
    }
}

/// The method and the URL.
pub fn line(
    node: &Node,
    spots: &mut [Spot],
    help: &'static str,
) -> Result<Request<'static>, Malformed> {
    let (method, _) = string(node, "method", help)?;
    let (url, span) = string(node, "url", help)?;
    spots[Part::RequestLine as usize] = Spot {
        span,
        verbatim: false,
    };
    Ok(Request::new(method.to_ascii_uppercase(), url.to_owned()))
}

/// The status; none where it says that no answer came.
pub fn status(
    node: &Node,
    spots: &mut [Spot],
    help: &'static str,
) -> Result<Option<Response<'static>>, Malformed> {
    let Some(status) = member(node, "status") else {
        return Err(Malformed::new(node.anchor(), "`status` is missing", help));
    };
    spots[Part::ResponseStatus as usize] = Spot {
        span: status.span.clone(),
        verbatim: true,
    };
    match status.data {
        Data::Number(Number::Integer(0)) => Ok(None),
        Data::Number(Number::Integer(code @ 100..=599)) => {
            Ok(u16::try_from(code).ok().map(Response::new))
        }
        _ => Err(Malformed::new(
            status.anchor(),
            "`status` is no status code",
            "write a number from 100 to 599",
        )),
    }
}

fn headers_of(node: &Node) -> Result<(Headers<'static>, Spot), Malformed> {
    match member(node, "headers") {
        None => Ok((
            Headers::default(),
            Spot {
                span: node.anchor(),
                verbatim: false,
            },
        )),
        Some(inner) => Ok((
            headers(inner)?,
            Spot {
                span: inner.anchor(),
                verbatim: false,
            },
        )),
    }
}

/// Header fields, as an object of names and values or a list of both.
pub fn headers(node: &Node) -> Result<Headers<'static>, Malformed> {
    const FIELDS: &str = "write an object of names and values, or a list of {\"name\", \"value\"}";
    let mut headers = Headers::default();
    let text = |node: &Node| match &node.data {
        Data::String(text) => Ok(text.clone().into_owned()),
        Data::Number(_) | Data::Bool(_) => Ok(node.to_value().to_string()),
        _ => Err(Malformed::new(
            node.anchor(),
            "a header field whose value is no text",
            FIELDS,
        )),
    };
    match &node.data {
        Data::Null => {}
        Data::Object(members) => {
            for field in members {
                match field.value.items() {
                    Some(values) => {
                        for value in values {
                            headers.add(field.written.clone().into_owned(), text(value)?);
                        }
                    }
                    None => headers.add(field.written.clone().into_owned(), text(&field.value)?),
                }
            }
        }
        Data::Array(items) => {
            for item in items {
                let (Some(name), Some(value)) = (member(item, "name"), member(item, "value"))
                else {
                    return Err(Malformed::new(
                        item.anchor(),
                        "a header field without name and value",
                        FIELDS,
                    ));
                };
                headers.add(text(name)?, text(value)?);
            }
        }
        _ => return Err(Malformed::new(node.anchor(), "no header fields", FIELDS)),
    }
    Ok(headers)
}

/// A body and where it stands.
pub type Body<'t> = (Option<Cow<'t, [u8]>>, Spot);

fn body<'t>(node: &Node, text: &'t [u8]) -> Body<'t> {
    match member(node, "body") {
        None => (
            Some(Cow::Borrowed(&[])),
            Spot {
                span: node.anchor(),
                verbatim: false,
            },
        ),
        Some(inner) => match &inner.data {
            Data::Null => (
                Some(Cow::Borrowed(&[])),
                Spot {
                    span: inner.anchor(),
                    verbatim: false,
                },
            ),
            Data::String(body) => (
                Some(Cow::Owned(body.clone().into_owned().into_bytes())),
                Spot {
                    span: inner.span.clone(),
                    verbatim: false,
                },
            ),
            _ => (
                Some(Cow::Borrowed(&text[inner.span.clone()])),
                Spot {
                    span: inner.span.clone(),
                    verbatim: true,
                },
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Recorded<'_> {
        Recorded::read(text.as_bytes()).expect("an exchange")
    }

    #[test]
    fn bodies_stand_in_the_text_or_are_the_text_of_a_string() {
        let recorded = read(
            r#"{"request":{"method":"post","url":"/","body":{"a":1}},"response":{"status":200,"body":"{\"b\":2}"}}"#,
        );
        let Exchange { request, response } = recorded.exchange;
        assert_eq!(
            (&*request.method, request.body.as_deref()),
            ("POST", Some(&br#"{"a":1}"#[..]))
        );
        assert_eq!(
            response.and_then(|response| response.body).as_deref(),
            Some(&br#"{"b":2}"#[..])
        );
        let verbatim = [Part::RequestBody, Part::ResponseBody]
            .map(|part| recorded.spots[part as usize].verbatim);
        assert_eq!(verbatim, [true, false]);
    }

    #[test]
    fn header_fields_have_two_forms() {
        for fields in [
            r#"{"A":"1","B":["2",3]}"#,
            r#"[{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"B","value":3}]"#,
        ] {
            let text = format!(r#"{{"request":{{"method":"GET","url":"/","headers":{fields}}}}}"#);
            let found: Vec<_> = read(&text)
                .exchange
                .request
                .headers
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            assert_eq!(found, ["A=1", "B=2", "B=3"], "{fields}");
        }
    }

    #[test]
    fn what_is_no_exchange_says_where_and_why() {
        let table = [
            ("", "there is no document", 0),
            ("[]", "an exchange is an object", 0),
            ("{}", "`request` is missing", 0),
            (r#"{"request":1}"#, "`request` is no object", 11),
            (r#"{"request":{"method":"GET"}}"#, "`url` is missing", 11),
            (
                r#"{"request":{"method":1,"url":"/"}}"#,
                "`method` is no text",
                21,
            ),
            (
                r#"{"request":{"method":"GET","url":"/","headers":[{}]}}"#,
                "a header field without name and value",
                48,
            ),
            (
                r#"{"request":{"method":"GET","url":"/"},"response":{}}"#,
                "`status` is missing",
                49,
            ),
            (
                r#"{"request":{"method":"GET","url":"/"},"response":{"status":"200"}}"#,
                "`status` is no status code",
                59,
            ),
            (
                r#"{"request":{method:"GET","url":"/"}}"#,
                "key without quotes",
                12,
            ),
            (
                r#"{"request":{"method":"GET","url":"/""#,
                "the document ends inside an object",
                36,
            ),
        ];
        for (text, problem, at) in table {
            let malformed = Recorded::read(text.as_bytes()).expect_err(text);
            assert_eq!(
                (malformed.problem.as_str(), malformed.span.start),
                (problem, at),
                "{text}"
            );
        }
    }

    #[test]
    fn a_literal_in_the_place_of_a_body_is_the_fault_of_the_body() {
        let recorded =
            read("{\"request\":{\"method\":\"POST\",\"url\":\"/\",\"body\":{actionType:'Job'}}}");
        assert_eq!(
            recorded.exchange.request.body.as_deref(),
            Some(&b"{actionType:'Job'}"[..])
        );
    }
}
