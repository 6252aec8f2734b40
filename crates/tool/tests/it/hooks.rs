//! The action for GitHub does what its inputs say, whatever is in them.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use serde_yaml_ng::Value;

use crate::helpers::{CASING, Folder, JOB, ROOT};

/// What the linter is called with, an argument a line, by any shell: macOS has an old bash, and what
/// a plain sh runs, that does too.
fn called(inputs: &[(&str, &str)]) -> String {
    let by_bash = called_by(
        "bash",
        &["--noprofile", "--norc", "-eo", "pipefail"],
        inputs,
    );
    assert_eq!(called_by("sh", &["-e"], inputs), by_bash);
    by_bash
}

fn called_by(shell: &str, options: &[&str], inputs: &[(&str, &str)]) -> String {
    let action = fs::read_to_string(Path::new(ROOT).join("action.yml")).expect("the action");
    let action: Value = serde_yaml_ng::from_str(&action).expect("YAML");
    let step = &action["runs"]["steps"][1];
    let folder = Folder::with(&[("kaizala-actions", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n")]);
    let stub = folder.0.path().join("kaizala-actions");
    fs::set_permissions(stub, fs::Permissions::from_mode(0o755)).expect("a script");
    let path = format!(
        "{}:{}",
        folder.0.path().display(),
        std::env::var("PATH").expect("a path")
    );
    // As GitHub runs it.
    let mut shell = Command::new(shell);
    shell
        .args(options)
        .args(["-c", step["run"].as_str().expect("a script")])
        .env("PATH", path);
    for (variable, expression) in step["env"].as_mapping().expect("variables") {
        let name = expression
            .as_str()
            .and_then(|text| text.strip_prefix("${{ inputs.")?.strip_suffix(" }}"))
            .expect("an input");
        let given = inputs
            .iter()
            .find(|(input, _)| *input == name)
            .map(|(_, value)| *value);
        let value = given
            .or(action["inputs"][name]["default"].as_str())
            .expect("a default");
        shell.env(variable.as_str().expect("a name"), value);
    }
    let output = shell.output().expect("bash");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn inputs_of_the_action_become_arguments() {
    assert_eq!(called(&[]), "lint\n--format\ngithub\n--\n");
    let inputs = [
        ("paths", "a b.json\n\n-x.json\n"),
        (
            "arguments",
            "--deny-warnings\n$(touch x) `touch y` \\ $HOME",
        ),
        ("sarif", "found it.sarif"),
    ];
    assert_eq!(
        called(&inputs),
        "lint\n--format\ngithub\n--deny-warnings\n$(touch x) `touch y` \\ $HOME\n--output\nsarif=found it.sarif\n--\na b.json\n-x.json\n"
    );
}

/// What bash has since version 4, and what version 3.2, that of macOS, does otherwise: there an empty
/// array counts as unset. Where the tests run, both shells may be newer.
const NEWER: &[&str] = &[
    "mapfile",
    "readarray",
    "coproc",
    "globstar",
    "declare ",
    "local -",
    "typeset",
    "printf -v",
    "wait -n",
    "-v ",
    "=(",
    "[@]",
    "[*]",
    "[-1]",
    ",,",
    "^^",
    "@Q",
    "&>>",
    "|&",
    ";&",
    "EPOCH",
    "BASHPID",
];

#[test]
fn scripts_of_the_action_are_for_any_bash() {
    let action = fs::read_to_string(Path::new(ROOT).join("action.yml")).expect("the action");
    let action: Value = serde_yaml_ng::from_str(&action).expect("YAML");
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let scripts = steps.iter().filter_map(|step| step["run"].as_str());
    let lines: Vec<_> = scripts.flat_map(str::lines).collect();
    assert!(lines.len() > 10, "{lines:?}");
    for line in lines {
        let newer = NEWER.iter().find(|construct| line.contains(**construct));
        assert_eq!(newer, None, "in `{line}`");
    }
}

/// What the first step of the action says and calls, with an installed tool of some version.
fn installed(version: &str) -> String {
    let action = fs::read_to_string(Path::new(ROOT).join("action.yml")).expect("the action");
    let action: Value = serde_yaml_ng::from_str(&action).expect("YAML");
    let script = action["runs"]["steps"][0]["run"]
        .as_str()
        .expect("a script");
    let tool = format!("#!/bin/sh\necho kaizala-actions {version}\n");
    let folder = Folder::with(&[
        ("kaizala-actions", tool.as_str()),
        ("cargo", "#!/bin/sh\necho \"cargo $1\"\n"),
        ("added", ""),
    ]);
    for name in ["kaizala-actions", "cargo"] {
        let stub = folder.0.path().join(name);
        fs::set_permissions(stub, fs::Permissions::from_mode(0o755)).expect("a script");
    }
    let path = std::env::var("PATH").expect("a path");
    let path = format!("{}:{path}", folder.0.path().display());
    let mut shell = Command::new("bash");
    shell.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    shell
        .env("PATH", path)
        .env("ACTION", ROOT)
        .env("ROOT", "/root");
    shell.env("GITHUB_PATH", folder.0.path().join("added"));
    let output = shell.output().expect("bash");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8") + &folder.read("added")
}

#[test]
fn the_action_compiles_nothing_that_is_installed() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        installed(version),
        format!("kaizala-actions {version} is installed\n")
    );
    assert_eq!(installed("0.1.0"), "cargo install\n/root/bin\n");
}

#[test]
fn hooks_of_pre_commit_run_the_linter() {
    let hooks =
        fs::read_to_string(Path::new(ROOT).join(".pre-commit-hooks.yaml")).expect("the hooks");
    let hooks: Vec<Value> = serde_yaml_ng::from_str(&hooks).expect("YAML");
    assert_eq!(hooks.len(), 4);
    for (hook, left) in hooks.iter().zip([CASING, JOB, CASING, JOB]) {
        let folder = Folder::with(&[("a.json", CASING)]);
        let entry = hook["entry"]
            .as_str()
            .and_then(|entry| entry.strip_prefix("kaizala-actions "))
            .expect("the tool");
        let args = hook["args"].as_sequence().expect("arguments");
        let args = args.iter().filter_map(Value::as_str);
        let arguments: Vec<_> = entry.split(' ').chain(args).chain(["a.json"]).collect();
        assert_eq!(folder.run(&arguments).code, Some(0));
        assert_eq!(folder.read("a.json"), left);
    }
}
