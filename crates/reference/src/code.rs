//! Examples: a body as JSON, as a command of curl, and as each language sends it.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    colour::coloured,
    json,
    reference::Reference,
    value::{members, text},
};

/// JSON for reading.
pub(super) fn json(value: &Value) -> String {
    json::laid_out(&value.to_string(), json::PAGE)
}

/// The example of a media type or a parameter: its only one, or the first of those that have names.
/// In what belongs together the first are of the same type.
pub(super) fn example(content: &Value) -> &Value {
    let named = members(&content["examples"]).next();
    named.map_or(&content["example"], |(_, example)| &example["value"])
}

/// A block of code in a language, which scrolls by itself.
pub(super) fn block(label: &str, language: &str, text: &str) -> Markup {
    html! {
        pre role="group" aria-label=(label) tabindex="0" { code { (coloured(language, text)) } }
    }
}

/// A body that is sent, in all ways. What has no snippet says so.
pub(super) fn ways(reference: &Reference, name: &str, curl: &str) -> Markup {
    let body = json(&reference.schema(name)["example"]);
    tabs(reference, name, &[("JSON", &body), ("curl", curl)])
}

/// How to connect in each language.
pub(super) fn clients(reference: &Reference) -> Markup {
    tabs(reference, "client", &[])
}

/// One of several blocks at a time, those of the languages last, without a script: a radio button
/// each.
fn tabs(reference: &Reference, name: &str, own: &[(&str, &str)]) -> Markup {
    let own = own.iter().map(|(language, text)| (*language, Some(*text)));
    let snippets = reference.snippets.iter();
    let panels = own.chain(snippets.map(|snippets| (snippets.language, snippets.get(name))));
    html! {
        fieldset.tabs {
            legend { "Example of " code { (name) } " in" }
            // A panel directly follows its label, so that the stylesheet need not count.
            @for (index, (language, text)) in panels.enumerate() {
                @let id = format!("{name}-{}", language.to_lowercase());
                input type="radio" name={ (name) "-language" } id=(id) checked[index == 0];
                label for=(id) { (language) }
                div.panel {
                    p.language { (language) }
                    @match text {
                        Some(text) => (block(&format!("{name} in {language}"), language, text.trim_end())),
                        None => p.missing { "There is no example in " (language) " yet." },
                    }
                }
            }
        }
    }
}

/// The command that makes a call, with the parameters of the document's examples, and those of the
/// query that `query` has.
pub(super) fn curl(
    reference: &Reference,
    path: &str,
    query: &[(&str, &str)],
    body: Option<&Value>,
) -> String {
    let mut address = path.to_owned();
    for (_, parameter) in members(&reference.document["components"]["parameters"]) {
        let name = format!("{{{}}}", text(parameter, "name"));
        address = address.replace(&name, text(parameter, "example"));
    }
    let query: Vec<_> = query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if !query.is_empty() {
        address = format!("{address}?{}", query.join("&"));
    }
    let contract = kaizala_actions::contract::Contract::get();
    let (base, token) = (&contract.base, &contract.token_header);
    let command = format!(
        "curl \"$KAIZALA_ENDPOINT{base}{address}\" \\\n  -H \"{token}: $KAIZALA_ACCESS_TOKEN\""
    );
    let Some(body) = body else { return command };
    // In single quotes, which a shell ends for one within.
    let body = json(body).replace('\'', "'\\''");
    format!("{command} \\\n  -H 'content-type: application/json' \\\n  -d '{body}'")
}
