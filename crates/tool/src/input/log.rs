//! Logs as lines of JSON, in which pointers say where the parts of an exchange are.

use std::{borrow::Cow, fmt, str::FromStr};

use kaizala_actions::{
    json::{Data, Node, Number},
    lint::{
        Exchange, Gap, Headers, Part, Request, Response, nearest,
        recorded::{Malformed, Recorded, Spot, Spots, document, member, no_response},
    },
};

use super::{
    pointer::Pointer,
    presets::PRESETS,
    split::{Content, is_open},
};

/// What a log can have of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Method,
    Url,
    /// Method and target, as in `GET /v1/groups HTTP/1.1`.
    Line,
    Headers,
    Body,
    Status,
    ResponseHeaders,
    ResponseBody,
}

const FIELDS: [(&str, Field); 8] = [
    ("method", Field::Method),
    ("url", Field::Url),
    ("line", Field::Line),
    ("headers", Field::Headers),
    ("body", Field::Body),
    ("status", Field::Status),
    ("response-headers", Field::ResponseHeaders),
    ("response-body", Field::ResponseBody),
];

/// Where the parts of an exchange are in a line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map {
    written: String,
    fields: Vec<(Field, Pointer)>,
}

impl FromStr for Map {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let preset = PRESETS.iter().find(|(name, _)| *name == text);
        let mut fields = Vec::new();
        for written in preset.map_or(text, |(_, fields)| fields).split(',') {
            let Some((name, pointer)) = written.split_once('=') else {
                let presets = PRESETS.map(|(name, _)| name).join(", ");
                return Err(format!(
                    "write FIELD=POINTER, as in body=/request_body, or one of {presets}"
                ));
            };
            let field = FIELDS.iter().find(|(known, _)| *known == name);
            let Some((_, field)) = field else {
                let names = FIELDS.map(|(name, _)| name);
                let hint = match nearest(name, names.iter().copied()) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("there are {}", names.join(", ")),
                };
                return Err(format!("no field {name}; {hint}"));
            };
            fields.push((*field, pointer.parse()?));
        }
        let has = |wanted: Field| fields.iter().any(|(field, _)| *field == wanted);
        if !has(Field::Url) && !has(Field::Line) && (fields.len() > 1 || !has(Field::Body)) {
            return Err(
                "an exchange needs url or line, as in url=/uri; body alone is for bodies".into(),
            );
        }
        Ok(Self {
            written: text.to_owned(),
            fields,
        })
    }
}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Map {
    /// A regular expression for valid maps, without the required fields.
    pub fn pattern() -> String {
        let presets = PRESETS.map(|(name, _)| name).join("|");
        let fields = FIELDS.map(|(name, _)| name).join("|");
        format!("^({presets}|({fields})=/[^,]*(,({fields})=/[^,]*)*)$")
    }

    /// The names of known logs.
    pub fn presets() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// Whether a line is an exchange, and not a body alone.
    pub fn has_exchanges(&self) -> bool {
        self.fields.iter().any(|(field, _)| *field != Field::Body)
    }

    /// What a line has.
    pub fn read<'t>(&self, line: &'t [u8]) -> Content<'t> {
        let mut scratch = Vec::new();
        // A log may write its strings as JavaScript does; what they mean is what counts.
        let (tree, _) = match document(line, &mut scratch) {
            Ok(read) => read,
            Err(malformed) => return Content::Exchange(Err(malformed)),
        };
        let line = Line {
            map: self,
            root: tree.root(),
            text: line,
        };
        if self.has_exchanges() {
            return Content::Exchange(line.exchange());
        }
        match line.body(Field::Body) {
            Body::Whole(body, Spot { span, verbatim }) => Content::Body {
                text: (!verbatim).then(|| body.into_owned()),
                span,
            },
            Body::Missing | Body::Cut => Content::Absent,
        }
    }
}

/// A line of a log.
struct Line<'m, 'n, 't> {
    map: &'m Map,
    root: Node<'n>,
    text: &'t [u8],
}

/// What a line has of a body.
enum Body<'t> {
    Whole(Cow<'t, [u8]>, Spot),
    /// Its beginning.
    Cut,
    Missing,
}

impl<'n, 't> Line<'_, 'n, 't> {
    fn find(&self, wanted: Field) -> Option<Node<'n>> {
        let pointers = self.map.fields.iter().filter(|(field, _)| *field == wanted);
        let mut found = pointers.filter_map(|(_, pointer)| pointer.find(self.root));
        // A log writes `-` or nothing for what is not there.
        found.find(|node| !matches!(node.as_str(), Some("" | "-")))
    }

    fn text(&self, field: Field) -> Option<(&'n str, Node<'n>)> {
        let node = self.find(field)?;
        Some((node.as_str()?, node))
    }

    fn exchange(&self) -> Result<Recorded<'t>, Malformed> {
        let mut spots = Spots::default();
        let (method, url, at) = self.request_line()?;
        spots[Part::RequestLine as usize] = Spot::of(at.span());
        let has_no_body = matches!(&*method, "GET" | "HEAD");
        let mut gaps = Vec::new();
        let mut request = Request::new(method, url);
        (request.headers, spots[Part::RequestHeaders as usize]) = self.headers(Field::Headers);
        (request.body, spots[Part::RequestBody as usize]) =
            self.part(Field::Body, Part::RequestBody, &mut gaps);
        if has_no_body && request.body.is_none() {
            request.body = Some(Cow::Borrowed(&[]));
        }
        let mut exchange = Exchange::new(request);
        let status = self.find(Field::Status);
        let code = status.map(self::status).transpose()?;
        if code == Some(NO_RESPONSE) {
            gaps.push(no_response());
        } else if let (Some(status), Some(code)) = (status, code) {
            let mut response = Response::new(code);
            spots[Part::ResponseStatus as usize] = Spot::of(status.span());
            (response.headers, spots[Part::ResponseHeaders as usize]) =
                self.headers(Field::ResponseHeaders);
            (response.body, spots[Part::ResponseBody as usize]) =
                self.part(Field::ResponseBody, Part::ResponseBody, &mut gaps);
            exchange = exchange.response(response);
        }
        exchange.gaps = gaps;
        Ok(Recorded { exchange, spots })
    }

    /// The method and the URL, and where the latter is.
    fn request_line(&self) -> Result<(String, String, Node<'n>), Malformed> {
        let missing = |what: &str| {
            let problem = format!("the {what} is not where --map says");
            let help = "say where it is, as in --map method=/verb,url=/uri";
            Malformed::new(self.root.anchor(), problem, help)
        };
        let line = self.text(Field::Line).and_then(|(line, node)| {
            let (method, rest) = line.split_once(' ')?;
            let target = rest
                .rsplit_once(" HTTP/")
                .map_or(rest, |(target, _)| target);
            Some((method, target, node))
        });
        let (url, at) = match (self.text(Field::Url), &line) {
            (Some(url), _) => url,
            (None, Some((_, target, node))) => (*target, *node),
            (None, None) => return Err(missing("URL")),
        };
        let method = self.text(Field::Method).map(|(method, _)| method);
        let method = method.or(line.map(|(method, ..)| method));
        let method = method.ok_or_else(|| missing("method"))?;
        Ok((method.to_ascii_uppercase(), url.to_owned(), at))
    }

    /// The header fields: a log may have only some of them.
    fn headers(&self, field: Field) -> (Headers<'static>, Spot) {
        let Some(node) = self.find(field) else {
            return (Headers::partial(), Spot::of(self.root.anchor()));
        };
        // Some logs have them as a text with JSON in it.
        let mut scratch = Vec::new();
        let headers = match node
            .as_str()
            .map(|text| document(text.as_bytes(), &mut scratch))
        {
            None => fields(node),
            Some(Ok((tree, _))) => fields(tree.root()),
            Some(Err(_)) => Headers::partial(),
        };
        (headers, Spot::of(node.anchor()))
    }

    fn part(&self, field: Field, part: Part, gaps: &mut Vec<Gap>) -> (Option<Cow<'t, [u8]>>, Spot) {
        let nowhere = || Spot::of(self.root.anchor());
        match self.body(field) {
            Body::Whole(body, spot) => (Some(body), spot),
            Body::Missing => (None, nowhere()),
            Body::Cut => {
                let help = "let the logger keep the whole body";
                gaps.push(Gap::new(
                    part,
                    "the logger cut the body, which is not judged",
                    help,
                ));
                (None, nowhere())
            }
        }
    }

    fn body(&self, field: Field) -> Body<'t> {
        let Some(node) = self.find(field) else {
            return Body::Missing;
        };
        let span = node.span();
        let Some(body) = node.as_str() else {
            let body = self.text[span.clone()].into();
            let verbatim = true;
            return Body::Whole(body, Spot { span, verbatim });
        };
        if is_cut(body) {
            Body::Cut
        } else {
            Body::Whole(body.as_bytes().to_owned().into(), Spot::of(span))
        }
    }
}

/// What gateways write for the status if no response came.
const NO_RESPONSE: u16 = 0;

fn status(node: Node<'_>) -> Result<u16, Malformed> {
    let status = match node.data() {
        Data::Number(Number::Integer(status)) => u16::try_from(status).ok(),
        Data::String(status) => status.parse().ok(),
        _ => None,
    };
    let status = status.filter(|status| matches!(status, &NO_RESPONSE | 100..=599));
    status.ok_or_else(|| {
        let help = "say where it is, as in status=/status";
        Malformed::new(node.anchor(), "the status is not a status code", help)
    })
}

/// Whether a body ends inside an object: loggers keep the beginning of what is too long for them.
fn is_cut(body: &str) -> bool {
    body.trim_ascii_start().starts_with(['{', '[']) && is_open(body.as_bytes())
}

/// An object of names and values, or a list of both.
fn fields(node: Node<'_>) -> Headers<'static> {
    let mut headers = Headers::default();
    let text = |node: Node<'_>| super::pointer::id(node);
    for field in node.all_members() {
        let value = field.value();
        let single = value.items().is_none().then_some(value);
        for value in value.items().into_iter().flatten().chain(single) {
            headers.add(field.written().to_owned(), text(value));
        }
    }
    for item in node.items().into_iter().flatten() {
        if let (Some(name), Some(value)) = (member(item, "name"), member(item, "value")) {
            headers.add(text(name), text(value));
        }
    }
    headers
}
