//! The console blocks of the README, run as they are printed. Its Rust blocks are doctests of the
//! crate.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::expect_used, reason = "a test that cannot go on should stop")]

use std::{env, fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

#[test]
fn console_blocks_print_what_they_say() {
    trycmd::TestCases::new()
        .register_bin("cargo", cargo().as_path())
        .register_bin(
            "kaizala-actions",
            trycmd::cargo::cargo_bin!("kaizala-actions"),
        )
        .env("NO_COLOR", "1")
        .case("README.md");
}

/// Cargo as a reader's shell would start it. What cargo told this test of its own package would be
/// a change to the build scripts of dependencies, and so build everything anew.
fn cargo() -> PathBuf {
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
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cargo-of-a-reader");
    fs::write(
        &path,
        format!(
            "#!/bin/sh\nexec env {} '{}' \"$@\"\n",
            unset.join(" "),
            env!("CARGO")
        ),
    )
    .expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a script that runs");
    path
}
