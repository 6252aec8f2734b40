//! `kaizala-actions lint`.

mod engine;
mod judge;
mod reports;

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write},
    num::NonZero,
    sync::Arc,
    thread,
};

use engine::{End, Engine, Feed};
use judge::{Judge, Judged};
use reports::Reports;

use super::{
    Exit,
    args::{Color, LintArgs},
    complain, files,
};
use crate::{
    input::{Batch, Batches, decode},
    lint::Linter,
    report::{Checked, Format, Summary},
};

/// A piece of a file, or why there is no more of it.
struct Piece {
    path: Arc<str>,
    batch: Result<Batch, String>,
}

/// What was found in one.
struct Found {
    path: Arc<str>,
    judged: Result<(Batch, Vec<Judged>), String>,
}

/// Lints every document and reports as it goes; what cannot be read does not stop the others.
pub(super) fn run(args: &LintArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let judge = Judge { linter: linter(args), body: args.body };
    let mut reports = Reports::begin(args, colored(args.color), out)?;
    let mut summary = Summary::default();
    let mut unread = 0;
    let engine = Engine::new();
    let interrupt = engine.interrupt();
    // Without a handler, Ctrl-C ends it at once, as everywhere.
    let _ = ctrlc::set_handler(move || interrupt.interrupt());
    let work = move |piece: Piece| Found {
        path: piece.path,
        judged: piece.batch.map(|batch| {
            let judged = judge.batch(&batch);
            (batch, judged)
        }),
    };
    let end = engine.run(jobs(args.jobs), feed(args), work, |found| match found.judged {
        Ok((batch, judged)) => show(&found.path, &batch, judged, &mut reports, &mut summary),
        Err(message) => {
            unread += 1;
            reports.unread(&message)?;
            complain(&message);
            Ok(())
        }
    })?;
    let unwritten = reports.finish(&summary)?;
    if args.format == Format::Full {
        // As `complain`.
        let _ = writeln!(io::stderr(), "{summary}{}", if unread > 0 { format!("; {unread} could not be read") } else { String::new() });
    }
    Ok(match end {
        End::Interrupted => Exit::Interrupted,
        End::Broken => Exit::Failure,
        End::All if unread > 0 || unwritten => Exit::Failure,
        End::All if summary.errors > 0 || args.deny_warnings && summary.warnings > 0 => Exit::Findings,
        End::All => Exit::Clean,
    })
}

/// All files, piece by piece.
fn feed(args: &LintArgs) -> Feed<Piece> {
    let mut sources = files::sources(&args.paths).collect::<Vec<_>>().into_iter();
    let input = args.input;
    let mut open: Option<(Arc<str>, Batches)> = None;
    Box::new(move || {
        loop {
            if let Some((path, batches)) = &mut open {
                let path = path.clone();
                match batches.next() {
                    Ok(Some(batch)) => return Some(Piece { path, batch: Ok(batch) }),
                    Ok(None) => open = None,
                    Err(error) => {
                        open = None;
                        return Some(Piece { batch: Err(format!("{path}: {error}")), path });
                    }
                }
            }
            let source = sources.next()?;
            let path: Arc<str> = source.name().into();
            let batches = source.open().and_then(|bytes| {
                let decoded = decode(bytes).and_then(|bytes| Batches::new(bytes, input));
                decoded.map_err(|error| format!("{path}: {error}"))
            });
            match batches {
                Ok(batches) => open = Some((path, batches)),
                Err(message) => return Some(Piece { path, batch: Err(message) }),
            }
        }
    })
}

fn jobs(wanted: Option<NonZero<usize>>) -> NonZero<usize> {
    wanted.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN)
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
