//! `kaizala-actions lint`.

mod args;
mod baseline;
mod config;
mod engine;
mod fix;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod judge;
mod portion;
mod progress;
mod reports;
mod settings;

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write},
    num::NonZero,
    sync::{Arc, OnceLock},
    thread,
};

pub(super) use args::Working;
use baseline::Known;
pub(super) use config::schema as config_schema;
use engine::{End, Engine, Feed, Show};
use fix::Fixer;
use judge::{Judge, Judged, count};
use portion::Portion;
use progress::{Counter, Progress};
use reports::Reports;
use settings::Settings;

use super::{
    Exit,
    args::{Color, LintArgs},
    complain, files,
};
use crate::{
    input::{Batch, Batches, decode},
    report::{Checked, Format, Summary},
};
use kaizala_actions::lint::printable;

/// A piece of a file, or why there is no more of it.
struct Piece {
    path: Arc<str>,
    judge: Arc<Judge>,
    batch: Result<Batch, String>,
}

/// What was found in one.
struct Found {
    path: Arc<str>,
    judge: Arc<Judge>,
    /// The record to go on from is the last.
    judged: Result<(Batch, Vec<Judged>, usize), String>,
}

/// Lints every document and reports as it goes; what cannot be read does not stop the others.
pub(super) fn run(args: &LintArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let settings = Arc::new(Settings::new(args)?);
    let args = &settings.args;
    if args.working.print_config {
        settings.print(out)?;
        return Ok(Exit::Clean);
    }
    if args.working.diff {
        return fix::diff(&settings, out);
    }
    let fixer = args.working.fix.then(Fixer::default);
    let known = Known::open(&args.working)?;
    // What is fixed on its way through takes stdout.
    let takes_stdout = args.working.fix && args.paths.iter().any(|path| path.as_os_str() == "-");
    let out: Box<dyn Write + Send> = if takes_stdout {
        Box::new(io::stderr())
    } else {
        Box::new(io::BufWriter::new(io::stdout()))
    };
    let counter = Counter::default();
    let output = Output {
        known,
        reports: Reports::begin(args, colored(args.color), out)?,
        summary: Summary::default(),
        unread: 0,
        progress: Progress::new(counter.clone(), files::bytes(&args.paths)),
    };
    let engine = Engine::new(output);
    let interrupt = engine.interrupt();
    // Without a handler, Ctrl-C ends it at once, as everywhere.
    let _ = ctrlc::set_handler(move || interrupt.interrupt());
    let portion = Portion::default();
    let learning = portion.clone();
    let work = move |Piece { path, judge, batch }| {
        let judged = batch.map(|batch: Batch| {
            let (judged, next) = judge.batch(&batch, 0);
            learning.learn(
                batch.records[..next]
                    .last()
                    .map_or(0, |record| record.text.end),
                count(&judged),
            );
            (batch, judged, next)
        });
        Found {
            path,
            judge,
            judged,
        }
    };
    let unheeded = Arc::new(OnceLock::new());
    let end = engine.run(
        jobs(args.jobs),
        feed(&settings, fixer.clone(), counter, portion, &unheeded),
        work,
    );
    if let Some(fixer) = fixer.as_ref().filter(|_| !matches!(end, Ok((End::All, _)))) {
        fixer.give_up();
    }
    let (
        end,
        Some(Output {
            known,
            reports,
            summary,
            unread,
            progress,
        }),
    ) = end?
    else {
        return Ok(Exit::Failure);
    };
    drop(progress);
    let unwritten = reports.finish(&summary)?;
    // Of a part of the files, nobody can say what is gone or what is all.
    let notes = if matches!(end, End::All) {
        known.finish()?
    } else {
        Vec::new()
    };
    for note in fixer
        .map(|fixer| fixer.in_words())
        .into_iter()
        .chain(unheeded.get().cloned())
        .chain(notes)
    {
        let _ = writeln!(io::stderr(), "{}", printable(&note));
    }
    if args.format.unwrap_or_default() == Format::Full && !args.quiet {
        // As `complain`.
        let _ = writeln!(
            io::stderr(),
            "{summary}{}",
            if unread > 0 {
                format!("; {unread} could not be read")
            } else {
                String::new()
            }
        );
    }
    Ok(match end {
        End::Interrupted => Exit::Interrupted,
        End::Broken => Exit::Failure,
        End::All if unread > 0 || unwritten => Exit::Failure,
        End::All if summary.errors > 0 || settings.deny_warnings && summary.warnings > 0 => {
            Exit::Findings
        }
        End::All => Exit::Clean,
    })
}

/// Where results become reports.
struct Output {
    known: Known,
    reports: Reports,
    summary: Summary,
    /// How many files could not be read.
    unread: usize,
    progress: Progress,
}

impl Show<Found> for Output {
    type Error = io::Error;

    fn show(
        &mut self,
        Found {
            path,
            judge,
            judged,
        }: Found,
    ) -> io::Result<()> {
        let Self {
            known,
            reports,
            summary,
            unread,
            progress,
        } = self;
        progress.during(|| match judged {
            Ok((batch, mut judged, mut next)) => loop {
                show(
                    &path,
                    &batch,
                    known.without(&path, judged),
                    reports,
                    summary,
                )?;
                if next == batch.records.len() {
                    return Ok(());
                }
                (judged, next) = judge.batch(&batch, next);
            },
            Err(message) => {
                *unread += 1;
                reports.unread(&message)?;
                complain(&message);
                Ok(())
            }
        })
    }
}

/// All files, piece by piece. What of the settings does not hold for the first of them to tell is
/// put aside.
fn feed(
    settings: &Arc<Settings>,
    fixer: Option<Fixer>,
    counter: Counter,
    portion: Portion,
    unheeded: &Arc<OnceLock<String>>,
) -> Feed<Piece> {
    let (settings, unheeded) = (Arc::clone(settings), Arc::clone(unheeded));
    let mut sources = files::sources(&settings.args.paths)
        .collect::<Vec<_>>()
        .into_iter();
    let mut open: Option<(Arc<str>, Arc<Judge>, Batches)> = None;
    Box::new(move || {
        loop {
            if let Some((path, judge, batches)) = &mut open {
                let (path, judge) = (Arc::clone(path), Arc::clone(judge));
                batches.read_at_a_time(portion.bytes());
                match batches.next() {
                    Ok(Some(batch)) => {
                        return Some(Piece {
                            path,
                            judge,
                            batch: Ok(batch),
                        });
                    }
                    Ok(None) => open = None,
                    Err(error) => {
                        open = None;
                        return Some(Piece {
                            batch: Err(format!("{path}: {error}")),
                            path,
                            judge,
                        });
                    }
                }
            }
            let source = sources.next()?;
            let path: Arc<str> = source.name().into();
            let judge = Arc::new(settings.judge(&path));
            let bytes = match &fixer {
                Some(fixer) => fixer.open(source, settings.judge(&path)),
                None => source.open(),
            };
            let batches = bytes.and_then(|bytes| {
                let decoded =
                    decode(counter.count(bytes)).and_then(|bytes| Batches::new(bytes, judge.input));
                decoded.map_err(|error| format!("{path}: {error}"))
            });
            match batches {
                Ok(batches) => {
                    if let Some(note) = settings.unheeded(&path, &judge, batches.format()) {
                        unheeded.get_or_init(|| note);
                    }
                    open = Some((path, judge, batches));
                }
                Err(message) => {
                    return Some(Piece {
                        path,
                        judge,
                        batch: Err(message),
                    });
                }
            }
        }
    })
}

fn jobs(wanted: Option<NonZero<usize>>) -> NonZero<usize> {
    wanted
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZero::<usize>::MIN)
}

fn show(
    path: &str,
    batch: &Batch,
    judged: Vec<Judged>,
    reports: &mut Reports,
    summary: &mut Summary,
) -> io::Result<()> {
    for parts in judged.chunk_by(Judged::is_of_one) {
        if parts.iter().all(|part| part.report.is_none()) {
            summary.foreign += 1;
        } else {
            summary.add_parts(parts.iter().filter_map(|part| part.report.as_ref()));
        }
    }
    for Judged {
        text,
        origin,
        report,
    } in judged
    {
        let Some(report) = report else { continue };
        reports.document(&Checked {
            path,
            origin,
            text: text.of(batch),
            report,
        })?;
    }
    Ok(())
}

fn colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        // https://no-color.org: any value but the empty one.
        Color::Auto => {
            io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    }
}
