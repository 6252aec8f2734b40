//! The members of a recorded exchange: a message, its header fields, its body.

use std::{borrow::Cow, ops::Range};

use super::{
    malformed::Malformed,
    message::{Headers, Request, Response},
};
use crate::json::{Data, Node, Number};
use crate::lint::Part;

/// Where a part stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// What it was made from.
    pub span: Range<usize>,
    /// Whether it is that, byte by byte.
    pub verbatim: bool,
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

pub(super) fn headers_of(node: &Node) -> Result<(Headers<'static>, Spot), Malformed> {
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

pub(super) fn body<'t>(node: &Node, text: &'t [u8]) -> Body<'t> {
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
