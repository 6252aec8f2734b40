//! `kaizala-actions lint`.

mod args;
mod baseline;
mod config;
mod fix;
mod judge;
mod settings;

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write},
};

pub(super) use args::Working;
use baseline::Known;
use fix::Fixer;
use judge::Judged;
use settings::Settings;

use super::{
    Exit,
    args::{Color, LintArgs, ReportFormat},
    complain, files,
};
use crate::{
    input::{Batch, Batches},
    lint::printable,
    report::{Checked, Concise, Full, Json, Renderer, Summary},
};

/// Lints every document and reports as it goes; what cannot be read does not stop the others.
pub(super) fn run(args: &LintArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let settings = Settings::new(args)?;
    let args = &settings.args;
    if args.working.print_config {
        settings.print(out)?;
        return Ok(Exit::Clean);
    }
    if args.working.diff {
        return fix::diff(&settings, out);
    }
    let fixer = args.working.fix.then(Fixer::default);
    let mut known = Known::open(&args.working)?;
    // What is fixed on its way through takes stdout.
    let mut stderr = io::stderr();
    let out: &mut dyn Write = if args.working.fix && args.paths.iter().any(|path| path.as_os_str() == "-") { &mut stderr } else { out };
    let format = args.format.unwrap_or_default();
    let mut renderer: Box<dyn Renderer> = match format {
        ReportFormat::Full => Box::new(Full::new(colored(args.color))),
        ReportFormat::Concise => Box::new(Concise),
        ReportFormat::Json => Box::new(Json::default()),
    };
    let mut summary = Summary::default();
    let mut unread = 0;
    for source in files::sources(&args.paths) {
        let path = source.name();
        let judge = settings.judge(&path);
        known.begin(&path);
        let bytes = match &fixer {
            Some(fixer) => fixer.open(source, settings.judge(&path)),
            None => source.open(),
        };
        let mut batches = bytes.and_then(|bytes| Batches::new(bytes, judge.input).map_err(|error| format!("{path}: {error}")));
        loop {
            let batch = match &mut batches {
                Ok(batches) => batches.next().map_err(|error| format!("{path}: {error}")),
                Err(message) => Err(std::mem::take(message)),
            };
            match batch {
                Ok(Some(batch)) => show(&path, &batch, known.without(judge.batch(&batch)), renderer.as_mut(), &mut summary, out)?,
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
    for note in fixer.map(|fixer| fixer.in_words()).into_iter().chain(known.finish()?) {
        let _ = writeln!(io::stderr(), "{}", printable(&note));
    }
    if matches!(format, ReportFormat::Full) {
        // As `complain`.
        let _ = writeln!(io::stderr(), "{}", in_words(&summary, unread));
    }
    Ok(if unread > 0 {
        Exit::Failure
    } else if summary.errors > 0 || settings.deny_warnings && summary.warnings > 0 {
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
    for Judged { text, origin, report } in judged {
        summary.add(&report);
        renderer.document(&Checked { path, origin, text: text.of(batch), report }, out)?;
    }
    Ok(())
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
    let Summary { documents, clean, errors, warnings, notes } = *summary;
    let found = [count(errors, "error"), count(warnings, "warning"), count(notes, "note")].join(", ");
    let unread = if unread > 0 { format!("; {unread} could not be read") } else { String::new() };
    format!("{}: {clean} clean, {found}{unread}", count(documents, "document"))
}
