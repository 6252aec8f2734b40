//! Checks that each operation is complete, and what the head of the document says about all of
//! them.

use serde_json::Value;

use super::{
    document::{escape, items, members, resolve, texts},
    names,
    operations::{self, Operation},
    parameters,
    refusal::{Refusal, refuse},
    shape::brief,
};

/// Checks the operations, and the parts of the head of the document that are about them.
///
/// # Errors
/// A [`Refusal`] for contradictions and missing parts.
pub fn check(document: &Value) -> Result<(), Refusal> {
    let operations = operations::find(document)?;
    names::distinct(operations.iter().map(|it| it.id), "#/paths")?;
    for operation in &operations {
        whole(document, operation, &operations)?;
    }
    server(document)
}

fn whole(
    document: &Value,
    operation: &Operation<'_>,
    operations: &[Operation<'_>],
) -> Result<(), Refusal> {
    let Operation {
        place,
        path,
        method,
        value,
        ..
    } = operation;
    let parameters = parameters::of(document, operation)?;
    let names = parameters.iter().filter_map(|(_, it)| it["name"].as_str());
    names::distinct(names, &format!("{place}/parameters"))?;
    for (place, parameter) in &parameters {
        parameters::check(document, parameter, place)?;
    }
    parameters::in_path(path, &parameters, place)?;
    let has_body = value.get("requestBody").is_some();
    if has_body != (*method == "post") {
        let help = "let GET have none, and POST one";
        return refuse(place, format!("the body of a {method} request"), help);
    }
    let mut answers = false;
    for (status, response) in members(&value["responses"]) {
        let place = format!("{place}/responses/{}", escape(status));
        if !is_status(status) {
            let help = "write three digits, or `default` for 400 to 599: many tools know no ranges";
            return refuse(place, "no status", help);
        }
        let defined = response["$ref"].as_str().map(str::to_owned);
        let response = resolve(document, response, &place)?;
        let place = defined.unwrap_or(place);
        answers |= status.starts_with('2') && response.get("content").is_some();
        for (name, header) in members(&response["headers"]) {
            let place = format!("{place}/headers/{}", escape(name));
            if !name
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
            {
                return refuse(place, "no header", "write letters, digits and hyphens");
            }
            parameters::value(&header["schema"], &place)?;
        }
        links(document, operations, response, &place)?;
    }
    if !answers {
        let help = "add the response of status 200 with its content";
        return refuse(format!("{place}/responses"), "no body of a success", help);
    }
    let declared: Vec<_> = items(document, "tags").map(|tag| &tag["name"]).collect();
    match texts(value, "tags").find(|tag| declared.iter().all(|it| *it != tag)) {
        Some(tag) => refuse(
            format!("{place}/tags"),
            format!("`{}` is not declared", tag.escape_debug()),
            "add it to `tags` at the root",
        ),
        None => Ok(()),
    }
}

fn is_status(status: &str) -> bool {
    let is_number = status.len() == 3
        && status.starts_with(['1', '2', '3', '4', '5'])
        && status.bytes().all(|digit| digit.is_ascii_digit());
    is_number || status == "default"
}

fn links(
    document: &Value,
    operations: &[Operation<'_>],
    response: &Value,
    place: &str,
) -> Result<(), Refusal> {
    for (name, link) in members(&response["links"]) {
        let place = format!("{place}/links/{}", escape(name));
        let is_meant = |it: &&Operation<'_>| it.value["operationId"] == link["operationId"];
        let Some(operation) = operations.iter().find(is_meant) else {
            let problem = format!("{} is not an operation", brief(&link["operationId"]));
            return refuse(place, problem, "write an operationId");
        };
        for (name, _) in members(&link["parameters"]) {
            let parameters = parameters::of(document, operation)?;
            if parameters.iter().all(|(_, it)| it["name"] != **name) {
                let problem = format!("`{}` is not one of its parameters", name.escape_debug());
                return refuse(
                    format!("{place}/parameters"),
                    problem,
                    "write one that it has",
                );
            }
        }
    }
    Ok(())
}

/// Checks that there is one address, without variables: routers that compare it with the address of
/// a request refuse a variable for the scheme and host, also in a second address.
fn server(document: &Value) -> Result<(), Refusal> {
    let urls: Vec<_> = items(document, "servers").map(|it| &it["url"]).collect();
    let [url] = urls[..] else {
        let help = "say in the description where else the API may be";
        return refuse("#/servers", "more than one server", help);
    };
    let url = url.as_str().unwrap_or_default();
    if base(url).is_some() {
        return Ok(());
    }
    refuse(
        "#/servers/0/url",
        format!("`{}` is not a host and a path", url.escape_debug()),
        "write it as in `https://api.kaiza.la/v1`, without variables",
    )
}

/// The path of the server's address, as in `/v1`, which the client appends to the user's endpoint.
pub fn base(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    let (host, base) = rest.split_at(rest.find('/')?);
    let plain = |text: &str, marks: &str| {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || marks.contains(letter);
        !text.is_empty() && text.chars().all(is_plain)
    };
    let is_path = base.len() > 1 && !base.ends_with('/') && !base.contains("//");
    (plain(host, ".-:") && plain(base, "/") && is_path).then_some(base)
}
