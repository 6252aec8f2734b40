//! Packages that are made of this one and built.

use std::{env, fs, path::Path, process::Command};

/// Cargo, to be run in a folder. It takes the dependencies that are built for this package already,
/// and downloads nothing.
pub fn cargo(folder: &Path) -> Command {
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target folder");
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(folder);
    command
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_BUILD_BUILD_DIR", shared);
    // What cargo told this test of its own package would be a change to the build scripts of
    // dependencies.
    let of_this_package = |name: &str| {
        name == "OUT_DIR"
            || ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|start| name.starts_with(start))
    };
    for (name, _) in env::vars().filter(|(name, _)| of_this_package(name)) {
        command.env_remove(name);
    }
    command
}

/// Copies a file or a folder. Of an earlier copy, what the source no longer has goes.
pub fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        for entry in fs::read_dir(to).into_iter().flatten() {
            let old = entry.expect("an entry");
            if !from.join(old.file_name()).exists() {
                let remove = if old.path().is_dir() {
                    fs::remove_dir_all
                } else {
                    fs::remove_file
                };
                remove(old.path()).expect("it can be removed");
            }
        }
        for entry in fs::read_dir(from).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            copy_all(&from.join(&name), &to.join(&name));
        }
    } else if from.exists() {
        write(to, &fs::read(from).expect("a file"));
    }
}

/// Writes a file unless it is so already: cargo goes by the times of files, and so a second run
/// builds nothing anew.
pub fn write(path: &Path, bytes: &[u8]) {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
