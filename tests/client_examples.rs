//! The programs under `examples/`, run against the sandbox: one for each type that can be posted, and one for the package.
#![cfg(all(feature = "client", feature = "sandbox"))]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::{collections::BTreeSet, env, fs, path::Path, process::Command};

use kaizala_actions::{body::BodyKind, lint::Linter, sandbox::Sandbox, support};
use serde_json::Value;

const TOKEN: &str = "token-of-the-tests";
const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";

#[test]
fn every_type_and_the_package_have_an_example_that_runs() {
    let folder = build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // It has a thread of its own.
    let sandbox = runtime.block_on(Sandbox::builder().token(TOKEN).start()).unwrap();
    for entry in fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let program = Path::new(&folder).join(name).with_extension(env::consts::EXE_EXTENSION);
        let mut command = Command::new(program);
        let output = command.arg(GROUP).env("KAIZALA_ENDPOINT", sandbox.url()).env("KAIZALA_ACCESS_TOKEN", TOKEN).output().unwrap();
        let exchange = sandbox.exchanges().pop().unwrap();
        let answer: Value = serde_json::from_slice(&exchange.response_body).unwrap();
        let reference_id = answer["referenceId"].as_str().unwrap_or_else(|| panic!("{name}: {answer}"));
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("posted {reference_id}\n"), "{name}: {output:?}");
    }

    let mut posted = BTreeSet::new();
    for exchange in sandbox.exchanges() {
        assert_eq!(exchange.target, format!("/v1/groups/{GROUP}/actions"));
        let report = Linter::new().lint(BodyKind::PostActionRequest, &exchange.request_body);
        assert!(report.is_clean(), "{report}");
        let body: Value = serde_json::from_slice(&exchange.request_body).unwrap();
        let action_type = body["actionType"].as_str().map(str::to_owned);
        assert!(posted.insert(action_type), "a second one of {body}");
    }
    let in_matrix = support::rows().iter().filter(|row| row.post).map(|row| Some(row.body_value.to_owned()));
    assert_eq!(posted, in_matrix.chain([None]).collect());
}

/// Builds the examples, which `cargo test` has done already but for runs of this test alone, and says where they are.
fn build() -> String {
    // What cargo told this test of its own package would be a change to the build scripts of dependencies.
    let of_this_package = |name: &str| name == "OUT_DIR" || ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start));
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--examples", "--offline", "--quiet"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    // The features of this build, or else the whole would be built again.
    if !cfg!(feature = "default") {
        command.args(["--no-default-features", "--features", if cfg!(feature = "cli") { "client,cli,sandbox" } else { "client,sandbox" }]);
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    command.env("CARGO_TARGET_DIR", target);
    for (name, _) in env::vars().filter(|(name, _)| of_this_package(name)) {
        command.env_remove(name);
    }
    let built = command.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    target.join("debug/examples").to_str().unwrap().to_owned()
}
