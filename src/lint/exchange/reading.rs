//! Reads an exchange that is recorded as JSON.

use super::{
    blank_bodies::blank_bodies,
    fields::{Body, Spots, body, headers, line, member, request, status},
    gap::Gap,
    malformed::Malformed,
    message::Exchange,
    unresolved::Unresolved,
};
use crate::json::{self, Fault, Node, Tree, without_mark};
use crate::lint::Part;

/// The help for what a recorder left out.
const UNRECORDED: &str = "record it, if it matters";

/// A HAR file contains requests to which no response came.
#[must_use]
pub fn no_response() -> Gap {
    Gap::new(
        Part::ResponseStatus,
        "the record has no response",
        "the call may have been cut or blocked: record it again if its answer matters",
    )
}

/// An exchange, and the locations of its parts in the text that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded<'t> {
    /// The exchange.
    pub exchange: Exchange<'t>,
    /// The locations of its parts in the text.
    pub spots: Spots,
}

impl<'t> Recorded<'t> {
    /// Reads an exchange in the tool's own format.
    ///
    /// # Errors
    /// A [`Malformed`] if it is not an exchange.
    pub fn read(text: &'t [u8]) -> Result<Self, Malformed> {
        let mut scratch = Vec::new();
        let (tree, deviations) = document(text, &mut scratch)?;
        let root = tree.root();
        let answered = member(root, "response").filter(|node| !node.is_null());
        let help = "write {\"request\": {\"method\", \"url\", \"headers\", \"body\"}, \"response\": {\"status\", \"headers\", \"body\"}}";
        let mut recorded = Self::of(root, answered, help, |node, _, _| Ok(body(node, text)))?;
        let request = &mut recorded.exchange.request;
        let body = request.body.as_deref().unwrap_or_default();
        request.unresolved = Unresolved::templates(body).collect();
        let in_body = |deviation: &Malformed| {
            [Part::RequestBody, Part::ResponseBody].iter().any(|part| {
                let spot = &recorded.spots[*part as usize];
                spot.verbatim
                    && spot.span.start <= deviation.span.start
                    && deviation.span.end <= spot.span.end
            })
        };
        // A JavaScript literal in place of a body is a fault of the body, and is judged with the
        // body.
        let deviation = deviations.into_iter().find(|found| !in_body(found));
        deviation.map_or(Ok(recorded), Err)
    }

    /// Builds an exchange from the members of `root` and of its response. `body` reads the body of
    /// a message, and adds what it lacks.
    ///
    /// # Errors
    /// A [`Malformed`] with this help, if it is not an exchange.
    pub fn of(
        root: Node<'_>,
        answered: Option<Node<'_>>,
        help: &'static str,
        body: impl Fn(Node<'_>, Part, &mut Vec<Gap>) -> Result<Body<'t>, Malformed>,
    ) -> Result<Self, Malformed> {
        let mut spots = Spots::default();
        let asked = request(root, help)?;
        let mut request = line(asked, &mut spots, help)?;
        let mut gaps = Vec::new();
        (request.headers, spots[Part::RequestHeaders as usize]) = headers(asked, |problem| {
            gaps.push(Gap::new(Part::RequestHeaders, problem, UNRECORDED));
        })?;
        (request.body, spots[Part::RequestBody as usize]) =
            body(asked, Part::RequestBody, &mut gaps)?;
        let mut exchange = Exchange::new(request);
        if let Some(answered) = answered
            && let Some(mut response) = status(answered, &mut spots, help)?
        {
            (response.headers, spots[Part::ResponseHeaders as usize]) =
                headers(answered, |problem| {
                    gaps.push(Gap::new(Part::ResponseHeaders, problem, UNRECORDED));
                })?;
            (response.body, spots[Part::ResponseBody as usize]) =
                body(answered, Part::ResponseBody, &mut gaps)?;
            exchange = exchange.response(response);
        } else if answered.is_some() {
            gaps.push(no_response());
        }
        exchange.gaps = gaps;
        Ok(Self { exchange, spots })
    }
}

/// The tree of a text that is JSON, or nearly, and its deviations from JSON. A text that is
/// unreadable because of its bodies is read without them, from a copy in `scratch`.
///
/// # Errors
/// A [`Malformed`] for a text that cannot be read even then.
pub fn document<'t>(
    text: &'t [u8],
    scratch: &'t mut Vec<u8>,
) -> Result<(Tree<'t>, Vec<Malformed>), Malformed> {
    let mark = text.len() - without_mark(text).len();
    let mut parsed = json::parse(text, mark);
    if parsed.fault.is_some()
        && let Some(blanked) = blank_bodies(text)
    {
        *scratch = blanked;
        parsed = json::parse(scratch, mark);
    }
    match parsed.fault {
        None => {
            let found = parsed.deviations.into_iter().map(|deviation| {
                Malformed::new(
                    deviation.span,
                    deviation.kind.name().into_owned(),
                    deviation.kind.help(),
                )
            });
            Ok((parsed.tree, found.collect()))
        }
        Some(Fault::Syntax(error)) => Err(Malformed::new(error.span, error.problem, error.help)),
        Some(Fault::TooDeep(span)) => Err(Malformed::new(
            span,
            "too many levels of arrays and objects",
            "close what is open: the record seems to be cut",
        )),
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
        let Exchange {
            request, response, ..
        } = recorded.exchange;
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
            (r#"{"request":1}"#, "`request` is not an object", 11),
            (r#"{"request":{"method":"GET"}}"#, "`url` is missing", 11),
            (
                r#"{"request":{"method":1,"url":"/"}}"#,
                "`method` is not a string",
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
                "`status` is not a status code",
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
