//! peers unit|jsonschema FILE [SCHEMA]: reads a body on each line, and does with it the least that a validator in Rust does,
//! or validates it with the jsonschema crate. Prints how many bodies are invalid.

use std::{
    env,
    error::Error,
    fs::{self, File},
    hint::black_box,
    io::{BufRead as _, BufReader},
};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let (work, file) = match &arguments[..] {
        [work, file, ..] => (work.as_str(), file),
        _ => return Err("peers unit|jsonschema FILE [SCHEMA]".into()),
    };
    let schema = match arguments.get(2) {
        Some(path) => Some(jsonschema::validator_for(&serde_json::from_slice(&fs::read(path)?)?)?),
        None => None,
    };
    let mut bodies = BufReader::with_capacity(256 << 10, File::open(file)?);
    let mut line = Vec::new();
    let mut invalid = 0;
    while bodies.read_until(b'\n', &mut line)? > 0 {
        let value = serde_json::from_slice::<Value>(&line);
        let is_valid = match (work, &value, &schema) {
            ("jsonschema", Ok(value), Some(schema)) => schema.is_valid(value),
            _ => black_box(&value).is_ok(),
        };
        invalid += usize::from(!is_valid);
        line.clear();
    }
    println!("{invalid}");
    Ok(())
}
