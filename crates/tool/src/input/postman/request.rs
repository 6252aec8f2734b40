//! A request of a collection.

use std::collections::HashMap;

use kaizala_actions::{
    json::Node,
    lint::{
        Headers,
        recorded::{Spot, member},
    },
};

use super::{
    super::{
        message::{FORM, Message, enabled, is_true, text},
        template::{Filler, gaps},
    },
    around::Around,
    variable::shown,
};

/// The methods that Postman sends without a body.
const BODILESS: &[&str] = &["GET", "HEAD", "COPY", "PURGE", "UNLOCK"];

/// A request; none where it is disabled, or where there is no URL.
pub(super) fn read(asked: Node<'_>, around: &Around, filler: &mut Filler<'_>) -> Option<Message> {
    if is_true(asked, "disabled") {
        return None;
    }
    // A URL alone is a request, too.
    let url = Some(asked).filter(|asked| asked.as_str().is_some());
    let url = url.or_else(|| member(asked, "url"))?;
    let method = text(asked, "method").unwrap_or("GET").to_ascii_uppercase();
    let has_body = around.keeps_bodies || !BODILESS.contains(&&*method);
    let mut message = Message::new(method, address(url, filler), url.span());
    if let Some(headers) = member(asked, "header") {
        message.headers_at(headers.span());
        fields(headers, &mut message.request.headers, |text| {
            filler.address(text)
        });
    }
    if let Some(auth) = around.auth(asked) {
        auth.add(filler, &mut message);
    }
    let held = member(asked, "body").filter(|held| held.is_object());
    if let Some(held) = held.filter(|held| has_body && !is_true(*held, "disabled")) {
        body(held, filler, &mut message);
    }
    Some(message)
}

/// Adds header fields: a list of names and values or of lines, or lines in one text.
pub(super) fn fields(
    node: Node<'_>,
    headers: &mut Headers<'static>,
    mut filled: impl FnMut(&str) -> String,
) {
    for item in node.items().into_iter().flatten() {
        let (name, value) = (text(item, "key"), member(item, "value").map(shown));
        if let (Some(name), Some(value), false) = (name, value, is_true(item, "disabled")) {
            headers.add(filled(name), filled(&value));
        }
    }
    let lines = node.items().into_iter().flatten().chain([node]);
    let lines = lines.filter_map(Node::as_str).flat_map(str::lines);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        headers.add(filled(name.trim()), filled(value.trim()));
    }
}

/// The URL, without the parameters that are disabled.
fn address(url: Node<'_>, filler: &mut Filler<'_>) -> String {
    let raw = url.as_str().or_else(|| text(url, "raw"));
    let raw = raw.map_or_else(|| composed(url), str::to_owned);
    let mut address = filler.filled(&raw);
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
    let values = enabled(url, "variable").filter_map(|variable| {
        let name = text(variable, "key").or_else(|| text(variable, "id"))?;
        let value = member(variable, "value").map(shown)?;
        (!name.is_empty() && !value.is_empty()).then_some((name, value))
    });
    let values: HashMap<_, _> = values.collect();
    if !values.is_empty() {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        let segments = path.split('/').map(|segment| {
            let value = segment.strip_prefix(':').and_then(|name| values.get(name));
            // A path can have one parameter many times.
            let value = value.filter(|value| filler.takes(value.len()));
            value.map_or(segment, String::as_str)
        });
        address = segments.collect::<Vec<_>>().join("/") + rest;
    }
    filler.address(&address)
}

/// The URL of an object that has it in parts only.
fn composed(url: Node<'_>) -> String {
    let parts = |name: &str, separator: &str| {
        let node = member(url, name).filter(|node| !node.is_null())?;
        let Some(items) = node.items() else {
            return Some(shown(node));
        };
        let items = items.map(|item| shown(member(item, "value").unwrap_or(item)));
        Some(items.collect::<Vec<_>>().join(separator))
    };
    let mut address = String::new();
    if let Some(protocol) = parts("protocol", "") {
        address.extend([protocol.trim_end_matches("://"), "://"]);
    }
    address += &parts("host", ".").unwrap_or_default();
    if let Some(port) = parts("port", "") {
        address.extend([":", &port]);
    }
    if let Some(path) = parts("path", "/") {
        address.extend(["/", path.trim_start_matches('/')]);
    }
    address
}

fn body(held: Node<'_>, filler: &mut Filler<'_>, message: &mut Message) {
    let mode = text(held, "mode").unwrap_or_default();
    let Some(content) = member(held, mode).filter(|content| !content.is_null()) else {
        return;
    };
    let spot = Spot::of(content.span());
    match mode {
        "raw" => {
            let options = member(held, "options").and_then(|options| member(options, "raw"));
            let language = options.and_then(|raw| text(raw, "language"));
            message.media_type(match language {
                Some("json") => "application/json",
                Some("xml") => "application/xml",
                Some("html") => "text/html",
                Some("javascript") => "application/javascript",
                _ => "text/plain",
            });
            let text = filler.filled(content.as_str().unwrap_or_default());
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
            let text = filler.filled(content.as_str().unwrap_or(&pairs.join("&")));
            let gaps = gaps(&text);
            message.body(text.into_bytes(), spot, gaps);
        }
        "formdata" => message.parts(content.span()),
        "graphql" => {
            message.media_type("application/json");
            let query = content.to_value().to_string();
            message.body(query.into_bytes(), spot, Vec::new());
        }
        "file" => match text(content, "content") {
            Some(text) => message.body(text.as_bytes().to_vec(), spot, Vec::new()),
            None => message.body_in_file(content.span()),
        },
        _ => {}
    }
}
