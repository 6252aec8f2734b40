//! The bodies of answers: complete, or generated while they are sent.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use http_body_util::{Either, Full};
use hyper::body::{Body, Bytes, Frame};

/// The body of an answer.
pub(super) type AnswerBody = Either<Full<Bytes>, Pieces>;

/// The minimum number of bytes that are sent at once.
const ENOUGH: usize = 64 << 10;

/// A text whose next piece is generated once the previous one has been sent.
pub(super) struct Pieces(Box<dyn Iterator<Item = Vec<u8>> + Send>);

impl Pieces {
    pub fn new(pieces: impl Iterator<Item = Vec<u8>> + Send + 'static) -> Self {
        Self(Box::new(pieces))
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let mut bytes = Vec::new();
        while bytes.len() < ENOUGH
            && let Some(piece) = self.0.next()
        {
            bytes.extend_from_slice(&piece);
        }
        let frame = (!bytes.is_empty()).then(|| Ok(Frame::data(bytes.into())));
        Poll::Ready(frame)
    }
}
