//! An exchange that is put together from the members of a JSON document.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::{
    json::Node,
    lint::{
        Exchange, Part, Request, Response, Unresolved, UnresolvedKind,
        recorded::{Malformed, Recorded, Spot, Spots, document, member},
    },
};

use super::split::Found;

/// What is read of a document.
pub(super) struct Message {
    pub request: Request<'static>,
    pub response: Option<Response<'static>>,
    /// Why there is no body to judge, though one is sent.
    pub missing: Option<UnresolvedKind>,
    /// Where the parts are in the document.
    pub spots: Spots,
}

impl Message {
    /// A request for this method and URL, which are there.
    pub fn new(method: &str, url: String, at: Range<usize>) -> Self {
        let mut spots = Spots::default();
        spots[Part::RequestLine as usize] = Spot::of(at);
        let mut request = Request::new(method.to_ascii_uppercase(), url);
        request.has_variables = true;
        Self {
            request,
            response: None,
            missing: None,
            spots,
        }
    }

    pub fn headers_at(&mut self, at: Range<usize>) {
        self.spots[Part::RequestHeaders as usize] = Spot::of(at);
    }

    /// Takes the body, which is there as it is or is made from what is.
    pub fn body(&mut self, body: impl Into<Cow<'static, [u8]>>, spot: Spot, gaps: Vec<Unresolved>) {
        let body = body.into();
        self.spots[Part::RequestBody as usize] = spot;
        let whole = gaps.iter().find(|gap| gap.span == (0..body.len()));
        self.missing = whole.map(|gap| gap.what);
        if self.missing.is_some() {
            self.request.body = None;
        } else {
            self.request.body = Some(body);
            self.request.unresolved = gaps;
        }
    }

    /// Sets the media type, unless a header field has it.
    pub fn media_type(&mut self, media_type: &'static str) {
        if self.request.headers.get("content-type").is_none() {
            self.request.headers.add("content-type", media_type);
        }
    }

    /// The record at a place of the document, with spots in it.
    pub fn found(mut self, text: Range<usize>) -> Found {
        for spot in &mut self.spots {
            let is_within = text.start <= spot.span.start && spot.span.end <= text.end;
            *spot = if is_within {
                Spot {
                    span: spot.span.start - text.start..spot.span.end - text.start,
                    verbatim: spot.verbatim,
                }
            } else {
                Spot::default()
            };
        }
        let mut exchange = Exchange::new(self.request);
        exchange.response = self.response;
        exchange.gaps.extend(self.missing.map(UnresolvedKind::gap));
        let read = Ok(Recorded {
            exchange,
            spots: self.spots,
        });
        Found::new(text, read)
    }
}

/// Reads a document that is JSON, with what finds the records in it.
pub(super) fn records(text: &[u8], find: impl FnOnce(Node<'_>, &mut Vec<Found>)) -> Vec<Found> {
    let mut scratch = Vec::new();
    let mut found = Vec::new();
    match document(text, &mut scratch) {
        Ok((tree, deviations)) => {
            let refused = deviations.into_iter().next();
            found.extend(refused.map(|problem| refusal(text, problem)));
            if found.is_empty() {
                find(tree.root(), &mut found);
            }
        }
        Err(problem) => found.push(refusal(text, problem)),
    }
    found
}

fn refusal(text: &[u8], problem: Malformed) -> Found {
    Found::new(0..text.len(), Err(problem))
}

/// The text of a member.
pub(super) fn text<'n>(node: Node<'n>, name: &str) -> Option<&'n str> {
    member(node, name)?.as_str()
}

/// Whether a member is true.
pub(super) fn is_true(node: Node<'_>, name: &str) -> bool {
    member(node, name).is_some_and(|node| node.to_value() == serde_json::Value::Bool(true))
}

/// The items of a member that is a list, without those that are disabled.
pub(super) fn enabled<'n>(node: Node<'n>, name: &str) -> impl Iterator<Item = Node<'n>> {
    let items = member(node, name).and_then(Node::items);
    items
        .into_iter()
        .flatten()
        .filter(|item| !is_true(*item, "disabled"))
}
