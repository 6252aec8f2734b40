//! The programs under `examples/`, run against the sandbox: one for each type that can be posted,
//! one for the package, one for the responses, and some for other uses. What they send is what the
//! document has as its examples, beside which their code is shown.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::http::{Answer, send};
use kaizala_actions::{body::BodyKind, contract, lint::Linter};
use kaizala_actions_sandbox::Sandbox;
use serde_json::Value;

const TOKEN: &str = "token-of-the-tests";
const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";

/// The program that answers what others have posted.
const RESPONSES: &str = "responses";

/// The programs that show something else than a type.
const USES: [&str; 4] = ["blocking", "linter", "service", "tested"];

#[test]
fn every_type_and_the_package_have_an_example_that_runs() {
    let folder = build();
    let sandbox = sandbox();
    let run =
        |name: &str, arguments: &[&str]| said(&mut program(&folder, name, &sandbox, arguments));
    let mut ids = BTreeMap::new();
    for entry in fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name != RESPONSES && !USES.contains(&name) {
            let said = run(name, &[GROUP]);
            let answer = last_answer(&sandbox);
            assert_eq!(
                said,
                format!("posted {}\n", answer["referenceId"].as_str().unwrap()),
                "{name}"
            );
            ids.insert(
                name.to_owned(),
                answer["actionId"].as_str().unwrap_or_default().to_owned(),
            );
        }
    }
    let said = run(
        RESPONSES,
        &[GROUP, &ids["job"], &ids["survey"], &ids["package"]],
    );
    assert!(
        said.ends_with(&format!(
            "answered {}\n",
            last_answer(&sandbox)["responseId"].as_str().unwrap()
        )),
        "{said}"
    );

    for (kind, path) in [
        (BodyKind::PostActionRequest, "/actions"),
        (BodyKind::RespondToActionRequest, "/responses"),
    ] {
        let exchanges = sandbox.exchanges();
        let bodies = exchanges
            .iter()
            .filter(|exchange| exchange.target.ends_with(path))
            .map(|exchange| &exchange.request_body);
        let sent = bodies.inspect(|body| {
            let report = Linter::new().lint(kind, body);
            assert!(report.is_clean(), "{report}");
        });
        let sent: Vec<Value> = sent
            .map(|body| serde_json::from_slice(body).unwrap())
            .collect();
        assert_eq!(sorted(sent), sorted(documented(kind)), "{kind}");
    }
}

/// One client for all who ask a service, one call after another without `async`, the number of what
/// another program lists, and findings without a client: the programs see what the others did.
#[test]
fn uses_of_client_and_linter_run() {
    let folder = build();
    let sandbox = sandbox();
    let mut service = Service::start(&folder, &sandbox);
    let job = r#"{"title": "Check the doors", "for": ["+911234500001"]}"#;
    let given = service.send("POST", "/groups/ours/jobs", job);
    assert_eq!(given.status, 200, "{given:?}");
    assert!(given.json()["id"].is_string(), "{given:?}");
    let listed = service.send("GET", "/groups/ours/jobs", "").json();
    let message = listed[0]["message"].as_str().unwrap();
    let refused = service.send("GET", "/groups/%2e%2e/jobs", "");
    assert_eq!(refused.status, 422, "{refused:?}");

    let said_by =
        |name: &str, arguments: &[&str]| said(&mut program(&folder, name, &sandbox, arguments));
    assert_eq!(
        said_by("blocking", &["ours"]),
        format!("1 on the first page\n{message}\n")
    );
    assert_eq!(said_by("tested", &["ours"]), "0 polls\n");

    let body = "openapi/examples/invalid/post-action.request/unsupported-method.json";
    let output = program(&folder, "linter", &sandbox, &[body])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let findings = String::from_utf8(output.stdout).unwrap();
    assert!(
        findings.starts_with(&format!("{body}:")) && findings.contains("error[KZ201]"),
        "{findings}"
    );
}

/// A sandbox, which has a thread of its own.
fn sandbox() -> Sandbox {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let started = runtime.block_on(Sandbox::builder().token(TOKEN).start());
    started.unwrap()
}

/// The service as a process, until it is dropped.
struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    fn start(folder: &str, sandbox: &Sandbox) -> Self {
        let mut command = program(folder, "service", sandbox, &["127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        let address = address.trim().parse().unwrap();
        Self { child, address }
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Answer {
        send(self.address, method, path, body)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An example as a command that calls the sandbox.
fn program(folder: &str, name: &str, sandbox: &Sandbox, arguments: &[&str]) -> Command {
    let program = Path::new(folder)
        .join(name)
        .with_extension(env::consts::EXE_EXTENSION);
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("KAIZALA_ENDPOINT", sandbox.url())
        .env("KAIZALA_ACCESS_TOKEN", TOKEN);
    command
}

/// What a program says that succeeds.
fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn last_answer(sandbox: &Sandbox) -> Value {
    serde_json::from_slice(&sandbox.exchanges().pop().unwrap().response_body).unwrap()
}

/// The examples of the alternatives of a request.
fn documented(kind: BodyKind) -> Vec<Value> {
    let document = contract::document();
    let schemas = &document["components"]["schemas"];
    let alternatives = schemas[kind.schema()]["oneOf"].as_array().unwrap();
    alternatives
        .iter()
        .map(|schema| {
            schemas[schema["$ref"].as_str().unwrap().rsplit('/').next().unwrap()]["example"].clone()
        })
        .collect()
}

/// Bodies as texts: numbers as JSON compares them, members by name.
fn sorted(bodies: Vec<Value>) -> Vec<String> {
    fn normal(value: Value) -> Value {
        match value {
            Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name, normal(value)))
                    .collect::<BTreeMap<_, _>>()
                    .into_iter()
                    .collect(),
            ),
            Value::Array(items) => items.into_iter().map(normal).collect(),
            Value::Number(number) => number.as_f64().into(),
            other => other,
        }
    }
    let mut texts: Vec<_> = bodies
        .into_iter()
        .map(|body| normal(body).to_string())
        .collect();
    texts.sort();
    texts
}

/// Builds the examples, which `cargo test` has done already but for runs of this test alone, and
/// says where they are.
fn build() -> String {
    // What cargo told this test of its own package would be a change to the build scripts of
    // dependencies.
    let of_this_package = |name: &str| {
        name == "OUT_DIR"
            || ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|start| name.starts_with(start))
    };
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--examples", "--offline", "--quiet"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.env("CARGO_TARGET_DIR", target);
    for (name, _) in env::vars().filter(|(name, _)| of_this_package(name)) {
        command.env_remove(name);
    }
    let built = command.output().unwrap();
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    target.join("debug/examples").to_str().unwrap().to_owned()
}
