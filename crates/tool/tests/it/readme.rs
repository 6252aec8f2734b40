//! The console blocks of the README, run as they are printed: as a terminal shows them, with values
//! that vary. Its Rust blocks are doctests of `crates/xtask`.

use std::{env, fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use crate::helpers::ROOT;

/// The commands that end with exit code 1, by what they begin with.
const REFUSING: [&str; 8] = [
    "cargo run --quiet -- lint --format concise openapi/examples/invalid/",
    "kaizala-actions lint tests/readme/job.json",
    "kaizala-actions lint --format concise tests/readme/sample.json",
    "kaizala-actions lint --format github ",
    "kaizala-actions lint --format summary ",
    "kaizala-actions lint --format concise tests/readme/calls.sh",
    "kaizala-actions lint --diff ",
    "kaizala-actions lint --format concise --survey ",
];

/// What varies: a line by its beginning, and what it is to be.
const VARYING: [(&str, &str); 2] = [
    (
        "A sandbox of the API listens at http://127.0.0.1:",
        "A sandbox of the API listens at http://127.0.0.1:[..], and the generated client talks to it.",
    ),
    (
        "20 files, ",
        "[..] files, [..] kB; open target/docs/index.html in a browser",
    ),
];

/// The README with what trycmd wants to know in its console blocks, which is none of its readers'
/// business.
fn annotated(readme: &str) -> String {
    let (mut text, mut in_console) = (String::new(), false);
    let (mut refusing, mut varying) = (0, 0);
    for line in readme.lines() {
        in_console = line == "```console" || in_console && line != "```";
        let varies = VARYING
            .iter()
            .find(|(start, _)| in_console && line.starts_with(start));
        text += varies.map_or(line, |(_, pattern)| pattern);
        text.push('\n');
        varying += usize::from(varies.is_some());
        let command = line.strip_prefix("$ ").filter(|_| in_console);
        if command.is_some_and(|command| REFUSING.iter().any(|start| command.starts_with(start))) {
            text += "? 1\n";
            refusing += 1;
        }
        assert!(
            !in_console || !line.starts_with("? ") && line != "..." && !line.contains("[..]"),
            "no terminal shows this: {line}"
        );
    }
    // Whatever is listed is there.
    assert_eq!((refusing, varying), (REFUSING.len(), VARYING.len()));
    text
}

#[test]
fn console_blocks_print_what_they_say() {
    let readme = fs::read_to_string(PathBuf::from(ROOT).join("README.md")).expect("the README");
    let case = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("README.md");
    fs::write(&case, annotated(&readme)).expect("room");
    trycmd::TestCases::new()
        .register_bin("cargo", of_a_reader("cargo", env!("CARGO")).as_path())
        .register_bin(
            "kaizala-actions",
            of_a_reader("kaizala-actions", env!("CARGO_BIN_EXE_kaizala-actions")).as_path(),
        )
        .env("NO_COLOR", "1")
        .case(case);
}

/// A program as a reader's shell would start it, in the root of the repository. What cargo told
/// this test of its own package would be a change to the build scripts of dependencies, and so
/// build everything anew.
fn of_a_reader(name: &str, program: &str) -> PathBuf {
    let of_this_package = |name: &str| {
        name == "OUT_DIR"
            || ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|start| name.starts_with(start))
    };
    let unset: Vec<_> = env::vars()
        .map(|(name, _)| name)
        .filter(|name| of_this_package(name))
        .map(|name| format!("-u {name}"))
        .collect();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-of-a-reader"));
    fs::write(
        &path,
        format!(
            "#!/bin/sh\ncd '{ROOT}' && exec env {} '{program}' \"$@\"\n",
            unset.join(" "),
        ),
    )
    .expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script that runs");
    path
}
