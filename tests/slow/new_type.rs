//! A new action type is an edit of the OpenAPI document: a copy of the workspace, in which nothing
//! else is changed, has it in its types, matrix, linter, JSON Schema and reference.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use kaizala_actions::{contract, support::ActionType};
use serde_json::{Value, json};

use crate::packages::{self, copy_all, write};

/// What a user of the library would write about the new type.
const PROGRAM: &str = r##"
use kaizala_actions::{
    client::{AccessToken, Client},
    support::{self, ActionType, Method},
    types::{ListableActionType, ListedAction, ActionRequest, RosterRequest},
};
use kaizala_actions_sandbox::Sandbox;

fn main() {
    let roster = RosterRequest::new("Opening", ["Lights"]);
    println!("{}", serde_json::to_string(&ActionRequest::Roster(roster)).unwrap());

    let listed = r#"{"referenceId": "r", "actionType": "Roster", "actionBody": {"title": "Opening"}}"#;
    assert!(matches!(serde_json::from_str(listed), Ok(ListedAction::Roster(_))));
    assert!(support::check(ActionType::Roster, Method::Get).is_ok());
    assert_eq!(ListableActionType::Roster.to_string(), "roster");

    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let sandbox = Sandbox::builder().start().await.unwrap();
        let client = Client::connect(sandbox.url(), AccessToken::new("token").unwrap()).unwrap();
        let roster = RosterRequest::new("Closing", ["Lights", "Doors"]);
        client.post_action().group_id("ours").body(roster).send().await.unwrap();
        let list = client.list_actions().group_id("ours").action_type(ListableActionType::Roster).send().await.unwrap();
        let [ListedAction::Roster(listed)] = list.actions.as_slice() else { panic!("{list:?}") };
        assert_eq!((listed.action_body.title.as_str(), listed.action_body.item_count), ("Closing", Some(2)));
    });
}
"##;

#[test]
fn a_new_type_needs_no_change_but_of_the_document() {
    let copy = copy();
    let build = copy.cargo(&["build", "--bin", "kaizala-actions", "--example", "roster"]);
    assert!(
        build.status.success(),
        "{}",
        String::from_utf8_lossy(&build.stderr)
    );

    let program = copy.run("examples/roster", &[], "");
    assert_eq!(
        program,
        r#"{"actionType":"Roster","actionBody":{"items":["Lights"],"title":"Opening"}}"#.to_owned()
            + "\n"
    );

    let matrix: Value =
        serde_json::from_str(&copy.run("kaizala-actions", &["matrix", "--format", "json"], ""))
            .expect("JSON");
    let rows = matrix["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), ActionType::ALL.len() + 1);
    assert_eq!(
        rows[ActionType::ALL.len()],
        json!({"label": "Roster", "id": "roster", "bodyValue": "Roster", "get": true, "post": true})
    );

    let lint = [
        "lint",
        "--as",
        "post-action.request",
        "--format",
        "concise",
        "-",
    ];
    let verdict = copy.run("kaizala-actions", &lint, &program);
    assert!(!verdict.contains("KZ"), "{verdict}");
    let verdict = copy.run(
        "kaizala-actions",
        &lint,
        r#"{"actionType": "Roster", "actionBody": {"title": "Opening"}}"#,
    );
    assert!(
        verdict.contains("error[KZ301] missing-member: `items` is missing (/actionBody)"),
        "{verdict}"
    );

    let schema = copy.run("kaizala-actions", &["schema", "post-action.request"], "");
    assert!(
        schema.contains(r#""Roster""#) && schema.contains(r#""items""#),
        "{schema}"
    );

    let reference = copy.workspace.join("reference");
    copy.run(
        "kaizala-actions",
        &["docs", "--output", reference.to_str().expect("UTF-8")],
        "",
    );
    let page = fs::read_to_string(reference.join("type-roster.html")).expect("a page");
    assert!(
        page.contains("Members of RosterRequestBody")
            && page.contains("Members of ListedRosterBody"),
        "{page}"
    );
    assert!(
        page.contains("id=\"RosterRequest-python\"")
            && page.contains("There is no example in Python yet."),
        "{page}"
    );
    assert!(
        fs::read_to_string(reference.join("index.html"))
            .expect("a page")
            .contains("type-roster.html")
    );
}

/// The document with the new type, as JSON, which is YAML too.
fn document() -> String {
    let mut document: Value = serde_json::from_str(contract::JSON).expect("JSON");
    let row = json!({"label": "Roster", "id": "roster", "bodyValue": "Roster", "get": true, "post": true});
    push(&mut document["x-kaizala-support"], row);

    for method in ["get", "post"] {
        let operation = &mut document["paths"]["/groups/{groupId}/actions"][method];
        let table = operation["description"].as_str().expect("a text");
        let table = format!("{table}\n| Roster | Yes | Yes | `roster` | `Roster` |");
        operation["description"] = table.into();
    }

    let schemas = &mut document["components"]["schemas"];
    push(&mut schemas["ListableActionType"]["enum"], json!("roster"));
    push(
        &mut schemas["ListedAction"]["oneOf"],
        reference("ListedRoster"),
    );
    schemas["ListedAction"]["discriminator"]["mapping"]["Roster"] =
        reference("ListedRoster")["$ref"].clone();
    let alternatives = schemas["ActionRequest"]["oneOf"]
        .as_array_mut()
        .expect("alternatives");
    // Before the package, which has no place in the matrix.
    alternatives.insert(alternatives.len() - 1, reference("RosterRequest"));

    let text = json!({"type": "string", "description": "A text.", "example": "Opening"});
    // What all listed types have is the same in each.
    let kept = schemas["ListedImage"]["properties"]["referenceId"].clone();
    let texts =
        json!({"type": "array", "items": text, "description": "Texts.", "example": ["Opening"]});
    let tag = json!({"type": "string", "enum": ["Roster"], "description": "Says that it is a roster.", "example": "Roster"});
    schemas["ListedRoster"] = json!({
        "type": "object",
        "required": ["referenceId", "actionType", "actionBody"],
        "properties": {"referenceId": kept, "actionType": tag, "actionBody": reference("ListedRosterBody")},
        "description": "A listed roster.",
        "example": {"referenceId": "6f1d2b94", "actionType": "Roster", "actionBody": {"title": "Opening"}},
    });
    let count = json!({
        "type": "integer",
        "description": "How many items.",
        "example": 1,
        "x-kaizala-from": {"posted": "/actionBody/items", "as": "count"},
    });
    schemas["ListedRosterBody"] = json!({
        "type": "object",
        "required": ["title"],
        "properties": {"title": text, "itemCount": count},
        "description": "What a list says of it.",
        "example": {"title": "Opening", "itemCount": 1},
    });
    schemas["RosterRequest"] = json!({
        "type": "object",
        "required": ["actionType", "actionBody"],
        "properties": {"actionType": tag, "actionBody": reference("RosterRequestBody")},
        "not": {"title": "A package", "required": ["id"], "properties": {"id": {}}},
        "description": "A roster to post.",
        "example": {"actionType": "Roster", "actionBody": {"title": "Opening", "items": ["Lights"]}},
    });
    schemas["RosterRequestBody"] = json!({
        "type": "object",
        "required": ["title", "items"],
        "properties": {"title": text, "items": texts},
        "description": "What it needs to be posted.",
        "example": {"title": "Opening", "items": ["Lights"]},
    });

    let listed = json!({"actions": [schemas["ListedRoster"]["example"]], "hasMore": false});
    let posted = schemas["RosterRequest"]["example"].clone();
    let components = &mut document["components"];
    let query = &mut components["parameters"]["ActionType"]["examples"];
    named(query, &json!("roster"), None);
    let content =
        |response: &str| format!("/responses/{response}/content/application~1json/examples");
    let examples = components.pointer_mut(&content("ActionsListed"));
    named(examples.expect("examples"), &listed, None);
    let examples = components.pointer_mut(&content("ActionPosted"));
    named(
        examples.expect("examples"),
        &json!({"referenceId": "6f1d2b94"}),
        Some("Package"),
    );
    let request = &mut document["paths"]["/groups/{groupId}/actions"]["post"]["requestBody"];
    let examples = &mut request["content"]["application/json"]["examples"];
    named(examples, &posted, Some("Package"));
    document.to_string()
}

/// Adds the example of the new type, at the end or before another.
fn named(examples: &mut Value, value: &Value, before: Option<&str>) {
    let examples = examples.as_object_mut().expect("examples");
    let end = examples.len();
    let index = before.and_then(|name| examples.keys().position(|it| it == name));
    examples.shift_insert(
        index.unwrap_or(end),
        "Roster".to_owned(),
        json!({"value": value}),
    );
}

fn push(list: &mut Value, value: Value) {
    list.as_array_mut().expect("a list").push(value);
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// A copy of the workspace, and where it is built.
struct Copy {
    workspace: PathBuf,
    target: PathBuf,
}

fn copy() -> Copy {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let copy = Copy {
        workspace: temporary.join("new-type"),
        target: temporary.join("new-type-target"),
    };
    let entries = [
        "Cargo.lock",
        "benches",
        "build.rs",
        "build",
        "crates",
        "examples",
        "openapi/README.md",
        "src",
        "README.md",
        "docs",
    ];
    for entry in entries {
        copy_all(&source.join(entry), &copy.workspace.join(entry));
    }
    // Another version, since cargo takes a package for the same wherever it lies, and would build
    // both in one place.
    let manifest = fs::read_to_string(source.join("Cargo.toml")).expect("a manifest");
    let version = concat!("version = \"", env!("CARGO_PKG_VERSION"), "\"");
    write(
        &copy.workspace.join("Cargo.toml"),
        manifest
            .replace(version, "version = \"0.0.14\"")
            // Neither Python nor JavaScript is asked.
            .replace("\"bindings/npm\", \"bindings/python\", ", "")
            .as_bytes(),
    );
    write(
        &copy.workspace.join("openapi/kaizala-actions.yaml"),
        document().as_bytes(),
    );
    write(
        &copy.workspace.join("examples/roster.rs"),
        PROGRAM.as_bytes(),
    );
    copy
}

impl Copy {
    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = packages::cargo(&self.workspace);
        // What is uplifted, the binary, must not replace that of the package.
        command
            .args(arguments)
            .env("CARGO_TARGET_DIR", &self.target);
        command.output().expect("cargo starts")
    }

    /// What a built binary prints, findings being no failure.
    fn run(&self, name: &str, arguments: &[&str], stdin: &str) -> String {
        let binary = self
            .target
            .join("debug")
            .join(name)
            .with_extension(env::consts::EXE_EXTENSION);
        let mut child = Command::new(binary)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        child
            .stdin
            .take()
            .expect("piped")
            .write_all(stdin.as_bytes())
            .expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{name} {arguments:?}: {:?}",
            output.status
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}
