//! The console blocks of the README, run as they are printed. Its Rust blocks are doctests of the
//! sandbox.

use std::{env, fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use crate::helpers::ROOT;

#[test]
fn console_blocks_print_what_they_say() {
    trycmd::TestCases::new()
        .register_bin("cargo", of_a_reader("cargo", env!("CARGO")).as_path())
        .register_bin(
            "kaizala-actions",
            of_a_reader("kaizala-actions", env!("CARGO_BIN_EXE_kaizala-actions")).as_path(),
        )
        .env("NO_COLOR", "1")
        .case(PathBuf::from(ROOT).join("README.md"));
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
