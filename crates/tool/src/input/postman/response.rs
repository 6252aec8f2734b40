//! A response that is saved with a request.

use kaizala_actions::{
    json::{Data, Node, Number},
    lint::{
        Headers, Part, Response,
        recorded::{Spot, member},
    },
};

use super::{super::message::Message, request::fields};

/// The message with its response; none where it has no status.
pub(super) fn read(saved: Node<'_>, mut message: Message) -> Option<Message> {
    let code = member(saved, "code")?;
    let Data::Number(Number::Integer(status @ 100..=599)) = code.data() else {
        return None;
    };
    let mut response = Response::new(u16::try_from(status).ok()?);
    message.spots[Part::ResponseStatus as usize] = Spot {
        span: code.span(),
        verbatim: true,
    };
    match member(saved, "header").filter(|headers| !headers.is_null()) {
        Some(headers) => {
            fields(headers, &mut response.headers, str::to_owned);
            message.spots[Part::ResponseHeaders as usize] = Spot::of(headers.span());
        }
        None => response.headers = Headers::partial(),
    }
    if let Some(body) = member(saved, "body") {
        message.spots[Part::ResponseBody as usize] = Spot::of(body.span());
        response.body = Some(body.as_str().unwrap_or_default().as_bytes().to_vec().into());
    }
    message.response = Some(response);
    Some(message)
}
