//! Parameters and header fields: whether the linter can parse them from text, and the parts of a
//! path.

use serde_json::Value;

use super::{
    document::{escape, items, resolve},
    operations::Operation,
    refusal::{Refusal, refuse},
    shape::brief,
};

/// A parameter with its location.
pub type Parameter<'d> = (String, &'d Value);

/// The parameters of an operation, those of its path first.
///
/// # Errors
/// A [`Refusal`] for one that leads nowhere, or that is in the wrong place: parameters of the path
/// belong to all of its operations.
pub fn of<'d>(
    document: &'d Value,
    operation: &Operation<'d>,
) -> Result<Vec<Parameter<'d>>, Refusal> {
    let path = (
        &document["paths"][operation.path],
        format!("#/paths/{}", escape(operation.path)),
    );
    let own = (operation.value, operation.place.clone());
    let mut all = Vec::new();
    for (is_path, (owner, place)) in [(true, path), (false, own)] {
        for (index, stated) in items(owner, "parameters").enumerate() {
            let place = format!("{place}/parameters/{index}");
            let parameter = resolve(document, stated, &place)?;
            if is_path != (parameter["in"] == "path") {
                let help = "write what is in the path at the path, and the rest in its operations";
                return refuse(place, "a parameter of the other kind", help);
            }
            let defined = stated["$ref"].as_str().map(str::to_owned);
            all.push((defined.unwrap_or(place), parameter));
        }
    }
    Ok(all)
}

/// Checks that the parameters in a path are the declared ones.
///
/// # Errors
/// A [`Refusal`] if they are not, or for a path of another form.
pub fn in_path(path: &str, parameters: &[Parameter<'_>], place: &str) -> Result<(), Refusal> {
    let segments = path.split('/').skip(1);
    let inner = segments.filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    let named: Vec<_> = inner.collect();
    let declared = parameters.iter().filter(|(_, it)| it["in"] == "path");
    let declared: Vec<_> = declared.filter_map(|(_, it)| it["name"].as_str()).collect();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/{}".contains(letter);
    let braces = path.matches(['{', '}']).count();
    let well_formed = path.starts_with('/') && path.chars().all(is_plain);
    if !well_formed || braces != 2 * named.len() || path.contains("//") || path.ends_with('/') {
        let help = "write it as in `/groups/{groupId}/actions`";
        return refuse(
            place,
            format!("`{}` is not a path", path.escape_debug()),
            help,
        );
    }
    let missing = named.iter().find(|name| !declared.contains(name));
    let unused = declared.iter().find(|name| !named.contains(name));
    match missing.or(unused) {
        Some(name) => refuse(
            format!("{place}/parameters"),
            format!("`{name}` is not both in the path and a parameter in it"),
            "name the same parameters in both",
        ),
        None => Ok(()),
    }
}

/// Checks a parameter.
///
/// # Errors
/// A [`Refusal`] for one that the linter could not parse.
pub fn check(document: &Value, parameter: &Value, place: &str) -> Result<(), Refusal> {
    let is_required = parameter["required"] == true;
    if parameter["in"] == "path" && !is_required {
        let help = "write `required: true`: a path has all its parts";
        return refuse(
            format!("{place}/required"),
            "an optional part of a path",
            help,
        );
    }
    let place = format!("{place}/schema");
    let schema = resolve(document, &parameter["schema"], &place)?;
    if parameter["schema"].get("$ref").is_some() {
        return match schema["x-kaizala-matrix"] {
            Value::String(_) if schema["type"] == "string" => Ok(()),
            _ => refuse(
                place,
                "a parameter of this schema",
                "refer to a schema of ids (`x-kaizala-matrix`), or write the schema here",
            ),
        };
    }
    if is_required && schema.get("default").is_some() {
        let help = "remove it, or let the parameter be optional";
        return refuse(
            format!("{place}/default"),
            "a default of what must be there",
            help,
        );
    }
    value(schema, &place)
}

/// Checks the schema of a parameter or a header.
///
/// # Errors
/// A [`Refusal`] for keywords without a meaning there.
pub fn value(schema: &Value, place: &str) -> Result<(), Refusal> {
    let kind = schema["type"].as_str().unwrap_or_default();
    for keyword in ["format", "minimum", "x-kaizala-unit"] {
        if schema.get(keyword).is_some() && kind != "integer" {
            return refuse(
                format!("{place}/{keyword}"),
                format!("`{keyword}` means nothing of a {kind}"),
                "remove it, or write `type: integer`",
            );
        }
    }
    let minimum = &schema["minimum"];
    if !minimum.is_null() && !minimum.is_i64() {
        let help = "write an integer";
        return refuse(
            format!("{place}/minimum"),
            format!("{minimum} is not an integer"),
            help,
        );
    }
    let default = &schema["default"];
    let fits = match kind {
        "string" => default.is_string(),
        "boolean" => default.is_boolean(),
        _ => default
            .as_i64()
            .is_some_and(|it| minimum.as_i64().is_none_or(|least| least <= it)),
    };
    if default.is_null() && schema.get("default").is_none() || fits {
        return Ok(());
    }
    refuse(
        format!("{place}/default"),
        format!("{} is not allowed by the schema", brief(default)),
        "write a value that is",
    )
}
