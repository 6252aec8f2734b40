//! The JSON Schema of `kaizala-actions.toml`, for editors. A test compares it with the parser.

use clap::{Arg, Args as _, ValueEnum, builder::PossibleValue};
use kaizala_actions::{
    contract::Dialect,
    lint::{Rule, Severity},
};
use serde_json::{Value, json};

use super::{
    file::{KEYS, NAME, OVERRIDE_KEYS},
    modes,
};
use crate::{
    input::{Format, Map},
    lint::args::LintArgs,
    parsers::name,
};

/// The schema, in a dialect. Keys and values are those of the documentation: the parser also
/// accepts names of rules and methods in other cases.
pub(crate) fn schema(dialect: Dialect) -> Value {
    let mut schema = json!({"$schema": dialect.uri(), "title": NAME});
    describe_table(&mut schema, &KEYS, dialect);
    schema[dialect.definitions()] = json!({"rules": rules()});
    schema
}

/// A table with these keys and no other.
fn describe_table(schema: &mut Value, keys: &[&str], dialect: Dialect) {
    let inputs = Format::value_variants().iter();
    let exchanges = inputs.filter(|input| input.has_exchanges()).map(name);
    let exchanges: Vec<_> = exchanges.collect();
    schema["type"] = "object".into();
    schema["properties"] = keys
        .iter()
        .map(|key| ((*key).to_owned(), property(key, dialect)))
        .collect();
    schema["additionalProperties"] = false.into();
    // Bodies in exchanges are recognised by method and path.
    schema["not"] =
        json!({"required": ["as", "input"], "properties": {"input": {"enum": exchanges}}});
}

fn property(key: &str, dialect: Dialect) -> Value {
    let mut property = match key {
        "overrides" => {
            let mut table = json!({});
            describe_table(&mut table, &OVERRIDE_KEYS, dialect);
            table["properties"]["paths"] = json!({
                "type": "array",
                "items": {"type": "string"},
                "minItems": 1,
                "description": "For which files, as in old/**",
            });
            table["required"] = json!(["paths"]);
            let description = "Settings for some files only";
            return json!({"type": "array", "items": table, "description": description});
        }
        "proxy" => return modes::schema(),
        "rules" => return json!({"$ref": format!("#/{}/rules", dialect.definitions())}),
        "paths" => json!({"type": "array", "items": {"type": "string"}}),
        "allow" => {
            let pattern = "^.+:([gG][eE][tT]|[pP][oO][sS][tT])$";
            json!({"type": "array", "items": {"type": "string", "pattern": pattern}})
        }
        "deny-warnings" => json!({"type": "boolean"}),
        "map" => json!({"type": "string", "pattern": Map::pattern()}),
        "id-pointer" => json!({"type": "string", "pattern": "^/"}),
        _ => json!({"type": "string"}),
    };
    let command = LintArgs::augment_args(clap::Command::new("lint"));
    let named = |argument: &&Arg| argument.get_long() == Some(key) || argument.get_id() == key;
    if let Some(argument) = command.get_arguments().find(named) {
        let values = argument.get_possible_values();
        let values: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        if property["type"] == "string" && !values.is_empty() {
            property["enum"] = json!(values);
        }
        if let Some(help) = argument.get_help() {
            property["description"] = help.to_string().into();
        }
    }
    property
}

/// Editors suggest the names of the rules; ids are valid, too.
fn rules() -> Value {
    let [error, warning, note] =
        [Severity::Error, Severity::Warning, Severity::Note].map(Severity::name);
    let levels = [error, warning, note, "off"];
    let names = Rule::all().iter().map(|rule| {
        let description = format!("{}: {}", rule.id, rule.summary);
        let level = json!({"enum": levels, "description": description});
        (rule.name, level)
    });
    let names: Value = names.collect();
    let ids: Vec<_> = Rule::all().iter().map(|rule| rule.id).collect();
    json!({
        "type": "object",
        "properties": names,
        "patternProperties": {format!("^({})$", ids.join("|")): {"enum": levels}},
        "additionalProperties": false,
        "description": "Severities of rules, by name or id",
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jsonschema::Validator;
    use toml::de::{DeTable, DeValue};

    use super::{
        super::{file::read, value::Value as Written},
        *,
    };

    /// Values for any key, some of which are valid.
    const VALUES: &[&str] = &[
        "1",
        "true",
        "\"\"",
        "\"a.json\"",
        "\"full\"",
        "\"Full\"",
        "\"post-action.request\"",
        "\"Post-action.request\"",
        "\"auto\"",
        "\"har\"",
        "[]",
        "[1]",
        "[\"a\", 1]",
        "[\"a\", \"old/**\"]",
        "[\"album:post\"]",
        "[\"album:GET\", \"a:b:post\"]",
        "[\"album\"]",
        "[\":post\"]",
        "[\"album:put\"]",
        "{}",
        "{ null-member = \"off\" }",
        "{ null-member = \"loud\" }",
        "{ null-member = true }",
        "{ KZ107 = \"note\", value-casing = \"error\" }",
        "{ KZ999 = \"note\" }",
        "[{}]",
        "[{ paths = [] }]",
        "[{ paths = \"a\" }]",
        "[{ paths = [\"a\"] }, { paths = [\"b\"], rules = { KZ107 = \"note\" } }]",
        "[{ paths = [\"a\"], as = \"error.response\", input = \"ndjson\" }]",
        "[{ paths = [\"a\"], as = \"error.response\", input = \"curl\" }]",
        "[{ paths = [\"a\"], format = \"full\" }]",
        "{ requests = \"enforce\", responses = \"off\", override = \"observe\" }",
        "{ override = \"enforce\" }",
        "{ request = \"off\" }",
        "{ operations = [] }",
        "{ operations = [{ operation = \"postAction\", responses = \"observe\" }, { operation = \"listActions\" }] }",
        "{ operations = [{ operation = \"post\" }] }",
        "{ operations = [{ requests = \"off\" }] }",
        "{ operations = { operation = \"postAction\" } }",
    ];

    fn json(value: &Written<'_>) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::from(&**text),
            DeValue::Boolean(value) => Value::from(*value),
            DeValue::Array(items) => items.iter().map(json).collect(),
            DeValue::Table(table) => object(table),
            _ => Value::from(1),
        }
    }

    fn object(table: &DeTable<'_>) -> Value {
        table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), json(value)))
            .collect()
    }

    /// Whether the schemas accept a text; they must agree.
    fn takes(validators: &[Validator], text: &str) -> bool {
        let instance = object(DeTable::parse(text).expect(text).get_ref());
        let verdicts: Vec<_> = validators
            .iter()
            .map(|validator| validator.is_valid(&instance))
            .collect();
        assert!(
            verdicts.windows(2).all(|pair| pair[0] == pair[1]),
            "{text}: {verdicts:?}"
        );
        verdicts[0]
    }

    #[test]
    fn the_schema_takes_what_the_reader_takes() {
        let validators = Dialect::ALL.iter().map(|dialect| {
            let schema = schema(*dialect);
            assert!(jsonschema::meta::is_valid(&schema));
            jsonschema::validator_for(&schema).expect("a schema")
        });
        let validators: Vec<_> = validators.collect();
        let keys = [&KEYS[..], &["path", "As", "rule"]].concat();
        let (mut taken, mut texts) = (0, Vec::new());
        for key in &keys {
            texts.extend(VALUES.iter().map(|value| format!("{key} = {value}")));
            texts.extend(
                VALUES
                    .iter()
                    .map(|value| format!("[[overrides]]\npaths = [\"a\"]\n{key} = {value}")),
            );
        }
        for input in Format::value_variants().iter().map(name) {
            texts.push(format!("as = \"error.response\"\ninput = \"{input}\""));
        }
        for text in texts {
            // A duplicate key is not valid TOML.
            if DeTable::parse(&text).is_ok() {
                let read = read(Path::new(NAME), &text).is_ok();
                assert_eq!(takes(&validators, &text), read, "{text}");
                taken += usize::from(read);
            }
        }
        assert!(taken > 40, "only {taken} were taken");
    }

    #[test]
    fn every_key_and_every_rule_is_described() {
        let schema = schema(Dialect::Draft7);
        let properties = schema["properties"].as_object().expect("an object");
        let mut described = properties
            .iter()
            .filter(|(_, property)| property.get("$ref").is_none());
        assert!(
            described.all(|(_, property)| property["description"].is_string()),
            "{schema:#}"
        );
        assert_eq!(
            schema["definitions"]["rules"]["properties"]
                .as_object()
                .map(serde_json::Map::len),
            Some(Rule::all().len())
        );
        assert_eq!(
            properties["format"]["enum"].as_array().map(Vec::len),
            Some(11)
        );
    }
}
