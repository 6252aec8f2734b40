//! Definitions of flows, of Power Automate and of Logic Apps: the calls of their actions, in scopes
//! and conditions too.

use kaizala_actions::{
    json::Node,
    lint::{
        Unresolved, UnresolvedKind,
        recorded::{Spot, member},
    },
};

use super::{
    message::{Message, records, text},
    split::Found,
};

/// The calls of a definition.
pub(super) fn read(definition: &[u8]) -> Vec<Found> {
    records(definition, |root, found| within(root, definition, found))
}

/// Goes through all that can hold actions.
fn within(node: Node<'_>, source: &[u8], found: &mut Vec<Found>) {
    for item in node.items().into_iter().flatten() {
        within(item, source, found);
    }
    for inner in node.all_members() {
        let value = inner.value();
        if inner.written() == "actions" && value.is_object() {
            for action in value.all_members() {
                let action = action.value();
                let call = call(action, source);
                found.extend(call.map(|message| message.found(action.span())));
                within(action, source, found);
            }
        } else if inner.written() != "inputs" {
            within(value, source, found);
        }
    }
}

/// What an action calls; none for one of another kind.
fn call(action: Node<'_>, source: &[u8]) -> Option<Message> {
    let kind = text(action, "type")?;
    let inputs = member(action, "inputs")?;
    let is_connector = kind.eq_ignore_ascii_case("ApiConnection")
        || kind.eq_ignore_ascii_case("ApiConnectionWebhook");
    let address = match kind {
        _ if is_connector => member(inputs, "path")?,
        _ if kind.eq_ignore_ascii_case("Http") => member(inputs, "uri")?,
        _ => return None,
    };
    let method = text(inputs, "method").unwrap_or("GET").to_ascii_uppercase();
    let mut url = template(address.as_str()?);
    if is_connector {
        // The connection knows the host, and who calls.
        url.insert_str(0, "$connection");
    }
    let queries = member(inputs, "queries")
        .into_iter()
        .flat_map(Node::all_members);
    let mut separator = if url.contains('?') { '&' } else { '?' };
    for query in queries {
        url.push(std::mem::replace(&mut separator, '&'));
        url.extend([query.written(), "=", &shown(query.value())]);
    }
    let mut message = Message::new(method, url, address.span());
    if let Some(headers) = member(inputs, "headers") {
        message.headers_at(headers.span());
        for field in headers.all_members() {
            let (name, value) = (field.written().to_owned(), shown(field.value()));
            message.request.headers.add(name, value);
        }
    }
    if is_connector {
        message.request.headers.add("accessToken", "$connection");
    }
    if let Some(body) = member(inputs, "body").filter(|body| !body.is_null()) {
        message.media_type("application/json");
        let span = body.span();
        let mut gaps = Vec::new();
        expressions(body, span.start, &mut gaps);
        let spot = Spot {
            span: span.clone(),
            verbatim: true,
        };
        match body.as_str().filter(|_| gaps.is_empty()) {
            Some(text) => message.body(text.as_bytes().to_vec(), Spot::of(span), gaps),
            None => message.body(source[span].to_vec(), spot, gaps),
        }
    }
    Some(message)
}

fn shown(node: Node<'_>) -> String {
    node.as_str()
        .map_or_else(|| node.to_value().to_string(), template)
}

/// Finds the strings that are computed.
fn expressions(node: Node<'_>, start: usize, gaps: &mut Vec<Unresolved>) {
    if node.as_str().is_some_and(is_computed) {
        let span = node.span();
        gaps.push(Unresolved::new(
            span.start - start..span.end - start,
            UnresolvedKind::Expression,
        ));
    }
    for item in node.items().into_iter().flatten() {
        expressions(item, start, gaps);
    }
    for inner in node.all_members() {
        expressions(inner.value(), start, gaps);
    }
}

/// `@@` is a plain `@`.
fn is_computed(text: &str) -> bool {
    text.starts_with('@') && !text.starts_with("@@") || text.contains("@{")
}

/// A text with `$expression` for what is computed, and the text of what only encodes one.
fn template(text: &str) -> String {
    if !is_computed(text) {
        return text.replacen("@@", "@", usize::from(text.starts_with("@@")));
    }
    if !text.contains("@{") {
        return "$expression".to_owned();
    }
    let mut template = String::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once("@{") {
        let (expression, after) = inner.split_once('}').unwrap_or((inner, ""));
        template += before;
        template += literal(expression).unwrap_or("$expression");
        rest = after;
    }
    template + rest
}

/// The text that an expression encodes for a URL.
fn literal(expression: &str) -> Option<&str> {
    let mut inner = expression.trim();
    while let Some(argument) = inner
        .strip_prefix("encodeURIComponent(")
        .and_then(|inner| inner.strip_suffix(')'))
    {
        inner = argument.trim();
    }
    let text = inner.strip_prefix('\'')?.strip_suffix('\'')?;
    (!text.contains('\'')).then_some(text)
}
