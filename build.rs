//! Makes the Rust half of the contract from `openapi/kaizala-actions.yaml`, see `build/mod.rs`.

#[path = "build/mod.rs"]
mod generator;

use std::{env, error::Error, fs, path::Path, process::ExitCode};

const DOCUMENT: &str = "openapi/kaizala-actions.yaml";

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
    println!("cargo::rerun-if-changed={DOCUMENT}");
    println!("cargo::rerun-if-changed=build");
    let folder = env::var("OUT_DIR")?;
    let text = fs::read_to_string(DOCUMENT).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let of_document = |refusal| format!("{DOCUMENT}: {refusal}");
    let document = generator::parse(&text).map_err(of_document)?;
    for (name, text) in generator::generate(&document).map_err(of_document)? {
        fs::write(Path::new(&folder).join(name), text)?;
    }
    Ok(())
}
