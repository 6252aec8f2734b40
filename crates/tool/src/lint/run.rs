//! Lints files: from the arguments to the exit code.

use std::{
    error::Error,
    io::{self, Write},
    num::NonZero,
    sync::{Arc, OnceLock},
    thread,
};

use super::{
    args::LintArgs,
    baseline::Baseline,
    engine::{End, Engine},
    feed::{Chunk, feed},
    fix::{self, Fixer},
    judge::{Judged, count},
    portion::Portion,
    progress::Progress,
    reports::Reports,
    settings::Settings,
};
use crate::{
    console::{complain, say},
    exit::Exit,
    files,
    input::Batch,
    interrupt,
    report::{Checked, Format, Summary},
};

/// A piece of a file, what was found in it, and the record to go on from.
type JudgedChunk = Chunk<(Batch, Vec<Judged>, usize)>;

/// Lints every document and reports as it goes; what cannot be read does not stop the others.
pub(crate) fn run(args: &LintArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let settings = Arc::new(Settings::new(args)?);
    let args = &settings.args;
    if args.print_config {
        settings.print(out)?;
        return Ok(Exit::Clean);
    }
    settings.notes().for_each(|note| say(&note));
    if args.diff {
        return fix::diff(&settings, out);
    }
    let fixer = args.fix.then(Fixer::default);
    let baseline = Baseline::open(args)?;
    // What is fixed on its way through takes stdout.
    let takes_stdout = args.fix && args.paths.iter().any(|path| path.as_os_str() == "-");
    let out: Box<dyn Write + Send> = if takes_stdout {
        Box::new(io::stderr())
    } else {
        Box::new(io::BufWriter::new(io::stdout()))
    };
    let engine = Engine::new();
    // Before there is a temporary file.
    interrupt::on_request(engine.interrupt());
    let progress = Progress::new(files::bytes(&args.paths));
    let bar = progress.bar.clone();
    let output = Output {
        baseline,
        reports: Reports::begin(args, args.color.is_wanted(), out)?,
        summary: Summary::default(),
        unread: 0,
    };
    let portion = Portion::default();
    let note = Arc::new(OnceLock::new());
    let feed = feed(&settings, fixer.clone(), bar, portion.clone(), &note);
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok());
    let jobs = jobs.unwrap_or(NonZero::<usize>::MIN);
    let work = move |chunk| judge(chunk, &portion);
    let show = move |output: &mut Output, chunk| progress.during(|| output.show(chunk));
    let end = engine.run(jobs, Box::new(feed), work, output, show);
    if let Some(fixer) = fixer.as_ref().filter(|_| !matches!(end, Ok((End::All, _)))) {
        fixer.give_up();
    }
    let (end, Some(output)) = end? else {
        return Ok(Exit::Failure);
    };
    let Output {
        baseline,
        reports,
        summary,
        unread,
    } = output;
    let unwritten = reports.finish(&summary)?;
    let mut notes = fixer.map_or(Vec::new(), |fixer| fixer.notes());
    notes.extend(note.get().cloned());
    // Of a part of the files, nobody can say what is gone or what is all.
    if end == End::All {
        notes.extend(baseline.finish()?);
    }
    if args.format == Some(Format::Full) && !args.quiet {
        let unread = match unread {
            0 => String::new(),
            unread => format!("; {unread} could not be read"),
        };
        notes.push(format!("{summary}{unread}"));
    }
    for note in &notes {
        say(note);
    }
    let has_warnings = args.deny_warnings == Some(true) && summary.warnings > 0;
    Ok(match end {
        End::Interrupted => Exit::Interrupted,
        End::Broken => Exit::Failure,
        End::All => Exit::of_run(unread > 0 || unwritten, summary.errors > 0 || has_warnings),
    })
}

fn judge(Chunk { path, judge, batch }: Chunk<Batch>, portion: &Portion) -> JudgedChunk {
    let batch = batch.map(|batch| {
        let (judged, next) = judge.batch(&batch, 0);
        let last = batch.records[..next].last();
        portion.learn(last.map_or(0, |record| record.text.end), count(&judged));
        (batch, judged, next)
    });
    Chunk { path, judge, batch }
}

/// Where results become reports.
struct Output {
    baseline: Baseline,
    reports: Reports,
    summary: Summary,
    /// How many files could not be read.
    unread: usize,
}

impl Output {
    fn show(&mut self, Chunk { path, judge, batch }: JudgedChunk) -> io::Result<()> {
        match batch {
            Ok((batch, mut judged, mut next)) => loop {
                self.baseline.retain_new(&path, &mut judged);
                self.report(&path, &batch, judged)?;
                if next == batch.records.len() {
                    return Ok(());
                }
                (judged, next) = judge.batch(&batch, next);
            },
            Err(message) => {
                self.unread += 1;
                self.reports.unread(&message)?;
                complain(&message);
                Ok(())
            }
        }
    }

    fn report(&mut self, path: &str, batch: &Batch, judged: Vec<Judged>) -> io::Result<()> {
        for parts in judged.chunk_by(Judged::is_of_one) {
            if parts.iter().all(|part| part.report.is_none()) {
                self.summary.foreign += 1;
            } else {
                self.summary
                    .add_parts(parts.iter().filter_map(|part| part.report.as_ref()));
            }
        }
        for Judged {
            text,
            origin,
            report,
        } in judged
        {
            if let Some(report) = report {
                self.reports.document(&Checked {
                    path,
                    origin,
                    text: text.of(batch),
                    report,
                })?;
            }
        }
        Ok(())
    }
}
