//! `kaizala-actions merge`: makes one report of several.

use std::{
    collections::HashMap,
    error::Error,
    fmt,
    fs::File,
    io::{self, BufReader, BufWriter, Seek as _, Write},
    path::{Path, PathBuf},
};

use kaizala_actions::lint::Coverage;
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::{
    exit::Exit,
    identity::Identity,
    name,
    replace::Replacement,
    report::{JsonFile, JsonMerge, Summary, VERSION},
    text::about,
};

/// Merge JSON reports of lint into one
///
/// Entries are in the order of the reports, and counts are added. Exit code: 0 if there are no
/// errors in the reports, 1 if there are, 2 if a report could not be read; then nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct MergeArgs {
    /// Write to this file instead of stdout
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Reports, as lint --format json writes them
    #[arg(value_name = "REPORT", required = true)]
    reports: Vec<PathBuf>,
}

const EXAMPLE: &str = "\
Example:
  Check two folders at different times, and report what both cover
      kaizala-actions lint --coverage --output json=monday.json monday/
      kaizala-actions lint --coverage --output json=tuesday.json tuesday/
      kaizala-actions merge monday.json tuesday.json";

/// Writes one report, or nothing if one of the reports cannot be read.
pub(crate) fn run(args: &MergeArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    check(args)?;
    let summary = if let Some(path) = &args.output {
        let mut file = Replacement::begin(path).map_err(about(path))?;
        let summary = merge(&args.reports, &mut file)?;
        file.finish().map_err(about(path))?;
        summary
    } else {
        // Entries are written as they are read, and a later report may be unreadable.
        let mut whole = BufWriter::new(tempfile::tempfile()?);
        let summary = merge(&args.reports, &mut whole)?;
        let mut whole = whole.into_inner()?;
        whole.rewind()?;
        io::copy(&mut whole, out)?;
        summary
    };
    Ok(Exit::of_run(false, summary.errors > 0))
}

/// # Errors
/// If a report is also the output, or is given twice: its counts would be added twice.
fn check(args: &MergeArgs) -> Result<(), String> {
    let output = match &args.output {
        Some(path) => Identity::of(path).zip(Some(format!("--output {}", name::of(path)))),
        None => Identity::of_open(&io::stdout()).zip(Some("stdout".to_owned())),
    };
    let mut reports = HashMap::new();
    for path in &args.reports {
        let (name, Some(file)) = (name::of(path), Identity::of(path)) else {
            continue;
        };
        if let Some((_, other)) = output.as_ref().filter(|(output, _)| *output == file) {
            return Err(format!("{name} and {other} are one file: write to another"));
        }
        if let Some(other) = reports.insert(file, name.clone()) {
            return Err(format!("{other} and {name} are one report: give it once"));
        }
    }
    Ok(())
}

/// # Errors
/// Which report cannot be read, or the error of writing.
fn merge(reports: &[PathBuf], out: &mut dyn Write) -> Result<Summary, Box<dyn Error>> {
    let mut merge = Merge {
        json: JsonMerge::default(),
        summary: Summary::default(),
        coverage: None,
        out,
        written: Ok(()),
    };
    for (index, path) in reports.iter().enumerate() {
        let file = File::open(path).map_err(about(path))?;
        let covers = merge.report(path, BufReader::new(file));
        // What could not be written is not the report's fault.
        std::mem::replace(&mut merge.written, Ok(()))?;
        let coverage = covers?;
        let has_coverage = coverage.is_some();
        match (&mut merge.coverage, coverage) {
            (Some(all), Some(coverage)) => all.merge(&coverage),
            (all @ None, Some(coverage)) if index == 0 => *all = Some(coverage),
            (None, None) => {}
            _ => {
                let (with, without) = if has_coverage {
                    (path, &reports[0])
                } else {
                    (&reports[0], path)
                };
                let (with, without) = (name::of(with), name::of(without));
                return Err(format!(
                    "{without} has no coverage, and {with} has: run lint with --coverage for all reports, or for none"
                )
                .into());
            }
        }
    }
    let Merge {
        json,
        summary,
        coverage,
        out,
        ..
    } = merge;
    json.finish(&summary, coverage.as_ref(), out)?;
    Ok(summary)
}

/// The report that is made.
struct Merge<'o> {
    json: JsonMerge,
    summary: Summary,
    coverage: Option<Coverage>,
    out: &'o mut dyn Write,
    /// The error of writing an entry.
    written: io::Result<()>,
}

impl Merge<'_> {
    /// Adds a report, except for its coverage, which is returned.
    fn report(&mut self, path: &Path, text: impl io::Read) -> Result<Option<Coverage>, String> {
        let mut json = serde_json::Deserializer::from_reader(text);
        let read = Report(self).deserialize(&mut json);
        let coverage = read.and_then(|coverage| json.end().map(|()| coverage));
        coverage.map_err(|error| {
            let name = name::of(path);
            let place = format!("{}:{}", error.line(), error.column());
            let message = error.to_string();
            // It is repeated at the end of the message.
            let problem = message
                .rsplit_once(" at line ")
                .map_or(&*message, |(problem, _)| problem);
            format!("{name}:{place}: not a report of this version, as lint --format json writes it: {problem}")
        })
    }
}

/// Reads a report; its entries are written one by one.
struct Report<'m, 'o>(&'m mut Merge<'o>);

impl<'de> DeserializeSeed<'de> for Report<'_, '_> {
    type Value = Option<Coverage>;

    fn deserialize<D: de::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Report<'_, '_> {
    type Value = Option<Coverage>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `version`, `files` and `summary`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        const MEMBERS: [&str; 4] = ["version", "files", "summary", "coverage"];
        let mut seen = [false; MEMBERS.len()];
        let mut coverage = None;
        while let Some(name) = members.next_key::<String>()? {
            let index = MEMBERS.iter().position(|member| *member == name);
            let Some(index) = index else {
                return Err(de::Error::unknown_field(&name, &MEMBERS));
            };
            if std::mem::replace(&mut seen[index], true) {
                return Err(de::Error::duplicate_field(MEMBERS[index]));
            }
            match index {
                0 => {
                    let version: u32 = members.next_value()?;
                    if version != VERSION {
                        let message = format!("its version is {version}, and this is {VERSION}");
                        return Err(de::Error::custom(message));
                    }
                }
                1 => members.next_value_seed(Files(&mut *self.0))?,
                2 => self.0.summary += members.next_value::<Summary>()?,
                _ => coverage = Some(members.next_value()?),
            }
        }
        match seen[..3].iter().position(|seen| !seen) {
            Some(missing) => Err(de::Error::missing_field(MEMBERS[missing])),
            None => Ok(coverage),
        }
    }
}

/// Reads the entries of a report.
struct Files<'m, 'o>(&'m mut Merge<'o>);

impl<'de> DeserializeSeed<'de> for Files<'_, '_> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Files<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Merge {
            json, out, written, ..
        } = self.0;
        while let Some(entry) = entries.next_element::<JsonFile<'static>>()? {
            *written = json.entry(&entry, out);
            if written.is_err() {
                return Err(de::Error::custom("the entry cannot be written"));
            }
        }
        Ok(())
    }
}
