//! What says who calls.

use kaizala_actions::{json::Node, lint::recorded::member};

use super::{
    super::{
        message::{Message, text},
        template::Filler,
    },
    variable::shown,
};

/// What a kind of authorization sends, with variables.
pub(super) struct Auth(Option<Sent>);

struct Sent {
    in_query: bool,
    name: String,
    value: String,
}

impl Auth {
    /// What it sets; none where that is left to what is around.
    pub fn read(auth: Node<'_>) -> Option<Self> {
        auth.is_object().then(|| Self(sent(auth)))
    }

    /// Adds it to a request.
    pub fn add(&self, filler: &mut Filler<'_>, message: &mut Message) {
        let Some(Sent {
            in_query,
            name,
            value,
        }) = &self.0
        else {
            return;
        };
        // Many requests can inherit one long value.
        let (name, value) = if filler.takes(name.len() + value.len()) {
            (filler.address(name), filler.address(value))
        } else {
            (name.chars().take(80).collect(), "$authorization".to_owned())
        };
        if *in_query {
            let url = message.request.url.to_mut();
            url.push(if url.contains('?') { '&' } else { '?' });
            url.extend([name.as_str(), "=", &value]);
        } else {
            message.request.headers.add(name, value);
        }
    }
}

fn sent(auth: Node<'_>) -> Option<Sent> {
    let kind = text(auth, "type")?;
    let details = member(auth, kind)?;
    // A list of keys and values; before version 2.1, an object.
    let detail = |name: &str| {
        let mut items = details.items().into_iter().flatten();
        let item = items.find(|item| text(*item, "key") == Some(name));
        let value = item.map_or_else(|| member(details, name), |item| member(item, "value"));
        value.filter(|value| !value.is_null()).map(shown)
    };
    let said = |name| detail(name).unwrap_or_default();
    let in_header = |value| Sent {
        in_query: false,
        name: "Authorization".to_owned(),
        value,
    };
    match kind {
        "bearer" => Some(in_header(format!("Bearer {}", said("token")))),
        "basic" => {
            let credentials = format!("Basic {}:{}", said("username"), said("password"));
            Some(in_header(credentials))
        }
        "oauth2" if said("addTokenTo") == "queryParams" => Some(Sent {
            in_query: true,
            name: "access_token".to_owned(),
            value: said("accessToken"),
        }),
        "oauth2" => {
            let prefix = detail("headerPrefix").unwrap_or_else(|| "Bearer".to_owned());
            let credentials = format!("{} {}", prefix.trim(), said("accessToken"));
            Some(in_header(credentials.trim_start().to_owned()))
        }
        "apikey" => Some(Sent {
            in_query: said("in") == "query",
            name: said("key"),
            value: said("value"),
        }),
        _ => None,
    }
}
