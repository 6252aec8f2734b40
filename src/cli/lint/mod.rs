//! `kaizala-actions lint`.

mod judge;
mod reports;

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write},
};

use judge::{Judge, Judged};
use reports::Reports;

use super::{
    Exit,
    args::{Color, LintArgs},
    complain, files,
};
use crate::{
    input::{Batch, Batches},
    lint::Linter,
    report::{Checked, Format, Summary},
};

/// Lints every document and reports as it goes; what cannot be read does not stop the others.
pub(super) fn run(args: &LintArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let judge = Judge { linter: linter(args), body: args.body };
    let mut reports = Reports::begin(args, colored(args.color), out)?;
    let mut summary = Summary::default();
    let mut unread = 0;
    for source in files::sources(&args.paths) {
        let path = source.name();
        let mut batches = source.open().and_then(|bytes| Batches::new(bytes, args.input).map_err(|error| format!("{path}: {error}")));
        loop {
            let batch = match &mut batches {
                Ok(batches) => batches.next().map_err(|error| format!("{path}: {error}")),
                Err(message) => Err(std::mem::take(message)),
            };
            match batch {
                Ok(Some(batch)) => show(&path, &batch, judge.batch(&batch), &mut reports, &mut summary)?,
                Ok(None) => break,
                Err(message) => {
                    unread += 1;
                    reports.unread(&message)?;
                    complain(&message);
                    break;
                }
            }
        }
    }
    let unwritten = reports.finish(&summary)?;
    if args.format == Format::Full {
        // As `complain`.
        let _ = writeln!(io::stderr(), "{summary}{}", if unread > 0 { format!("; {unread} could not be read") } else { String::new() });
    }
    Ok(if unread > 0 || unwritten {
        Exit::Failure
    } else if summary.errors > 0 || args.deny_warnings && summary.warnings > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn show(path: &str, batch: &Batch, judged: Vec<Judged>, reports: &mut Reports<'_>, summary: &mut Summary) -> io::Result<()> {
    for parts in judged.chunk_by(Judged::is_of_one) {
        let of_parts: Vec<_> = parts.iter().filter_map(|part| part.report.as_ref()).collect();
        match of_parts[..] {
            [] => summary.foreign += 1,
            _ => summary.add_parts(of_parts),
        }
    }
    for Judged { text, origin, report } in judged {
        let Some(report) = report else { continue };
        reports.document(&Checked { path, origin, text: text.of(batch), report })?;
    }
    Ok(())
}

fn linter(args: &LintArgs) -> Linter {
    let linter = args.allow.iter().fold(Linter::new(), |linter, (name, method)| linter.allow(name, *method));
    args.ignore.iter().fold(linter, |linter, rule| linter.ignore(rule))
}

fn colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        // https://no-color.org: any value but the empty one.
        Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
