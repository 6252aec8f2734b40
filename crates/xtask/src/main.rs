//! `cargo run -p xtask` renews the files in the repository that are generated from the document, the
//! examples and the programs: the findings of the examples, the published forms of the contract, the
//! snippets of the reference, and the snapshots. The tests that check these files write them instead.
//! Read the diff; a test that still fails says what to do by hand, for example with the console
//! blocks of the README and the guide.

use std::{
    env, io,
    process::{Command, ExitCode, ExitStatus},
};

/// Makes the tests write.
const UPDATES: &[(&str, &str)] = &[
    ("UPDATE_FINDINGS", "1"),
    ("UPDATE_DIST", "1"),
    ("UPDATE_SNIPPETS", "1"),
    ("INSTA_UPDATE", "always"),
    ("INSTA_FORCE_PASS", "1"),
];

/// The runs of tests that write, in their order: the reference is compiled with its snippets. Both are
/// of all packages, since the dependencies of a single one have other features and are built again.
const RUNS: &[&[&str]] = &[
    &["--workspace", "--lib", "snippets"],
    &["--workspace", "--test", "it", "--no-fail-fast"],
];

fn main() -> io::Result<ExitCode> {
    for arguments in RUNS {
        if !test(arguments)?.success() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn test(arguments: &[&str]) -> io::Result<ExitStatus> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg("test").args(arguments);
    command.envs(UPDATES.iter().copied());
    // `cargo run` sets variables with the package, which would make build scripts run again.
    let of_package = ["CARGO_PKG_", "CARGO_MANIFEST_"];
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if of_package.iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
    command.status()
}
