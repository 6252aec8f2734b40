//! The published forms of the contract in `openapi/dist`: they are what the tool prints, and the
//! two dialects of JSON Schema accept the same bodies.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use jsonschema::{Draft, Validator};
use kaizala_actions::{body::BodyKind, contract};
use kaizala_actions_reference::published;
use serde_json::Value;

use crate::{
    corpus::{Outcome, examples},
    helpers::{ROOT, tool},
};

/// A dialect: its folder, how the command line calls it, and how the validator does.
const DIALECTS: [(&str, &str, Draft); 2] = [
    ("2020-12", "2020-12", Draft::Draft202012),
    ("draft-07", "7", Draft::Draft7),
];

/// What may stand in a schema of draft-07; of the keywords that hold schemas, those that the
/// contract has use for. `oneOf` is not among them: of an alternative that does not fit, it tells
/// nothing.
const DRAFT_7: &[&str] = &[
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "examples",
    "type",
    "enum",
    "const",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "required",
    "$ref",
    "definitions",
    "properties",
    "additionalProperties",
    "items",
    "allOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
];

fn dist() -> PathBuf {
    Path::new(ROOT).join("openapi/dist")
}

/// Every file, with the arguments that print it.
fn files() -> Vec<(String, Vec<&'static str>)> {
    let mut files: Vec<_> = [
        ("kaizala-actions.json", "spec --format json"),
        ("kaizala-actions.yaml", "spec --format yaml"),
        ("kaizala-actions-3.1.json", "spec --form 3.1 --format json"),
        ("kaizala-actions-3.1.yaml", "spec --form 3.1 --format yaml"),
        (
            "kaizala-actions-dereferenced.json",
            "spec --form dereferenced --format json",
        ),
        (
            "kaizala-actions-plain.json",
            "spec --form plain --format json",
        ),
        ("matrix.json", "matrix --format json"),
        ("matrix.csv", "matrix --format csv"),
    ]
    .map(|(name, arguments)| (name.to_owned(), arguments.split(' ').collect()))
    .into();
    for (folder, draft, _) in DIALECTS {
        files.extend(BodyKind::ALL.iter().map(|kind| {
            (
                schema_file(folder, *kind),
                vec!["schema", kind.name(), "--draft", draft],
            )
        }));
    }
    files
}

fn schema_file(folder: &str, kind: BodyKind) -> String {
    format!("{folder}/{kind}.schema.json")
}

/// The published document as the tool writes JSON, which without the samples is what it prints.
fn with_samples_in_json(printed: &[u8]) -> Vec<u8> {
    let in_json = |document: &Value| format!("{document:#}\n").into_bytes();
    let mut document = published::document();
    let text = in_json(&document);
    let paths = document["paths"].as_object_mut().expect("paths");
    let mut samples = 0;
    for operation in paths
        .values_mut()
        .flat_map(|path| path.as_object_mut().expect("a path").values_mut())
    {
        let members = operation.as_object_mut();
        samples += usize::from(
            members
                .and_then(|it| it.shift_remove("x-codeSamples"))
                .is_some(),
        );
    }
    assert_eq!(samples, 2, "posting and answering have samples");
    assert!(
        in_json(&document) == printed,
        "the samples are not all that was added"
    );
    text
}

fn print(arguments: &[&str]) -> Vec<u8> {
    let output = tool(arguments, "");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    output.stdout
}

/// The schema that is printed, and so published: one test alone reads and writes the files, since
/// others run at the same time.
fn schema(draft: &str, kind: BodyKind) -> Value {
    serde_json::from_slice(&print(&["schema", kind.name(), "--draft", draft])).expect("JSON")
}

#[test]
fn the_committed_files_are_what_the_tool_prints() -> Outcome {
    let update = std::env::var_os("UPDATE_DIST").is_some();
    let (mut wrong, mut expected) = (Vec::new(), BTreeSet::from([dist().join("README.md")]));
    for (name, arguments) in files() {
        let printed = match name.as_str() {
            "kaizala-actions.json" => with_samples_in_json(&print(&arguments)),
            "kaizala-actions.yaml" => published::yaml().into_bytes(),
            _ => print(&arguments),
        };
        let path = dist().join(&name);
        if update {
            fs::create_dir_all(path.parent().unwrap_or(&path))?;
            fs::write(&path, &printed)?;
        } else if fs::read(&path).ok().as_ref() != Some(&printed) {
            wrong.push(format!(
                "{name} is not what `kaizala-actions {}` prints",
                arguments.join(" ")
            ));
        }
        expected.insert(path);
    }
    let mut found = BTreeSet::new();
    walk(&dist(), &mut found)?;
    wrong.extend(
        found
            .difference(&expected)
            .map(|path| format!("{} is none of the published forms", path.display())),
    );
    assert!(
        wrong.is_empty(),
        "`cargo run -p xtask` writes them:\n{}",
        wrong.join("\n")
    );
    Ok(())
}

#[test]
fn the_published_document_is_the_same_in_json_and_in_yaml() {
    let read: Value = serde_yaml_ng::from_str(&published::yaml()).expect("YAML");
    assert_eq!(read, published::document());
}

fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) -> Outcome {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else {
            assert!(found.insert(path));
        }
    }
    Ok(())
}

#[test]
fn the_document_has_the_version_of_the_package() {
    // Tools that compare contracts go by it, and so does `conformance/changes`.
    assert_eq!(
        contract::document()["info"]["version"],
        env!("CARGO_PKG_VERSION")
    );
}

#[test]
fn each_schema_has_an_id_of_its_own_and_titles_that_are_names_of_types() {
    let version = env!("CARGO_PKG_VERSION");
    for (folder, name, _) in DIALECTS {
        for kind in BodyKind::ALL {
            let schema = schema(name, *kind);
            let id = format!("urn:kaizala-actions:{version}:{folder}:{kind}");
            assert_eq!(schema["$id"], id);
            assert_eq!(schema["title"], kind.schema());
            let mut titles = BTreeSet::from([kind.schema()]);
            for (name, definition) in schema
                .get("$defs")
                .or(schema.get("definitions"))
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                assert_eq!(definition["title"], name.as_str(), "{id}");
                assert!(titles.insert(name.as_str()), "{id}: {name} is there twice");
            }
        }
    }
}

#[test]
fn openapi_3_1_has_schemas_of_2020_12() {
    let document = contract::document_in(contract::Form::OpenApi31);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        let schema = serde_json::json!({
            "$schema": contract::Dialect::Draft202012.uri(),
            "$ref": format!("#/components/schemas/{name}"),
            "components": {"schemas": schemas},
            "allOf": [schema],
        });
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn the_schemas_are_valid_in_their_dialect() {
    for (folder, name, draft) in DIALECTS {
        for kind in BodyKind::ALL {
            let schema = schema(name, *kind);
            assert_eq!(Draft::default().detect(&schema), draft, "{folder}/{kind}");
            assert!(jsonschema::meta::is_valid(&schema), "{folder}/{kind}");
        }
    }
}

#[test]
fn draft_07_has_only_what_draft_07_knows() {
    let mut seen = 0;
    for kind in BodyKind::ALL {
        let root = schema("7", *kind);
        let mut wrong = Vec::new();
        each_schema(&root, &mut |schema| {
            seen += 1;
            wrong.extend(
                schema
                    .keys()
                    .filter(|keyword| !DRAFT_7.contains(&keyword.as_str()))
                    .cloned(),
            );
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                // What stands beside it would be ignored.
                if schema.len() > 1
                    || reference
                        .strip_prefix('#')
                        .and_then(|pointer| root.pointer(pointer))
                        .is_none()
                {
                    wrong.push(format!("{schema:?}"));
                }
            }
        });
        assert!(wrong.is_empty(), "{kind}: {wrong:?}");
    }
    assert!(seen > 300, "only {seen} schemas were seen");
}

/// Calls with every schema in a schema.
fn each_schema<'s>(schema: &'s Value, visit: &mut impl FnMut(&'s serde_json::Map<String, Value>)) {
    let Some(keywords) = schema.as_object() else {
        return;
    };
    visit(keywords);
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("properties" | "definitions", Value::Object(named)) => {
                for schema in named.values() {
                    each_schema(schema, visit);
                }
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(list)) => {
                for schema in list {
                    each_schema(schema, visit);
                }
            }
            ("items" | "not" | "if" | "then" | "else" | "additionalProperties", schema) => {
                each_schema(schema, visit);
            }
            _ => {}
        }
    }
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "a number that a reviewer wants to see, shown with --nocapture"
)]
fn both_dialects_give_every_body_the_same_verdict() -> Outcome {
    let validators = |name, draft| -> Vec<Validator> {
        let build = |kind: &BodyKind| {
            jsonschema::options()
                .with_draft(draft)
                .build(&schema(name, *kind))
                .expect("a schema")
        };
        BodyKind::ALL.iter().map(build).collect()
    };
    let [new, old] = DIALECTS.map(|(_, name, draft)| validators(name, draft));
    let (mut accepted, mut refused, mut wrong) = (0, 0, Vec::new());
    for example in examples()? {
        // What is no JSON has no verdict.
        let Ok(body) = serde_json::from_slice::<Value>(&example.text) else {
            continue;
        };
        // By the schemas of the other kinds too: those refuse for more reasons.
        for (kind, (new, old)) in BodyKind::ALL.iter().zip(new.iter().zip(&old)) {
            let (new, old) = (new.is_valid(&body), old.is_valid(&body));
            if new != old {
                wrong.push(format!(
                    "{} as {kind}: 2020-12 {new}, draft-07 {old}",
                    example.label()
                ));
            }
            *(if new { &mut accepted } else { &mut refused }) += 1;
        }
    }
    println!("{accepted} bodies accepted and {refused} refused, by both");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        accepted >= 80 && refused >= 120,
        "{accepted} accepted, {refused} refused: too few to tell"
    );
    Ok(())
}
