//! Collections of Postman, version 2.1 and 2.0
//! (<https://schema.getpostman.com/json/collection/v2.1.0/collection.json>): each request, and each
//! response that is saved with one.

use kaizala_actions::{
    json::{Data, Node, Number},
    lint::{
        Part, Response,
        recorded::{Spot, member},
    },
};

use super::{
    message::{FORM, Message, enabled, is_true, records, text},
    split::Found,
    template::{Variables, gaps},
};

/// What a request inherits from the collection and the folders around it.
#[derive(Clone)]
struct Around<'n> {
    auth: Option<Node<'n>>,
    variables: Variables,
}

/// The requests of a collection.
pub(super) fn read(collection: &[u8]) -> Vec<Found> {
    records(collection, |root, found| {
        let around = Around {
            auth: None,
            variables: Variables::default(),
        };
        // An export by the API has it inside.
        let root = member(root, "collection").unwrap_or(root);
        folder(root, &around, found);
    })
}

fn set(variable: Node<'_>, variables: &mut Variables) {
    let is_off =
        member(variable, "enabled").is_some_and(|it| matches!(it.data(), Data::Bool(false)));
    let name = text(variable, "key").or_else(|| text(variable, "id"));
    let value = member(variable, "value").map(shown);
    if let (Some(name), Some(value), false) = (name, value, is_off) {
        variables.set(name, &value);
    }
}

/// A value as a text, of whatever type.
fn shown(node: Node<'_>) -> String {
    node.as_str()
        .map_or_else(|| node.to_value().to_string(), str::to_owned)
}

fn folder<'n>(node: Node<'n>, around: &Around<'n>, found: &mut Vec<Found>) {
    let mut inner = around.clone();
    for variable in enabled(node, "variable") {
        set(variable, &mut inner.variables);
    }
    inner.auth = auth(node).or(around.auth);
    for item in enabled(node, "item") {
        if member(item, "item").is_some() {
            folder(item, &inner, found);
        } else if let Some(asked) = member(item, "request") {
            let request = |asked| request(asked, inner.auth, &inner.variables);
            found.extend(request(asked).map(|message| message.found(asked.span())));
            for saved in enabled(item, "response") {
                let original = member(saved, "originalRequest").filter(|it| it.is_object());
                let message = request(original.unwrap_or(asked));
                let message = message.and_then(|message| response(saved, message));
                found.extend(message.map(|message| message.found(saved.span())));
            }
        }
    }
}

/// What says who calls, unless it is left to what is around.
fn auth(node: Node<'_>) -> Option<Node<'_>> {
    member(node, "auth").filter(|auth| auth.is_object())
}

fn request(asked: Node<'_>, around: Option<Node<'_>>, variables: &Variables) -> Option<Message> {
    if let Some(url) = asked.as_str() {
        return Some(Message::new(
            "GET".to_owned(),
            variables.address(url),
            asked.span(),
        ));
    }
    if is_true(asked, "disabled") {
        return None;
    }
    let url = member(asked, "url")?;
    let method = text(asked, "method").unwrap_or("GET").to_ascii_uppercase();
    let mut message = Message::new(method, address(url, variables), url.span());
    if let Some(headers) = member(asked, "header") {
        message.headers_at(headers.span());
    }
    for field in enabled(asked, "header") {
        let (name, value) = (text(field, "key"), member(field, "value").map(shown));
        if let (Some(name), Some(value)) = (name, value) {
            let (name, value) = (variables.address(name), variables.address(&value));
            message.request.headers.add(name, value);
        }
    }
    let lines = text(asked, "header").unwrap_or_default().lines();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let (name, value) = (name.trim().to_owned(), variables.address(value.trim()));
        message.request.headers.add(name, value);
    }
    if let Some(auth) = auth(asked).or(around) {
        authorize(auth, variables, &mut message);
    }
    if let Some(held) = member(asked, "body").filter(|held| held.is_object())
        && !is_true(held, "disabled")
    {
        body(held, variables, &mut message);
    }
    Some(message)
}

/// The URL, without the parameters that are disabled.
fn address(url: Node<'_>, variables: &Variables) -> String {
    let raw = url
        .as_str()
        .or_else(|| text(url, "raw"))
        .unwrap_or_default();
    let mut address = variables.filled(raw);
    let has_parts = member(url, "query").is_some_and(|query| query.items().is_some());
    if has_parts {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        address.truncate(end);
        for (index, parameter) in enabled(url, "query").enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address += text(parameter, "key").unwrap_or_default();
            if let Some(value) = member(parameter, "value").filter(|value| !value.is_null()) {
                address.push('=');
                address += &shown(value);
            }
        }
    }
    // Parameters of the path, as in `/groups/:groupId`.
    for variable in enabled(url, "variable") {
        let name = text(variable, "key")
            .or_else(|| text(variable, "id"))
            .unwrap_or_default();
        let value = member(variable, "value")
            .map(shown)
            .filter(|value| !value.is_empty());
        if let (false, Some(value)) = (name.is_empty(), value) {
            let segments = address
                .split('/')
                .map(|segment| match segment.strip_prefix(':') {
                    Some(rest) if rest.split(['?', '#']).next() == Some(name) => {
                        format!("{value}{}", &rest[name.len()..])
                    }
                    _ => segment.to_owned(),
                });
            address = segments.collect::<Vec<_>>().join("/");
        }
    }
    variables.address(&address)
}

/// Adds what a kind of authorization sends.
fn authorize(auth: Node<'_>, variables: &Variables, message: &mut Message) {
    let kind = text(auth, "type").unwrap_or_default();
    let Some(details) = member(auth, kind) else {
        return;
    };
    // A list of keys and values; before version 2.1, an object.
    let detail = |name: &str| {
        let mut items = details.items().into_iter().flatten();
        let item = items.find(|item| text(*item, "key") == Some(name));
        let value = item
            .and_then(|item| member(item, "value"))
            .or_else(|| member(details, name));
        value.map(|value| variables.address(&shown(value)))
    };
    match kind {
        "bearer" => {
            let token = detail("token").unwrap_or_default();
            message
                .request
                .headers
                .add("Authorization", format!("Bearer {token}"));
        }
        "basic" => {
            let user = detail("username").unwrap_or_default();
            let password = detail("password").unwrap_or_default();
            message
                .request
                .headers
                .add("Authorization", format!("Basic {user}:{password}"));
        }
        "apikey" => {
            let (name, value) = (
                detail("key").unwrap_or_default(),
                detail("value").unwrap_or_default(),
            );
            if detail("in").as_deref() == Some("query") {
                let url = message.request.url.to_mut();
                url.push(if url.contains('?') { '&' } else { '?' });
                url.extend([name.as_str(), "=", &value]);
            } else {
                message.request.headers.add(name, value);
            }
        }
        _ => {}
    }
}

fn body(held: Node<'_>, variables: &Variables, message: &mut Message) {
    let mode = text(held, "mode").unwrap_or_default();
    let Some(content) = member(held, mode) else {
        return;
    };
    let spot = Spot::of(content.span());
    match mode {
        "raw" => {
            let options = member(held, "options").and_then(|options| member(options, "raw"));
            let language = options.and_then(|raw| text(raw, "language"));
            message.media_type(match language {
                Some("json") => "application/json",
                _ => "text/plain",
            });
            let text = variables.filled(content.as_str().unwrap_or_default());
            let gaps = gaps(&text);
            message.body(text.into_bytes(), spot, gaps);
        }
        "urlencoded" => {
            message.media_type(FORM);
            let mut pairs = Vec::new();
            for pair in enabled(held, mode) {
                let value = member(pair, "value").map(shown).unwrap_or_default();
                pairs.push(format!("{}={value}", text(pair, "key").unwrap_or_default()));
            }
            let text = variables.filled(&pairs.join("&"));
            let gaps = gaps(&text);
            message.body(text.into_bytes(), spot, gaps);
        }
        "formdata" => message.parts(content.span()),
        "graphql" => {
            message.media_type("application/json");
            message.body(
                content.to_value().to_string().into_bytes(),
                spot,
                Vec::new(),
            );
        }
        // What is sent is in a file.
        _ => message.body_in_file(content.span()),
    }
}

/// Adds a response that is saved; none where it has no status.
fn response(saved: Node<'_>, mut message: Message) -> Option<Message> {
    let code = member(saved, "code")?;
    let Data::Number(Number::Integer(status @ 100..=599)) = code.data() else {
        return None;
    };
    let mut response = Response::new(u16::try_from(status).ok()?);
    for field in enabled(saved, "header") {
        if let (Some(name), Some(value)) = (text(field, "key"), member(field, "value").map(shown)) {
            response.headers.add(name.to_owned(), value);
        }
    }
    message.spots[Part::ResponseStatus as usize] = Spot {
        span: code.span(),
        verbatim: true,
    };
    if let Some(headers) = member(saved, "header") {
        message.spots[Part::ResponseHeaders as usize] = Spot::of(headers.span());
    }
    if let Some(body) = member(saved, "body") {
        message.spots[Part::ResponseBody as usize] = Spot::of(body.span());
        response.body = Some(body.as_str().unwrap_or_default().as_bytes().to_vec().into());
    }
    message.response = Some(response);
    Some(message)
}
