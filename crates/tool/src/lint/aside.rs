//! The files of a run apart from those that it lints: its outputs, and its other inputs.

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
};

use super::args::LintArgs;
use crate::{identity::Identity, name};

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
pub(crate) fn files(args: &LintArgs, config: Option<&Path>) -> Result<HashSet<Identity>, String> {
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
    let known = [
        option("survey", &args.survey),
        config.and_then(|path| used(name::of(path), Identity::of(path))),
    ];
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
        refuse(output, inputs.iter().chain(known.iter().flatten()))?;
    }
    let all = written.into_iter().chain(known.into_iter().flatten());
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
