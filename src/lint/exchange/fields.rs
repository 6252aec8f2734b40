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

/// Where all parts stand, in the order of [`Part`].
pub type Spots = [Spot; Part::ALL.len()];

impl Spot {
    /// Of a part that was made from what stands there.
    #[must_use]
    pub fn of(span: Range<usize>) -> Self {
        let verbatim = false;
        Self { span, verbatim }
    }
}

/// The last member of this name, which counts.
#[must_use]
pub fn member<'n, 't>(node: &'n Node<'t>, name: &str) -> Option<&'n Node<'t>> {
    node.members()
        .iter()
        .rfind(|member| member.written == name)
        .map(|member| &member.value)
}

fn required<'n, 't>(
    node: &'n Node<'t>,
    name: &str,
    help: &'static str,
) -> Result<&'n Node<'t>, Malformed> {
    member(node, name)
        .ok_or_else(|| Malformed::new(node.anchor(), format!("`{name}` is missing"), help))
}

/// The request in an exchange.
pub(super) fn request<'n, 't>(
    root: &'n Node<'t>,
    help: &'static str,
) -> Result<&'n Node<'t>, Malformed> {
    let refuse = |node: &Node, problem| Err(Malformed::new(node.anchor(), problem, help));
    if !matches!(root.data, Data::Object(_)) {
        return refuse(root, "an exchange is an object");
    }
    match required(root, "request", help)? {
        node if matches!(node.data, Data::Object(_)) => Ok(node),
        node => refuse(node, "`request` is no object"),
    }
}

fn string<'n>(
    node: &'n Node,
    name: &str,
    help: &'static str,
) -> Result<(&'n str, Range<usize>), Malformed> {
    let inner = required(node, name, help)?;
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
pub(super) fn line(
    node: &Node,
    spots: &mut Spots,
    help: &'static str,
) -> Result<Request<'static>, Malformed> {
    let (method, _) = string(node, "method", help)?;
    let (url, span) = string(node, "url", help)?;
    spots[Part::RequestLine as usize] = Spot::of(span);
    Ok(Request::new(method.to_ascii_uppercase(), url.to_owned()))
}

/// The status; none where it says that no answer came.
pub(super) fn status(
    node: &Node,
    spots: &mut Spots,
    help: &'static str,
) -> Result<Option<Response<'static>>, Malformed> {
    let status = required(node, "status", help)?;
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

/// Header fields, as an object of names and values or a list of both.
pub(super) fn headers(message: &Node) -> Result<(Headers<'static>, Spot), Malformed> {
    let malformed = |node: &Node, problem| {
        let help = "write an object of names and values, or a list of {\"name\", \"value\"}";
        Malformed::new(node.anchor(), problem, help)
    };
    let text = |node: &Node| match &node.data {
        Data::String(text) => Ok(text.clone().into_owned()),
        Data::Number(_) | Data::Bool(_) => Ok(node.to_value().to_string()),
        _ => Err(malformed(node, "a header field whose value is no text")),
    };
    let mut headers = Headers::default();
    let Some(node) = member(message, "headers") else {
        return Ok((headers, Spot::of(message.anchor())));
    };
    match &node.data {
        Data::Null => {}
        Data::Object(members) => {
            for field in members {
                let single = std::slice::from_ref(&field.value);
                for value in field.value.items().unwrap_or(single) {
                    headers.add(field.written.clone().into_owned(), text(value)?);
                }
            }
        }
        Data::Array(items) => {
            for item in items {
                let (Some(name), Some(value)) = (member(item, "name"), member(item, "value"))
                else {
                    return Err(malformed(item, "a header field without name and value"));
                };
                headers.add(text(name)?, text(value)?);
            }
        }
        _ => return Err(malformed(node, "no header fields")),
    }
    Ok((headers, Spot::of(node.anchor())))
}

/// A body and where it stands.
pub type Body<'t> = (Option<Cow<'t, [u8]>>, Spot);

pub(super) fn body<'t>(message: &Node, text: &'t [u8]) -> Body<'t> {
    let Some(node) = member(message, "body").filter(|node| !node.is_null()) else {
        let node = member(message, "body").unwrap_or(message);
        return (Some(Cow::Borrowed(&[])), Spot::of(node.anchor()));
    };
    let span = node.span.clone();
    match node.as_str() {
        Some(body) => (Some(Cow::Owned(body.into())), Spot::of(span)),
        None => (
            Some(Cow::Borrowed(&text[span.clone()])),
            Spot {
                span,
                verbatim: true,
            },
        ),
    }
}
