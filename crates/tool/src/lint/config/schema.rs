//! The JSON Schema of `kaizala-actions.toml`, for editors. A test holds it to the reader.

use clap::{Arg, Args as _, ValueEnum};
use kaizala_actions::{
    contract::Dialect,
    lint::{Rule, Severity},
};
use serde_json::{Map, Value, json};

use super::{
    file::{GLOBS, NAME, OVERRIDES, all_keys, override_keys},
    key::{KEYS, Shape, name},
};
use crate::lint::args::{Input, LintArgs};

/// The schema, in a dialect. Keys and values are as they are documented: the reader takes names of
/// rules and methods in any case.
pub(crate) fn schema(dialect: Dialect) -> Value {
    let writer = Writer {
        arguments: LintArgs::augment_args(clap::Command::new("lint")),
        dialect,
    };
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), dialect.uri().into());
    schema.insert("title".to_owned(), NAME.into());
    schema.extend(writer.table(&all_keys()));
    schema.insert(dialect.definitions().to_owned(), json!({"rules": rules()}));
    schema.into()
}

struct Writer {
    arguments: clap::Command,
    dialect: Dialect,
}

impl Writer {
    /// A table with these keys and no other.
    fn table(&self, keys: &[&str]) -> Map<String, Value> {
        let properties = keys
            .iter()
            .map(|key| ((*key).to_owned(), self.property(key)));
        let properties: Map<_, _> = properties.collect();
        let exchanges: Vec<_> = Input::value_variants()
            .iter()
            .copied()
            .filter(|input| input.has_exchanges())
            .map(name)
            .collect();
        let mut table = Map::new();
        table.insert("type".to_owned(), "object".into());
        table.insert("properties".to_owned(), properties.into());
        table.insert("additionalProperties".to_owned(), false.into());
        // Which body is which, method and path tell.
        table.insert(
            "not".to_owned(),
            json!({"required": ["as", "input"], "properties": {"input": {"enum": exchanges}}}),
        );
        table
    }

    fn property(&self, key: &str) -> Value {
        let texts = || json!({"type": "array", "items": {"type": "string"}});
        if key == OVERRIDES {
            let mut table = self.table(&override_keys());
            let mut globs = texts();
            globs["minItems"] = 1.into();
            globs["description"] = "For which files, as in old/**".into();
            table["properties"][GLOBS] = globs;
            table.insert("required".to_owned(), json!([GLOBS]));
            let description = "What holds for some files alone";
            return json!({"type": "array", "items": table, "description": description});
        }
        let row = KEYS.iter().find(|row| row.name == key);
        let mut property = match row.map(|row| row.shape) {
            Some(Shape::Strings) => texts(),
            Some(Shape::Boolean) => json!({"type": "boolean"}),
            Some(Shape::Allowances) => {
                let mut texts = texts();
                texts["items"]["pattern"] = "^.+:([gG][eE][tT]|[pP][oO][sS][tT])$".into();
                texts
            }
            Some(Shape::Rules) => {
                return json!({"$ref": format!("#/{}/rules", self.dialect.definitions())});
            }
            Some(Shape::String) | None => json!({"type": "string"}),
        };
        let named = |argument: &&Arg| argument.get_long() == Some(key) || argument.get_id() == key;
        let Some(argument) = self.arguments.get_arguments().find(named) else {
            return property;
        };
        let values: Vec<_> = argument
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        if property["type"] == "string" && !values.is_empty() {
            property["enum"] = values.into();
        }
        if let Some(help) = argument.get_help() {
            property["description"] = help.to_string().into();
        }
        property
    }
}

/// What an editor offers are the names of the rules; their ids pass too.
fn rules() -> Value {
    let levels: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
        .map(Severity::name)
        .into_iter()
        .chain(["off"])
        .collect();
    let names = Rule::all().iter().map(|rule| {
        let description = format!("{}: {}", rule.id, rule.summary);
        let level = json!({"enum": levels, "description": description});
        (rule.name.to_owned(), level)
    });
    let names: Map<_, _> = names.collect();
    let ids: Vec<_> = Rule::all().iter().map(|rule| rule.id).collect();
    json!({
        "type": "object",
        "properties": names,
        "patternProperties": {format!("^({})$", ids.join("|")): {"enum": levels}},
        "additionalProperties": false,
        "description": "How much the findings of rules weigh, by name or id",
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jsonschema::Validator;
    use toml::de::{DeTable, DeValue};

    use super::{
        super::{file::Config, value::Value as Written},
        *,
    };

    /// Values for any key, fit for some.
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

    /// Whether the schemas take a text, which they all do or none does.
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
        let validators = [Dialect::Draft7, Dialect::Draft202012].map(|dialect| {
            let schema = schema(dialect);
            assert!(jsonschema::meta::is_valid(&schema));
            jsonschema::validator_for(&schema).expect("a schema")
        });
        let keys = [&all_keys()[..], &["path", "As", "rule"]].concat();
        let (mut taken, mut texts) = (0, Vec::new());
        for key in &keys {
            texts.extend(VALUES.iter().map(|value| format!("{key} = {value}")));
            texts.extend(
                VALUES
                    .iter()
                    .map(|value| format!("[[overrides]]\npaths = [\"a\"]\n{key} = {value}")),
            );
        }
        for input in Input::value_variants().iter().copied().map(name) {
            texts.push(format!("as = \"error.response\"\ninput = \"{input}\""));
        }
        for text in texts {
            // A key that is there twice is no TOML.
            if DeTable::parse(&text).is_ok() {
                let read = Config::read(Path::new(NAME), &text).is_ok();
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
                .map(Map::len),
            Some(Rule::all().len())
        );
        assert_eq!(
            properties["format"]["enum"].as_array().map(Vec::len),
            Some(10)
        );
    }
}
