//! The operations in detail: that each is whole, and what the head of the document says about all.

use serde_json::Value;

use super::{
    document::{escape, items, members, resolve, texts},
    names,
    operations::{self, Operation},
    parameters,
    refusal::{Refusal, refuse},
    shape::brief,
};

/// Checks the operations, and what is about them in the head of the document.
///
/// # Errors
/// A [`Refusal`] for what contradicts itself or is missing.
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
            let help = "write three digits, or a range as in `4XX`";
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
    let (first, rest) = status.split_at_checked(1).unwrap_or_default();
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    rest.len() == 2
        && matches!(first, "1" | "2" | "3" | "4" | "5")
        && (digits(rest) || rest == "XX")
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
            let problem = format!("{} is no operation", brief(&link["operationId"]));
            return refuse(place, problem, "write an operationId");
        };
        for (name, _) in members(&link["parameters"]) {
            let parameters = parameters::of(document, operation)?;
            if parameters.iter().all(|(_, it)| it["name"] != **name) {
                let problem = format!("`{}` is none of its parameters", name.escape_debug());
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

/// The address is an endpoint of the user's and a fixed rest, which the client adds to it.
fn server(document: &Value) -> Result<(), Refusal> {
    let server = &document["servers"][0];
    let url = server["url"].as_str().unwrap_or_default();
    let parts = url.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let is_whole = parts.is_some_and(|(variable, base)| {
        let variables: Vec<_> = members(&server["variables"])
            .map(|(name, _)| name)
            .collect();
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '/';
        variables == [variable]
            && base.starts_with('/')
            && base.len() > 1
            && base.chars().all(is_plain)
    });
    if is_whole {
        return Ok(());
    }
    refuse(
        "#/servers/0/url",
        format!("`{}` is not a variable and a path", url.escape_debug()),
        "write `{endpointUrl}/v1`, and explain the variable in `variables`",
    )
}
