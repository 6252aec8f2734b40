//! Bodies on their way through the proxy.

use std::{
    error::Error,
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    HeaderMap,
    body::{Body, Bytes, Frame, Incoming, SizeHint},
};
use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    draft::{End, Side},
    watch::Watch,
};

/// A body that passes, in either direction.
pub(super) enum Passing {
    /// As it comes.
    Live(Live),
    /// After it has been judged.
    Whole(Whole),
}

/// A body that is passed on as it comes, and noted by the watch.
pub(super) struct Live {
    body: Incoming,
    side: Side,
    /// Gone once the body has ended.
    watch: Option<Arc<Watch>>,
    /// How long the next part may take.
    idle: Duration,
    /// When all must be there.
    deadline: Instant,
    /// Set while a part is awaited.
    timer: Option<Pin<Box<Sleep>>>,
}

/// A body in memory.
pub(super) struct Whole {
    pub bytes: Option<Bytes>,
    pub trailers: Option<HeaderMap>,
    /// Held until it has been sent.
    pub watch: Option<Arc<Watch>>,
}

/// Why a body ends before its end.
#[derive(Debug)]
pub(super) enum Broken {
    TimedOut,
    Cut(hyper::Error),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "the body is too slow",
            Self::Cut(_) => "the body breaks off before its end",
        })
    }
}

impl Error for Broken {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TimedOut => None,
            Self::Cut(error) => Some(error),
        }
    }
}

impl Live {
    pub fn new(
        body: Incoming,
        side: Side,
        watch: Arc<Watch>,
        (idle, deadline): (Duration, Instant),
    ) -> Self {
        let mut live = Self {
            body,
            side,
            watch: Some(watch),
            idle,
            deadline,
            timer: None,
        };
        if let (Some(watch), Some(length)) = (&live.watch, live.body.size_hint().exact()) {
            watch.with(|draft| draft.message(side).body.announce(length));
        }
        if live.body.is_end_stream() {
            live.end(End::Complete);
        }
        live
    }

    fn end(&mut self, end: End) {
        if let Some(watch) = self.watch.take() {
            watch.ended(self.side, end);
        }
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.end(End::Dropped);
    }
}

impl Body for Live {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let this = &mut *self;
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) else {
            let timer = this.timer.get_or_insert_with(|| {
                let next = Instant::now() + this.idle;
                Box::pin(sleep_until(next.min(this.deadline)))
            });
            if timer.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            this.end(End::TimedOut);
            return Poll::Ready(Some(Err(Broken::TimedOut)));
        };
        this.timer = None;
        match frame {
            None => {
                this.end(End::Complete);
                Poll::Ready(None)
            }
            Some(Ok(frame)) => {
                if let (Some(watch), Some(part)) = (&this.watch, frame.data_ref()) {
                    watch.saw(this.side, part);
                }
                if this.body.is_end_stream() || frame.is_trailers() {
                    this.end(End::Complete);
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Some(Err(error)) => {
                this.end(End::Cut);
                Poll::Ready(Some(Err(Broken::Cut(error))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Body for Whole {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let bytes = self.bytes.take().filter(|bytes| !bytes.is_empty());
        let frame = bytes.map(Frame::data);
        let frame = frame.or_else(|| self.trailers.take().map(Frame::trailers));
        if self.is_end_stream() {
            self.watch = None;
        }
        Poll::Ready(frame.map(Ok))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.as_ref().is_none_or(Bytes::is_empty) && self.trailers.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        // With a length, the trailers would be lost.
        if self.trailers.is_some() {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, Bytes::len) as u64)
    }
}

impl Passing {
    /// An answer of the proxy itself.
    pub fn own(bytes: Bytes) -> Self {
        Self::Whole(Whole {
            bytes: Some(bytes),
            trailers: None,
            watch: None,
        })
    }
}

impl Body for Passing {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match self.get_mut() {
            Self::Live(live) => Pin::new(live).poll_frame(context),
            Self::Whole(whole) => Pin::new(whole).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Live(live) => live.is_end_stream(),
            Self::Whole(whole) => whole.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Live(live) => live.size_hint(),
            Self::Whole(whole) => whole.size_hint(),
        }
    }
}
