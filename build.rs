//! Makes the Rust half of the contract from `openapi/kaizala-actions.yaml`; see `build/mod.rs`.

#[path = "build/mod.rs"]
mod generator;
#[path = "build/snippets.rs"]
mod snippets;

use std::{env, error::Error, fs, path::Path, process::ExitCode};

const DOCUMENT: &str = "openapi/kaizala-actions.yaml";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={DOCUMENT}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DOCUMENT}");
    println!("cargo::rerun-if-changed=build");
    let folder = env::var("OUT_DIR")?;
    let document = generator::parse(&fs::read_to_string(DOCUMENT)?)?;
    for (name, text) in generator::generate(&document)? {
        fs::write(Path::new(&folder).join(name), text)?;
    }
    for (_, place) in snippets::PROGRAMS {
        println!("cargo::rerun-if-changed={place}");
    }
    fs::write(Path::new(&folder).join("snippets.json"), snippets::collect(&document)?)?;
    Ok(())
}
