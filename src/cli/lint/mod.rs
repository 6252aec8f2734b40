//! `kaizala-actions lint`.

mod judge;

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write},
};

use judge::{Judge, Judged};

use super::{
    Exit,
    args::{Color, LintArgs, ReportFormat},
    complain, files,
};
use crate::{
    input::{Batch, Batches},
    lint::Linter,
    report::{Checked, Concise, Full, Json, Renderer, Summary},
};

/// Lints every document and reports as it goes; what cannot be read does not stop the others.
pub(super) fn run(args: &LintArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let judge = Judge { linter: linter(args), body: args.body };
    let mut renderer: Box<dyn Renderer> = match args.format {
        ReportFormat::Full => Box::new(Full::new(colored(args.color))),
        ReportFormat::Concise => Box::new(Concise),
        ReportFormat::Json => Box::new(Json::default()),
    };
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
                Ok(Some(batch)) => show(&path, &batch, judge.batch(&batch), renderer.as_mut(), &mut summary, out)?,
                Ok(None) => break,
                Err(message) => {
                    unread += 1;
                    out.flush()?;
                    complain(&message);
                    break;
                }
            }
        }
    }
    renderer.finish(&summary, out)?;
    out.flush()?;
    if matches!(args.format, ReportFormat::Full) {
        // As `complain`.
        let _ = writeln!(io::stderr(), "{}", in_words(&summary, unread));
    }
    Ok(if unread > 0 {
        Exit::Failure
    } else if summary.errors > 0 || args.deny_warnings && summary.warnings > 0 {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn show(
    path: &str,
    batch: &Batch,
    judged: Vec<Judged>,
    renderer: &mut dyn Renderer,
    summary: &mut Summary,
    out: &mut dyn Write,
) -> io::Result<()> {
    for parts in judged.chunk_by(Judged::is_of_one) {
        let reports: Vec<_> = parts.iter().filter_map(|part| part.report.as_ref()).collect();
        match reports[..] {
            [] => summary.foreign += 1,
            _ => summary.add_parts(reports),
        }
    }
    for Judged { text, origin, report } in judged {
        let Some(report) = report else { continue };
        renderer.document(&Checked { path, origin, text: text.of(batch), report }, out)?;
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

/// `3 documents: 1 clean, 2 errors, 1 warning, 0 notes; 1 could not be read`.
fn in_words(summary: &Summary, unread: usize) -> String {
    let count = |number: usize, name: &str| format!("{number} {name}{}", if number == 1 { "" } else { "s" });
    let Summary { documents, clean, errors, warnings, notes, foreign } = *summary;
    let found = [count(errors, "error"), count(warnings, "warning"), count(notes, "note")].join(", ");
    let unread = if unread > 0 { format!("; {unread} could not be read") } else { String::new() };
    let foreign = if foreign > 0 { format!("; {} of other APIs", count(foreign, "exchange")) } else { String::new() };
    format!("{}: {clean} clean, {found}{foreign}{unread}", count(documents, "document"))
}
