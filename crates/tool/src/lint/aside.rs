//! The files of a run apart from those that it lints: its outputs, and its other inputs.

use std::{collections::HashSet, io, path::PathBuf};

use super::{args::LintArgs, config::Config};
use crate::{identity::Identity, input::Environment, name};

/// The use of a file, as the user named it.
struct Use {
    file: Identity,
    name: String,
}

/// The files of these uses; if they are in a folder, they are not linted.
///
/// # Errors
/// If a file would be both read and written, or written twice: one of the two would be lost. A
/// baseline may be read and then rewritten.
pub(crate) fn files(args: &LintArgs, config: Option<&Config>) -> Result<HashSet<Identity>, String> {
    let option = |option: &str, path: &Option<PathBuf>| {
        let path = path.as_deref()?;
        used(format!("--{option} {}", name::of(path)), Identity::of(path))
    };
    let inputs = args.paths.iter().filter_map(|path| {
        if path.as_os_str() == "-" {
            used("stdin".to_owned(), Identity::of_open(&io::stdin()))
        } else {
            used(name::of(path), Identity::of(path))
        }
    });
    let file = config.map(|config| &config.file);
    let known = [
        option("survey", &args.survey),
        file.and_then(|path| used(name::of(path), Identity::of(path))),
    ];
    let overrides = config.iter().flat_map(|config| &config.said.overrides);
    let said = overrides.chain(config.map(|config| &config.said));
    let all_args = said.map(|said| &said.args).chain([args]);
    let environments = all_args.filter_map(|args| {
        let path = args.reading.environment.as_ref().map(Environment::path)?;
        used(
            format!("--environment {}", name::of(path)),
            Identity::of(path),
        )
    });
    let known: Vec<_> = known.into_iter().flatten().chain(environments).collect();
    let baseline = option("baseline", &args.baseline);
    let streams = [
        used("stdout".to_owned(), Identity::of_open(&io::stdout())).filter(|_| !args.quiet),
        used("stderr".to_owned(), Identity::of_open(&io::stderr())),
    ];
    let outputs = args
        .output
        .iter()
        .filter_map(|(_, path)| used(format!("--output {}", name::of(path)), Identity::of(path)));
    let mut written: Vec<_> = option("write-baseline", &args.write_baseline)
        .into_iter()
        .collect();
    for output in outputs {
        refuse(
            &output,
            written
                .iter()
                .chain(&baseline)
                .chain(streams.iter().flatten()),
        )?;
        written.push(output);
    }
    let inputs: Vec<_> = inputs.collect();
    for output in written.iter().chain(streams.iter().flatten()) {
        refuse(output, inputs.iter().chain(&known))?;
    }
    let all = written.into_iter().chain(known);
    let all = all.chain(baseline).chain(streams.into_iter().flatten());
    Ok(all.map(|used| used.file).collect())
}

fn used(name: String, file: Option<Identity>) -> Option<Use> {
    Some(Use { file: file?, name })
}

fn refuse<'u>(output: &Use, mut others: impl Iterator<Item = &'u Use>) -> Result<(), String> {
    match others.find(|other| other.file == output.file) {
        Some(other) if other.name == output.name => Err(format!("{}: given twice", output.name)),
        Some(other) => Err(format!(
            "{} and {} are one file: write to another",
            output.name, other.name
        )),
        None => Ok(()),
    }
}
