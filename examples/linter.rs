//! Lints bodies of files, without the client and its dependencies: `kaizala-actions` with
//! `default-features = false` has all that is used here.
//!
//! `cargo run --example linter --no-default-features -- FILE...`
#![allow(clippy::print_stdout, reason = "an example shows what it got")]

use std::{env, error::Error, fs, process::ExitCode};

use kaizala_actions::lint::{Linter, printable};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let linter = Linter::new();
    let mut refused = false;
    for path in env::args().skip(1) {
        let report = linter.lint_unknown(&fs::read(&path)?);
        for finding in &report.findings {
            println!("{}:{finding}", printable(&path));
            if let Some(help) = &finding.help {
                println!("    {}", printable(help));
            }
        }
        refused |= report.has_errors();
    }
    Ok(ExitCode::from(u8::from(refused)))
}
