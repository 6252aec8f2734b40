//! The members of a recorded exchange: a message, its header fields, its body.

use std::{borrow::Cow, ops::Range};

use super::{
    malformed::Malformed,
    message::{Headers, Request, Response},
};
use crate::json::{Data, Member, Node, Number};
use crate::lint::{Part, text::shorten};

/// The location of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The text that the part was made from.
    pub span: Range<usize>,
    /// Whether the part is a byte-for-byte copy of that text.
    pub verbatim: bool,
}

/// The location of each part, in the order of [`Part`].
pub type Spots = [Spot; Part::ALL.len()];

impl Spot {
    /// The source of a part that was made from the text at this location.
    #[must_use]
    pub fn of(span: Range<usize>) -> Self {
        Self {
            span,
            verbatim: false,
        }
    }
}

/// The last member of this name; the last one counts.
#[must_use]
pub fn member<'n>(node: Node<'n>, name: &str) -> Option<Node<'n>> {
    let is_meant = |member: &Member<'_>| member.written() == name;
    node.members().filter(is_meant).last().map(Member::value)
}

fn required<'n>(node: Node<'n>, name: &str, help: &'static str) -> Result<Node<'n>, Malformed> {
    member(node, name)
        .ok_or_else(|| Malformed::new(node.anchor(), format!("`{name}` is missing"), help))
}

/// The request of an exchange.
pub(super) fn request<'n>(root: Node<'n>, help: &'static str) -> Result<Node<'n>, Malformed> {
    let refuse = |node: Node<'_>, problem| Err(Malformed::new(node.anchor(), problem, help));
    if !root.is_object() {
        return refuse(root, "an exchange is an object");
    }
    match required(root, "request", help)? {
        node if node.is_object() => Ok(node),
        node => refuse(node, "`request` is not an object"),
    }
}

fn string<'n>(
    node: Node<'n>,
    name: &str,
    help: &'static str,
) -> Result<(&'n str, Range<usize>), Malformed> {
    let inner = required(node, name, help)?;
    match inner.as_str() {
        Some(text) if !text.is_empty() => Ok((text, inner.span())),
        _ => Err(Malformed::new(
            inner.anchor(),
            format!("`{name}` is not a string"),
            help,
        )),
    }
}

/// The method and the URL.
pub(super) fn line(
    node: Node<'_>,
    spots: &mut Spots,
    help: &'static str,
) -> Result<Request<'static>, Malformed> {
    let (method, _) = string(node, "method", help)?;
    let (url, span) = string(node, "url", help)?;
    spots[Part::RequestLine as usize] = Spot::of(span);
    Ok(Request::new(method.to_ascii_uppercase(), url.to_owned()))
}

/// The status; `None` if the record says that no response came.
pub(super) fn status(
    node: Node<'_>,
    spots: &mut Spots,
    help: &'static str,
) -> Result<Option<Response<'static>>, Malformed> {
    let status = required(node, "status", help)?;
    spots[Part::ResponseStatus as usize] = Spot {
        span: status.span(),
        verbatim: true,
    };
    match status.data() {
        Data::Number(Number::Integer(-1 | 0)) | Data::Null => Ok(None),
        Data::Number(Number::Integer(code @ 100..=599)) => {
            Ok(u16::try_from(code).ok().map(Response::new))
        }
        _ => Err(Malformed::new(
            status.anchor(),
            "`status` is not a status code",
            "write a number from 100 to 599",
        )),
    }
}

/// Header fields, from an object of names and values or from a list of both. Fields without a value
/// are left out and added to `lacks`.
pub(super) fn headers(
    message: Node<'_>,
    mut lacks: impl FnMut(String),
) -> Result<(Headers<'static>, Spot), Malformed> {
    let malformed = |node: Node<'_>, problem| {
        let help = "write an object of names and values, or a list of {\"name\", \"value\"}";
        Malformed::new(node.anchor(), problem, help)
    };
    let text = |node: Node<'_>| match node.data() {
        Data::String(text) => Ok(text.to_owned()),
        Data::Number(_) | Data::Bool(_) => Ok(node.to_value().to_string()),
        _ => Err(malformed(
            node,
            "a header field whose value is not a string",
        )),
    };
    let mut headers = Headers::default();
    let Some(node) = member(message, "headers") else {
        return Ok((headers, Spot::of(message.anchor())));
    };
    match node.data() {
        Data::Null => {}
        Data::Object => {
            for field in node.all_members() {
                let (name, value) = (field.written(), field.value());
                let single = value.items().is_none().then_some(value);
                for value in value.items().into_iter().flatten().chain(single) {
                    if value.is_null() {
                        lacks(without_value(name));
                    } else {
                        headers.add(name.to_owned(), text(value)?);
                    }
                }
            }
        }
        Data::Array => {
            for item in node.items().into_iter().flatten() {
                if item.is_null() {
                    lacks("a header field is null".to_owned());
                    continue;
                }
                let (Some(name), Some(value)) = (member(item, "name"), member(item, "value"))
                else {
                    return Err(malformed(item, "a header field without name and value"));
                };
                if name.is_null() || value.is_null() {
                    lacks(without_value(name.as_str().unwrap_or("null")));
                } else {
                    headers.add(text(name)?, text(value)?);
                }
            }
        }
        _ => return Err(malformed(node, "no header fields")),
    }
    Ok((headers, Spot::of(node.anchor())))
}

fn without_value(name: &str) -> String {
    format!("the header field `{}` has no value", shorten(name))
}

/// A body and its location.
pub type Body<'t> = (Option<Cow<'t, [u8]>>, Spot);

pub(super) fn body<'t>(message: Node<'_>, text: &'t [u8]) -> Body<'t> {
    let Some(node) = member(message, "body").filter(|node| !node.is_null()) else {
        let node = member(message, "body").unwrap_or(message);
        return (Some(Cow::Borrowed(&[])), Spot::of(node.anchor()));
    };
    let span = node.span();
    match node.as_str() {
        Some(body) => (Some(Cow::Owned(body.into())), Spot::of(span)),
        None => (
            Some(text[span.clone()].into()),
            Spot {
                span,
                verbatim: true,
            },
        ),
    }
}
