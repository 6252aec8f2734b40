//! peers unit|jsonschema FILE [SCHEMA]: reads a body on each line, and does with it the least that
//! a validator in Rust does, or validates it with the jsonschema crate. Prints how many bodies are
//! invalid.
//!
//! peers parseable FILE: prints the lines that are JSON, for tools that end at one that is not.
//!
//! peers measure FIGURES COMMAND [ARGUMENT]...: runs a command, and writes into the file FIGURES
//! how many seconds it took by the clock and of processor time, how many KiB were resident at most,
//! and its exit code. In this small process, since what was resident in the one that starts another
//! counts as that one's.

use std::{
    env,
    error::Error,
    fs::{self, File},
    hint::black_box,
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    process::Command,
    time::Instant,
};

use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeVal,
};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["unit", file] => judge(file, |value| {
            black_box(value);
            true
        }),
        ["jsonschema", file, schema] => {
            let validator = jsonschema::validator_for(&serde_json::from_slice(&fs::read(schema)?)?)?;
            judge(file, |value| validator.is_valid(value))
        }
        ["parseable", file] => parseable(file),
        ["measure", figures, command, ref arguments @ ..] => measure(figures, Command::new(command).args(arguments)),
        _ => Err("peers unit FILE | jsonschema FILE SCHEMA | parseable FILE | measure FIGURES COMMAND [ARGUMENT]...".into()),
    }
}

fn lines(file: &str, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut bodies = BufReader::with_capacity(256 << 10, File::open(file)?);
    let mut line = Vec::new();
    while bodies.read_until(b'\n', &mut line)? > 0 {
        each(&line)?;
        line.clear();
    }
    Ok(())
}

fn judge(file: &str, is_valid: impl Fn(&Value) -> bool) -> Result<(), Box<dyn Error>> {
    let mut invalid = 0;
    lines(file, |line| {
        invalid += usize::from(!serde_json::from_slice::<Value>(line).is_ok_and(|value| is_valid(&value)));
        Ok(())
    })?;
    println!("{invalid}");
    Ok(())
}

fn parseable(file: &str) -> Result<(), Box<dyn Error>> {
    let mut output = BufWriter::new(io::stdout().lock());
    lines(file, |line| match serde_json::from_slice::<Value>(line) {
        Ok(_) => output.write_all(line),
        Err(_) => Ok(()),
    })?;
    Ok(output.flush()?)
}

fn measure(figures: &str, command: &mut Command) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let status = command.status()?;
    let clock = start.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let processor = seconds(usage.user_time()) + seconds(usage.system_time());
    let code = status.code().unwrap_or(-1);
    Ok(fs::write(figures, format!("{clock:.6} {processor:.6} {} {code}\n", usage.max_rss()))?)
}

fn seconds(time: TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}
