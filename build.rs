//! Makes the Rust half of the contract from `openapi/kaizala-actions.yaml`, see `build/mod.rs`.

#[path = "build/mod.rs"]
mod generator;

use std::{env, error::Error, fs, path::Path, process::ExitCode};

use generator::refusal::DOCUMENT;

/// The notes that explain the tags of the document.
const NOTES: &str = "openapi/README.md";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    for path in [DOCUMENT, NOTES, "build"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let folder = env::var("OUT_DIR")?;
    let read = |path| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    for (name, text) in generator::run(&read(DOCUMENT)?, &read(NOTES)?)? {
        fs::write(Path::new(&folder).join(name), text)?;
    }
    Ok(())
}
