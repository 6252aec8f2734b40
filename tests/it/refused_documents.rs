//! The generator refuses a document that contradicts itself, with the place, the problem and the
//! help: one row of a table for each refusal, an edit of the real document that leads to it.

#[path = "../../build/mod.rs"]
#[allow(dead_code, reason = "build.rs uses the rest")]
mod generator;

use generator::Refusal;
use serde_json::{Map, Value, json};

const YAML: &str = include_str!("../../openapi/kaizala-actions.yaml");
const NOTES: &str = include_str!("../../openapi/README.md");

/// An edit, and the place, problem and help that it leads to.
type Row = (fn(&mut Value), &'static str, &'static str, &'static str);

fn document() -> Value {
    generator::parse(YAML).unwrap()
}

fn check(rows: &[Row]) {
    let document = document();
    for (edit, place, problem, help) in rows {
        let mut edited = document.clone();
        edit(&mut edited);
        let refusal = generator::generate(&edited, NOTES).expect_err(problem);
        assert_eq!(refusal, Refusal::new(*place, *problem, *help));
    }
}

/// Sets the value at a JSON Pointer, whose parent is there.
fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/");
    match document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {parent}"))
    {
        Value::Array(items) if name == "-" => items.push(value),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        Value::Object(members) => _ = members.insert(name, value),
        _ => panic!("{parent} holds nothing"),
    }
}

fn remove(document: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("no {parent}"))
    {
        Value::Array(items) => _ = items.remove(name.parse().unwrap()),
        Value::Object(members) => {
            _ = members
                .remove(name)
                .unwrap_or_else(|| panic!("no {pointer}"));
        }
        _ => panic!("{parent} holds nothing"),
    }
}

/// Renames a schema, and what refers to it.
fn rename(document: &mut Value, from: &str, to: &str) {
    let text = document.to_string().replace(
        &format!("#/components/schemas/{from}\""),
        &format!("#/components/schemas/{to}\""),
    );
    *document = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let renamed = |(name, schema)| {
        if name == from {
            (to.to_owned(), schema)
        } else {
            (name, schema)
        }
    };
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(renamed)
        .collect::<Map<_, _>>();
}

#[test]
fn the_document_passes_and_gives_the_same_text_each_time() {
    let document = document();
    let once = generator::generate(&document, NOTES).unwrap();
    assert_eq!(
        once.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        [
            "operations.rs",
            "bodies.rs",
            "support.rs",
            "contract.json",
            "document.json",
            "types.rs",
            "client.rs",
            "accessors.rs",
            "unions.rs",
            "constructors.rs"
        ]
    );
    assert!(
        once == generator::generate(&document, NOTES).unwrap(),
        "the second text differs from the first"
    );
}

#[test]
fn what_is_no_plain_yaml() {
    let table = [
        (
            "a: 1\nb: [2\n",
            (3, "line 3, column 1"),
            "did not find expected ',' or ']' at line 3 column 1, while parsing a flow sequence at line 2 column 4",
        ),
        (
            "a: 1\na: 2\n",
            (1, "line 1, column 1"),
            "duplicate entry with key \"a\"",
        ),
    ];
    for (yaml, (line, place), problem) in table {
        let help = "write plain YAML 1.2: unique string keys, no tags";
        let refusal = generator::parse(yaml).unwrap_err();
        assert_eq!(
            refusal,
            Refusal {
                line: Some(line),
                place: place.into(),
                problem: problem.into(),
                help: help.into()
            }
        );
        assert_eq!(
            refusal.to_string(),
            format!("openapi/kaizala-actions.yaml:{line}: at {place}: {problem}; {help}")
        );
    }
    let refusal = generator::parse("[a]: 1\n").unwrap_err();
    let help = "use only what JSON has: string keys, finite numbers";
    assert_eq!(refusal, Refusal::new("#", "key must be a string", help));
}

#[test]
fn what_is_no_openapi_that_the_generators_read() {
    check(&[
        (
            |it| set(it, "/openapi", json!("3.1.0")),
            "#/openapi",
            "version 3.1.0",
            "write OpenAPI 3.0: the Rust generator reads no other",
        ),
        (
            |it| remove(it, "/openapi"),
            "#/openapi",
            "version none",
            "write OpenAPI 3.0: the Rust generator reads no other",
        ),
        (
            |it| remove(it, "/components/schemas"),
            "#/components",
            "`schemas` is missing in the components",
            "add `schemas`: an object, each member a schema",
        ),
        (
            |it| remove(it, "/info/title"),
            "#/info",
            "`title` is missing in the info",
            "add `title`: a text",
        ),
        (
            |it| set(it, "/paths/~1health", json!({"$ref": "#/paths/~1groups"})),
            "#/paths/~1health/$ref",
            "`$ref` is unknown in a path item",
            "use one of parameters, get, post",
        ),
        (
            |it| set(it, "/security/0/accessToken", Value::Null),
            "#/security/0/accessToken",
            "null is not `[]`",
            "write `[]`",
        ),
    ]);
}

#[test]
fn a_matrix_that_is_not_whole() {
    check(&[
        (
            |it| remove(it, "/x-kaizala-support"),
            "#",
            "`x-kaizala-support` is missing in the document",
            "add `x-kaizala-support`: a list, each item a row of the matrix",
        ),
        (
            |it| remove(it, "/x-kaizala-support/3/id"),
            "#/x-kaizala-support/3",
            "`id` is missing in a row of the matrix",
            "add `id`: a text or null",
        ),
        (
            |it| {
                set(
                    it,
                    "/x-kaizala-support/3/bodyValue",
                    json!("contact attachment"),
                );
            },
            "#/x-kaizala-support/3/bodyValue",
            "`contact attachment` is not a name for a type",
            "write it in PascalCase",
        ),
        (
            |it| set(it, "/x-kaizala-support/3/post", json!(true)),
            "#/x-kaizala-support/3",
            "supported, but without an id",
            "give it an id, or set get and post to false",
        ),
        (
            |it| set(it, "/x-kaizala-support/3/bodyValue", json!("Image")),
            "#/x-kaizala-support/3",
            "a name of the row of `Picture Attachment`",
            "give each row its own label, id and bodyValue, whatever the case",
        ),
        (
            |it| {
                set(
                    it,
                    "/x-kaizala-translations/0/standsFor",
                    json!(["travail"]),
                );
            },
            "#/x-kaizala-translations/0/standsFor",
            "`travail` is not an id of the matrix",
            "write ids of x-kaizala-support",
        ),
        (
            |it| set(it, "/x-kaizala-elsewhere/1/method", json!("put")),
            "#/x-kaizala-elsewhere/1/method",
            "\"put\" is not one of get, post",
            "write one of get, post",
        ),
    ]);
}

#[test]
fn unions_that_differ_from_the_matrix() {
    check(&[
        (
            |it| set(it, "/x-kaizala-support/4/get", json!(false)),
            "#/components/schemas/ListableActionType/enum",
            "`job` is here, and the matrix does not support GET of it",
            "remove it here or change its row in x-kaizala-support",
        ),
        (
            |it| remove(it, "/components/schemas/ListableActionType/enum/0"),
            "#/components/schemas/ListableActionType/enum",
            "`image` is missing, and the matrix supports GET of it",
            "add it here or change its row in x-kaizala-support",
        ),
        (
            |it| set(it, "/x-kaizala-support/1/post", json!(false)),
            "#/components/schemas/ActionRequest/oneOf",
            "`Audio` is here, and the matrix does not support POST of it",
            "remove it here or change its row in x-kaizala-support",
        ),
        (
            |it| remove(it, "/components/schemas/ActionRequest/oneOf/1"),
            "#/components/schemas/ActionRequest/oneOf",
            "`Audio` is missing, and the matrix supports POST of it",
            "add it here or change its row in x-kaizala-support",
        ),
        (
            |it| {
                it.pointer_mut("/components/schemas/ActionRequest/oneOf")
                    .unwrap()
                    .as_array_mut()
                    .unwrap()
                    .swap(0, 1);
            },
            "#/components/schemas/ActionRequest/oneOf",
            "another order than the matrix",
            "keep the order of x-kaizala-support",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ActionRequest/x-kaizala-matrix",
                    json!("put"),
                );
            },
            "#/components/schemas/ActionRequest/x-kaizala-matrix",
            "\"put\" is not one of get, post",
            "write one of get, post",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobResponseRequest/properties/actionType/enum/0",
                    json!("Task"),
                );
            },
            "#/components/schemas/ResponseRequest/oneOf",
            "`Task` is in no row of the matrix",
            "add the row to x-kaizala-support",
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn unions_that_no_tag_tells_apart() {
    check(&[
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedAction/oneOf/0",
                    json!({"type": "object", "description": "A.", "example": {}}),
                );
            },
            "#/components/schemas/ListedAction/oneOf/0",
            "an inline alternative",
            "give it a name in components/schemas: other languages would call it `ActionOneOf1`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedAction/oneOf/0/$ref",
                    json!("#/components/schemas/ListedPicture"),
                );
            },
            "#/components/schemas/ListedAction/oneOf/0",
            "`#/components/schemas/ListedPicture` is not there",
            "name a component of this document",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedAction/oneOf/0/$ref",
                    json!("#/components/schemas/ActionRequest"),
                );
            },
            "#/components/schemas/ListedAction/oneOf/0",
            "`ActionRequest` is a union itself",
            "list its alternatives here: unions are flat",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJob/properties/actionType/enum/0",
                    json!("Image"),
                );
            },
            "#/components/schemas/ListedAction/oneOf/1",
            "`Image` has two alternatives",
            "give each its own tag value",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJob/properties/actionType/enum/-",
                    json!("Task"),
                );
            },
            "#/components/schemas/ListedAction/oneOf/1",
            "`actionType` of `ListedJob` is not required with exactly one value",
            "require it and give it an `enum` of one value",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ResponseRequest/oneOf/-",
                    json!({"$ref": "#/components/schemas/PackageRequest"}),
                );
            },
            "#/components/schemas/ResponseRequest/oneOf/3",
            "a second alternative without `actionType`",
            "at most one can be recognised by its absence",
        ),
        (
            |it| remove(it, "/components/schemas/PackageResponseRequest/not"),
            "#/components/schemas/ResponseRequest/oneOf/2",
            "an alternative without `actionType` that does not say what it has instead",
            "require the member that stands for it first, and exclude the tag with `not: {required: [actionType], properties: {actionType: {}}}`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/PropertyType/oneOf/1",
                    json!({"$ref": "#/components/schemas/QuestionType"}),
                );
            },
            "#/components/schemas/PropertyType/oneOf/1",
            "an alternative of string that readers cannot distinguish from the others",
            "use different JSON types, or give the `oneOf` a name and its alternatives a tag",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/Answer/oneOf/1",
                    json!({"description": "A.", "example": 1}),
                );
            },
            "#/components/schemas/Answer/oneOf/1",
            "an alternative of any type that readers cannot distinguish from the others",
            "use different JSON types, or give the `oneOf` a name and its alternatives a tag",
        ),
    ]);
}

#[test]
fn discriminators_that_do_not_fit_their_union() {
    check(&[
        (
            |it| remove(it, "/components/schemas/ListedAction/discriminator"),
            "#/components/schemas/ListedAction/discriminator",
            "no discriminator",
            "name `actionType` in it and map every value",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ActionRequest/discriminator",
                    json!({"propertyName": "actionType", "mapping": {"Image": "#/components/schemas/ImageRequest"}}),
                );
            },
            "#/components/schemas/ActionRequest/discriminator",
            "a discriminator, while `PackageRequest` has no `actionType`",
            "leave it out: generators refuse an alternative without the tag",
        ),
        (
            |it| {
                remove(
                    it,
                    "/components/schemas/ListedAction/discriminator/mapping/Poll",
                );
            },
            "#/components/schemas/ListedAction/discriminator/mapping",
            "`Poll` is not mapped to `ListedPoll`",
            "write `Poll: '#/components/schemas/ListedPoll'`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedAction/discriminator/mapping/Album",
                    json!("#/components/schemas/ListedImage"),
                );
            },
            "#/components/schemas/ListedAction/discriminator/mapping",
            "`Album` is mapped and has no alternative",
            "remove it or add the alternative",
        ),
    ]);
}

#[test]
fn repetitions_that_differ() {
    check(&[
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedPoll/properties/sender/description",
                    json!("Who sent it."),
                );
            },
            "#/components/schemas/ListedPoll/properties/sender",
            "another `description` than `sender` of `ListedImage` has",
            "write the same in all alternatives of the union, or give the member another name",
        ),
        (
            |it| {
                remove(
                    it,
                    "/components/schemas/SurveyRequest/properties/subscribers/x-kaizala-checks",
                );
            },
            "#/components/schemas/SurveyRequest/properties/subscribers",
            "another `x-kaizala-checks` than `subscribers` of `ImageRequest` has",
            "write the same in all alternatives of the union, or give the member another name",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedPollBody/properties/expiryDate/pattern",
                    json!("^[0-9]+$"),
                );
            },
            "#/components/schemas/ListedPollBody/properties/expiryDate/pattern",
            "another pattern than that of the other dates",
            "write the same for all dates",
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn schemas_that_not_every_reader_understands() {
    check(&[
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/properties/title",
                    json!("string"),
                );
            },
            "#/components/schemas/JobRequestBody/properties/title",
            "\"string\" is not a schema",
            "write a schema",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequest/properties/actionBody/description",
                    json!("The job."),
                );
            },
            "#/components/schemas/JobRequest/properties/actionBody",
            "members next to `$ref`",
            "OpenAPI 3.0 ignores them: move them into the target",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/properties/dueDate/default",
                    json!(24),
                );
            },
            "#/components/schemas/JobRequestBody/properties/dueDate/default",
            "a member that must not be there",
            "say the default in the description: generated clients would send it",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/DetailsAssignee/properties/mobileNumber/x-kaizala-personal",
                    json!("phon"),
                );
            },
            "#/components/schemas/DetailsAssignee/properties/mobileNumber/x-kaizala-personal",
            "\"phon\" is not `phone`",
            "write `phone`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/PackageRequestBody/properties/questions/items",
                    json!({"type": "string", "maxLength": 4}),
                );
            },
            "#/components/schemas/PackageRequestBody/properties/questions/items/maxLength",
            "`maxLength` is unknown in a schema",
            "use one of type, enum, format, pattern, minimum, maximum, items, properties, required, additionalProperties, oneOf, not, discriminator, description, example, x-kaizala-matrix, x-kaizala-open, x-kaizala-action-type, x-kaizala-unit, x-kaizala-checks, x-kaizala-answers, x-kaizala-from, x-kaizala-personal, x-kaizala-sandbox, x-kaizala-source, x-kaizala-decision",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!("posted"),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
            "\"posted\" is not a source, as in `{ posted: /actionBody/title }`",
            "write a source, as in `{ posted: /actionBody/title }`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!([{"posted": "/a", "then": 1}]),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from/0/then",
            "`then` is unknown in a source, as in `{ posted: /actionBody/title }`",
            "use one of posted, item, responses, kept, as, of, default, for, when",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!({"posted": "/a", "item": "/b"}),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
            "a source without exactly one origin",
            "name one of posted, item, responses, kept",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!({"posted": 1}),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from/posted",
            "1 is not a JSON Pointer, as in `/actionBody/title`",
            "write a JSON Pointer, as in `/actionBody/title`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!({"posted": "/a", "as": "days"}),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
            "`as: \"days\"` is unknown",
            "write one of count, hours-later, media-url",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!({"posted": "/a", "for": "Job"}),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from/for",
            "\"Job\" is not a list of different texts",
            "write a list of different texts",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
                    json!({"posted": "/a", "for": ["Jobs"]}),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
            "`for: Jobs` is in no row of the matrix",
            "write body values of x-kaizala-support",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/properties/a~1b",
                    json!({"nullable": true}),
                );
            },
            "#/components/schemas/JobRequestBody/properties/a~1b/nullable",
            "`nullable` is unknown in a schema",
            "use one of type, enum, format, pattern, minimum, maximum, items, properties, required, additionalProperties, oneOf, not, discriminator, description, example, x-kaizala-matrix, x-kaizala-open, x-kaizala-action-type, x-kaizala-unit, x-kaizala-checks, x-kaizala-answers, x-kaizala-from, x-kaizala-personal, x-kaizala-sandbox, x-kaizala-source, x-kaizala-decision",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJob/properties/sentAt/pattern",
                    json!("[0-9]+Z$"),
                );
            },
            "#/components/schemas/ListedJob/properties/sentAt/pattern",
            "a pattern without anchors",
            "write `^...$`: a pattern is searched for, not matched",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/required/-",
                    json!("assignee"),
                );
            },
            "#/components/schemas/JobRequestBody/required",
            "`assignee` is required and not declared",
            "declare it, or do not require it",
        ),
        (
            |it| {
                for number in 0..65 {
                    let member = format!("/components/schemas/JobRequestBody/properties/x{number}");
                    set(
                        it,
                        &member,
                        json!({"type": "string", "description": "A.", "example": "a"}),
                    );
                }
            },
            "#/components/schemas/JobRequestBody/properties",
            "an object with more than 64 members",
            "split it: the linter keeps which are there as bits (src/lint/plan.rs)",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedPlace/properties/within",
                    json!({"$ref": "#/components/schemas/ListedPlace"}),
                );
            },
            "#/components/schemas/ListedPlace",
            "a schema that contains itself",
            "the linter requires bodies of bounded depth",
        ),
    ]);
}

#[test]
fn questions_that_nobody_knows_how_to_answer() {
    const PLACE: &str = "#/components/schemas/QuestionType/x-kaizala-answers";
    check(&[
        (
            |it| remove(it, "/components/schemas/QuestionType/x-kaizala-answers"),
            "#/components/schemas",
            "no schema says how questions are answered",
            "give the schema of the types of question `x-kaizala-answers`, as in `{ Text: string }`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/PropertyTypeName/x-kaizala-answers",
                    json!({"Text": "string"}),
                );
            },
            "#/components/schemas/PropertyTypeName/x-kaizala-answers",
            "`QuestionType` says it already",
            "say in one schema how questions are answered",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/QuestionType/x-kaizala-answers",
                    json!([["Text", "string"]]),
                );
            },
            PLACE,
            "a list is not an object, each member a text",
            "write an object, each member a text",
        ),
        (
            |it| set(it, "/components/schemas/QuestionType/enum/-", json!("Time")),
            PLACE,
            "`Time` is in the enum, and nothing says how it is answered",
            "write `Time:` and one of string, number, array, object",
        ),
        (
            |it| remove(it, "/components/schemas/QuestionType/enum/5"),
            PLACE,
            "`Date` is not in the enum",
            "remove it here or add it there",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/QuestionType/x-kaizala-answers/Date",
                    json!("boolean"),
                );
            },
            PLACE,
            "`Date: \"boolean\"` is not a JSON type of an answer",
            "write one that an alternative of `Answer` has: string, number, array, object",
        ),
        (
            |it| remove(it, "/components/schemas/Answer/oneOf/1"),
            PLACE,
            "`Numeric: \"number\"` is not a JSON type of an answer",
            "write one that an alternative of `Answer` has: string, array, object",
        ),
    ]);
}

#[test]
fn operations_whose_bodies_have_no_one_schema() {
    check(&[
        (
            |it| remove(it, "/paths/~1groups~1{groupId}~1actions/get/operationId"),
            "#/paths/~1groups~1{groupId}~1actions/get",
            "`operationId` is missing in an operation",
            "add `operationId`: a text",
        ),
        (
            |it| {
                set(
                    it,
                    "/paths/~1groups~1{groupId}~1actions/post/operationId",
                    json!("listActions"),
                );
            },
            "#/paths/~1groups~1{groupId}~1actions/post",
            "a second operation `listActions`",
            "give each operation its own id",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/responses/ActionPosted/content/application~1json/schema",
                    json!({"type": "object"}),
                );
            },
            "#/components/responses/ActionPosted/content/application~1json/schema/type",
            "`type` is unknown in a reference to a schema",
            "use one of $ref",
        ),
        (
            |it| {
                let created = it["components"]["responses"]["ResponsePosted"].clone();
                set(
                    it,
                    "/paths/~1groups~1{groupId}~1actions/post/responses/201",
                    created,
                );
            },
            "#/paths/~1groups~1{groupId}~1actions/post/responses/201",
            "`PostedResponse` is a second success schema",
            "let them share one schema: progenitor has one type for them",
        ),
        (
            |it| {
                let reference = json!({"$ref": "#/components/schemas/PostedResponse"});
                set(
                    it,
                    "/components/responses/Failed/content/application~1json/schema",
                    reference,
                );
            },
            "#/paths/~1groups~1{groupId}~1actions/get/responses/default",
            "`PostedResponse` is a second error schema",
            "let them share one schema: progenitor has one type for them",
        ),
        (
            |it| {
                set(
                    it,
                    "/x-kaizala-recognition/0/body",
                    json!("list-actions.answer"),
                );
            },
            "#/x-kaizala-recognition/0/body",
            "`list-actions.answer` is not a body of an operation",
            "write OPERATION.DIRECTION",
        ),
        (
            |it| set(it, "/x-kaizala-recognition/0/anyOf", json!([["actions"]])),
            "#/x-kaizala-recognition/0/anyOf/0/0",
            "\"actions\" is not a JSON Pointer, as in `/actionBody/title`",
            "write a JSON Pointer, as in `/actionBody/title`",
        ),
        (
            |it| remove(it, "/x-kaizala-recognition/0"),
            "#/x-kaizala-recognition",
            "`list-actions.response` is never recognised",
            "say by which members, in one more row",
        ),
    ]);
}

#[test]
fn names_that_two_things_would_have() {
    let document = document();
    let help = "rename one: generators make types of one namespace of both";
    let refused = |edit: &dyn Fn(&mut Value)| {
        let mut edited = document.clone();
        edit(&mut edited);
        let refusal = generator::generate(&edited, NOTES).unwrap_err();
        assert_eq!(refusal.help, help, "{refusal}");
        (refusal.place, refusal.problem)
    };

    // As 0.1 named the operation that is `respondToAction` now.
    let id = "/paths/~1groups~1{groupId}~1actions~1{actionId}/get/operationId";
    for suffix in [
        "", "Body", "Error", "Params", "Request", "Response", "Result",
    ] {
        let name = format!("postAction{suffix}");
        let named = |it: &mut Value| set(it, id, json!(name));
        if !suffix.is_empty() {
            let problem = format!(
                "`{name}` is also the name of what generators make for `postAction`, `{name}`"
            );
            let (place, found) = refused(&named);
            assert_eq!((place, found), (format!("#{id}"), problem));
        }
        let component = format!("PostAction{suffix}");
        let (place, problem) = refused(&|it| rename(it, "PostedAction", &component));
        assert_eq!(place, format!("#/components/schemas/{component}"));
        assert!(problem.contains("for `postAction`"), "{problem}");
    }

    for folder in ["parameters", "responses"] {
        let existing = document["components"][folder].as_object().unwrap();
        for name in existing.keys() {
            let (place, problem) = refused(&|it| rename(it, "ListedPlace", name));
            assert_eq!(place, format!("#/components/schemas/{name}"));
            let expected =
                format!("`{name}` is also the name of a component of {folder}, `{name}`");
            assert_eq!(problem, expected);
        }
    }
}

#[test]
fn examples_that_do_not_belong_together() {
    const POST: &str = "/paths/~1groups~1{groupId}~1actions/post";
    const BODY: &str = "/requestBody/content/application~1json/examples";
    const LISTED: &str = "/components/responses/ActionsListed/content/application~1json/examples";
    check(&[
        (
            |it| remove(it, &format!("{POST}{BODY}/Poll")),
            "#/paths/~1groups~1{groupId}~1actions/post/requestBody/content/application~1json/examples",
            "`Poll` is not the example of `PollRequest`",
            "write `Poll: { value: … }` with the example that the schema has",
        ),
        (
            |it| remove(it, &format!("{POST}{BODY}/Package")),
            "#/paths/~1groups~1{groupId}~1actions/post/requestBody/content/application~1json/examples",
            "fewer examples than alternatives",
            "write one of each alternative, by the name of its type",
        ),
        (
            |it| {
                set(
                    it,
                    &format!("{POST}{BODY}/Package/value/id"),
                    json!("other"),
                );
            },
            "#/paths/~1groups~1{groupId}~1actions/post/requestBody/content/application~1json/examples",
            "`Package` is the example of no alternative",
            "write the example that its schema has",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/parameters/ActionType/examples/Job/value",
                    json!("poll"),
                );
            },
            "#/components/parameters/ActionType/examples/Job",
            "not of this type",
            "name it by the value in bodies of the row that has this id",
        ),
        (
            |it| remove(it, &format!("{LISTED}/Job")),
            "#/components/responses/ActionsListed/content/application~1json/examples",
            "examples of other names than at #/components/parameters/ActionType/examples",
            "give what belongs together the same name, in the same order",
        ),
        (
            |it| {
                set(
                    it,
                    &format!("{LISTED}/Job/value/actions/0/actionType"),
                    json!("Poll"),
                );
            },
            "#/components/responses/ActionsListed/content/application~1json/examples/Job",
            "an action of another type",
            "list actions of the type that the example is named by",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/parameters/Count/examples",
                    json!({"a": {"value": 1}}),
                );
            },
            "#/components/parameters/Count",
            "not one of `example` and `examples`",
            "write `example`, or `examples` by the names of the types",
        ),
        (
            |it| {
                remove(
                    it,
                    "/components/responses/Throttled/content/application~1json/example",
                );
            },
            "#/components/responses/Throttled/content/application~1json",
            "not one of `example` and `examples`",
            "write `example`, or `examples` by the names of the types",
        ),
    ]);
}

#[test]
fn what_other_tools_stop_at() {
    const LIST: &str = "/paths/~1groups~1{groupId}~1actions";
    for range in [
        "1XX", "2XX", "4XX", "5XX", "4xx", "DEFAULT", "44", "4040", "600",
    ] {
        let mut edited = document();
        let failed = json!({"$ref": "#/components/responses/Failed"});
        set(
            &mut edited,
            &format!("{LIST}/get/responses/{range}"),
            failed,
        );
        let refusal = generator::generate(&edited, NOTES).unwrap_err();
        let help = "write three digits, or `default` for 400 to 599: many tools know no ranges";
        let place = format!("#{LIST}/get/responses/{range}");
        assert_eq!(refusal, Refusal::new(place, "no status", help));
    }
    for url in [
        "{endpointUrl}/v1",
        "https://{host}/v1",
        "https://{region}.kaiza.la/v1",
        "https://api.kaiza.la/{version}",
        "https://api.kaiza.la",
        "https://api.kaiza.la/",
        "https://api.kaiza.la/v1/",
        "https://api.kaiza.la//v1",
        "http://api.kaiza.la/v1",
        "https:///v1",
        "/v1",
    ] {
        let mut edited = document();
        set(&mut edited, "/servers/0/url", json!(url));
        let refusal = generator::generate(&edited, NOTES).unwrap_err();
        let problem = format!("`{url}` is not a host and a path");
        let help = "write it as in `https://api.kaiza.la/v1`, without variables";
        assert_eq!(refusal, Refusal::new("#/servers/0/url", problem, help));
    }
    check(&[
        (
            |it| {
                let second = it["servers"][0].clone();
                set(it, "/servers/-", second);
            },
            "#/servers",
            "more than one server",
            "say in the description where else the API may be",
        ),
        (
            |it| {
                let group = json!([{"$ref": "#/components/parameters/GroupId"}]);
                set(it, &format!("{LIST}/post/parameters"), group);
            },
            "#/paths/~1groups~1{groupId}~1actions/post/parameters/0",
            "a parameter of the other kind",
            "write what is in the path at the path, and the rest in its operations",
        ),
        (
            |it| {
                let count = json!({"$ref": "#/components/parameters/Count"});
                set(it, &format!("{LIST}/parameters/-"), count);
            },
            "#/paths/~1groups~1{groupId}~1actions/parameters/1",
            "a parameter of the other kind",
            "write what is in the path at the path, and the rest in its operations",
        ),
        (
            |it| set(it, "/x-kaizala-support/0/label", json!("Picture")),
            "#/paths/~1groups~1{groupId}~1actions/get/description",
            "line 3 of its table is not that of x-kaizala-support",
            "write `| Picture | Yes | Yes | `image` | `Image` |`",
        ),
    ]);
}

#[test]
fn names_that_make_no_good_rust() {
    check(&[
        (
            |it| rename(it, "ListedAction", "listedAction"),
            "#/components/schemas/listedAction",
            "`listedAction` is not the name of its Rust type",
            "write it in PascalCase, as Rust does, an abbreviation as `Pdf`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/PackageProperty/properties/value",
                    json!({
                        "oneOf": [
                            {"type": "string", "description": "A.", "example": "1"},
                            {"type": "integer", "description": "A.", "example": 1},
                        ],
                        "description": "A.",
                        "example": 1,
                    }),
                );
            },
            "#/components/schemas",
            "the type `PackagePropertyValue` would be found by trial and error",
            "give its `oneOf` a name there, and its alternatives a tag",
        ),
        (
            |it| rename(it, "PackageRequest", "Poll"),
            "#/components/schemas/ActionRequest",
            "`Poll` is also the name of the variant without a known `actionType`",
            "rename the schema of the one without, or teach build/enums.rs",
        ),
    ]);
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn what_would_go_wrong_later() {
    const TITLE: &str = "#/components/schemas/ListedJobBody/properties/title";
    check(&[
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/properties/dueDate/minimum",
                    json!("zero"),
                );
            },
            "#/components/schemas/JobRequestBody/properties/dueDate/minimum",
            "\"zero\" is not a number",
            "write a number",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/AnswersRequestBody/properties/responseLocation",
                    json!({"$ref": "#/components/schemas/ResponseLocation"}),
                );
                set(
                    it,
                    "/components/schemas/ResponseLocation/properties/latitude/minimum",
                    json!(91),
                );
            },
            "#/components/schemas/ResponseLocation/properties/latitude/minimum",
            "91 is more than the maximum, 90",
            "let some number be allowed",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJob/properties/sentAt/pattern",
                    json!("^([0-9]+Z$"),
                );
            },
            "#/components/schemas/ListedJob/properties/sentAt/pattern",
            "not a pattern: unclosed group",
            "correct the regular expression",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/ListedJob/properties/sentAt/pattern",
                    json!("^\\d+Z$"),
                );
            },
            "#/components/schemas/ListedJob/properties/sentAt/pattern",
            "a pattern that not all languages read alike",
            "write classes as in `[0-9]`, and groups as in `(a|b)`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/type",
                    json!("objekt"),
                );
            },
            "#/components/schemas/JobRequestBody/type",
            "\"objekt\" is not one of object, array, string, integer, number, boolean",
            "write one of object, array, string, integer, number, boolean",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/PackageRequestBody/x-kaizala-checks",
                    json!(["empty-packet"]),
                );
            },
            "#/components/schemas/PackageRequestBody/x-kaizala-checks",
            "`empty-packet` is unknown",
            "write one of answer-count, answer-kind, conflicting-duration, date-question, duration-spelling, empty-list, empty-package, error-in-success, instance-id, invalid-date, list-instead-of-details, location-with-image, many-subscribers, missing-time, options-required, options-unused, properties-on-survey, property-type-number, unknown-option",
        ),
        (
            |it| {
                set(
                    it,
                    &format!("{}/x-kaizala-from", &TITLE[1..]),
                    json!({"posted": "/actionBody/titel"}),
                );
            },
            "#/components/schemas/ListedJobBody/properties/title/x-kaizala-from",
            "`posted: /actionBody/titel` leads nowhere",
            "write a JSON Pointer to a member that the schema of the request declares",
        ),
        (
            |it| set(it, "/x-kaizala-support/5/label", json!("Job")),
            "#/x-kaizala-support/5",
            "a name of the row of `Job`",
            "give each row its own label, id and bodyValue, whatever the case",
        ),
        (
            |it| set(it, "/x-kaizala-support/5/put", json!(false)),
            "#/x-kaizala-support/5/put",
            "`put` is unknown in a row of the matrix",
            "use one of label, id, bodyValue, get, post",
        ),
        (
            |it| remove(it, "/x-kaizala-support/4"),
            "#/components/schemas/ListableActionType/enum",
            "`job` is here, and the matrix does not support GET of it",
            "remove it here or change its row in x-kaizala-support",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequest/x-kaizala-source/0",
                    json!("D:actions_put.md"),
                );
            },
            "#/components/schemas/JobRequest/x-kaizala-source",
            "`D:actions_put.md` is unknown",
            "name a row of the table `Sources` in openapi/README.md, or add one",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/parameters/Count/x-kaizala-decision/0",
                    json!("D-99"),
                );
            },
            "#/components/parameters/Count/x-kaizala-decision",
            "`D-99` is unknown",
            "name a row of the table `Rulings` in openapi/README.md, or add one",
        ),
        (
            |it| set(it, "/x-kaizala-elsewhere/0/source/1", json!("SUI")),
            "#/x-kaizala-elsewhere/0/source",
            "`SUI` is unknown",
            "name a row of the table `Sources` in openapi/README.md, or add one",
        ),
        (
            |it| {
                remove(
                    it,
                    "/components/schemas/JobRequestBody/properties/title/description",
                );
            },
            "#/components/schemas/JobRequestBody/properties/title",
            "`description` is missing in a schema",
            "add `description`: a text",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/JobRequestBody/properties/Title",
                    json!({"type": "string", "description": "A.", "example": "A"}),
                );
            },
            "#/components/schemas/JobRequestBody/properties",
            "`Title` and `title` only differ in case",
            "the linter and the service compare without case: rename one",
        ),
        (
            |it| rename(it, "PollChoice", "NewPDFChoice"),
            "#/components/schemas/NewPDFChoice",
            "`NewPDFChoice` is not the name of its Rust type",
            "write it in PascalCase, as Rust does, an abbreviation as `Pdf`",
        ),
        (
            |it| {
                set(
                    it,
                    "/components/schemas/NewSpare",
                    json!({"type": "string", "description": "A.", "example": "A"}),
                );
            },
            "#/components/schemas/NewSpare",
            "nothing refers to `NewSpare`",
            "refer to it, or remove it",
        ),
        (
            |it| {
                set(
                    it,
                    "/paths/~1groups~1{groupId}~1actions/get/operationId",
                    json!("listAll"),
                );
            },
            "#/paths",
            "no operation `listActions` of method get",
            "add it: the linter, the client and the sandbox name it",
        ),
    ]);
}

#[test]
fn a_refusal_says_the_line() {
    let edits = [
        (
            "bodyValue: LetsMeet, get: true",
            "bodyValue: LetsMeet, get: yes",
        ),
        ("operationId: postAction\n", "operationID: postAction\n"),
        ("minimum: 1\n", "minimum: one\n"),
    ];
    for (from, to) in edits {
        let edited = YAML.replacen(from, to, 1);
        let line = 1 + edited
            .lines()
            .position(|line| {
                to.trim_end()
                    .lines()
                    .next()
                    .is_some_and(|to| line.contains(to))
            })
            .unwrap();
        let refusal = generator::run(&edited, NOTES).unwrap_err();
        assert_eq!(refusal.line, Some(line), "{refusal}");
    }
    // Of what is missing, the line of what it is missing in.
    let edited = YAML.replacen("      summary: Answer an action\n", "", 1);
    let before = edited
        .lines()
        .position(|line| line.contains("operationId: respondToAction"));
    let line = before.unwrap();
    let refusal = generator::run(&edited, NOTES).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        format!(
            "openapi/kaizala-actions.yaml:{line}: at #/paths/~1groups~1{{groupId}}~1actions~1{{actionId}}~1responses/post: \
         `summary` is missing in an operation; add `summary`: a text"
        )
    );
}

/// The rules that say so at their heads, which a test of the rules holds them to.
#[test]
fn the_checks_that_the_build_knows_are_the_rules_of_meaning() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_check = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        text.contains("Reported by: `x-kaizala-checks`")
    };
    let mut rules: Vec<_> = files
        .filter(is_check)
        .map(|path| {
            path.file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .replace('_', "-")
        })
        .collect();
    rules.sort();
    assert_eq!(rules, generator::schemas::CHECKS);
}
