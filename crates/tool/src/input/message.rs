//! An exchange that is built from the description of a call in a file.

use std::{borrow::Cow, ops::Range};

use kaizala_actions::{
    json::Node,
    lint::{
        Exchange, Gap, Part, Request, Response, Unresolved, UnresolvedKind,
        recorded::{Malformed, Recorded, Spot, Spots, document, member},
    },
};

use super::split::Found;

/// The media type of a form, unless it has parts.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// What is read of a call.
pub(super) struct Message {
    pub request: Request<'static>,
    pub response: Option<Response<'static>>,
    /// Why there is no body to judge, though one is sent.
    missing: Option<Gap>,
    /// Where the parts are in the file.
    pub spots: Spots,
}

impl Message {
    /// A request for this method and URL, which are there.
    pub fn new(method: String, url: String, at: Range<usize>) -> Self {
        let mut spots = Spots::default();
        spots[Part::RequestLine as usize] = Spot::of(at);
        let mut request = Request::new(method, url);
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

    /// Takes the body, which is there as it is or is made from what is. Of one that is nothing but a
    /// gap, nothing can be judged.
    pub fn body(&mut self, body: impl Into<Cow<'static, [u8]>>, spot: Spot, gaps: Vec<Unresolved>) {
        let body = body.into();
        if let Some(whole) = gaps.iter().find(|gap| gap.span == (0..body.len())) {
            self.without_body(whole.what.gap(), spot);
        } else {
            self.spots[Part::RequestBody as usize] = spot;
            self.request.body = Some(body);
            self.request.unresolved = gaps;
        }
    }

    /// Takes a body that is in a file, which is named here.
    pub fn body_in_file(&mut self, at: Range<usize>) {
        self.without_body(UnresolvedKind::File.gap(), Spot::of(at));
    }

    /// Takes a form of parts.
    pub fn parts(&mut self, at: Range<usize>) {
        self.media_type("multipart/form-data");
        let problem = "a form of parts is sent, which is not judged";
        let gap = Gap::new(Part::RequestBody, problem, "send JSON");
        self.without_body(gap, Spot::of(at));
    }

    fn without_body(&mut self, why: Gap, spot: Spot) {
        self.spots[Part::RequestBody as usize] = spot;
        self.request.body = None;
        self.missing = Some(why);
    }

    /// Sets the media type, unless a header field has it.
    pub fn media_type(&mut self, media_type: &'static str) {
        if self.request.headers.get("content-type").is_none() {
            self.request.headers.add("content-type", media_type);
        }
    }

    /// The record at a place of the file.
    pub fn found(self, text: Range<usize>) -> Found {
        let read = self.recorded(&text);
        Found::new(text, Ok(read))
    }

    /// What is read, with spots from the start of a place on.
    pub fn recorded(mut self, text: &Range<usize>) -> Recorded<'static> {
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
        exchange.gaps.extend(self.missing);
        Recorded {
            exchange,
            spots: self.spots,
        }
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
