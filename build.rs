//! Makes the Rust half of the contract from `openapi/kaizala-actions.yaml`, see `build/mod.rs`, and
//! cuts the snippets of the reference from the programs that hold them.

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
    for (_, place) in snippets::PROGRAMS {
        println!("cargo::rerun-if-changed={place}");
    }
    fs::write(
        Path::new(&folder).join("snippets.json"),
        snippets::collect(&document)?,
    )?;
    Ok(())
}
