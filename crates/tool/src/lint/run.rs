//! Lints files: from the arguments to the exit code.

use std::{
    error::Error,
    io::{self, Write},
    num::NonZero,
    sync::{Arc, OnceLock},
    thread,
};

use kaizala_actions::lint::Coverage;

use super::{
    args::LintArgs,
    baseline::Baseline,
    engine::{End, Engine},
    feed::feed,
    fix::{self, Fixer},
    output::{JudgedChunk, Output},
    portion::Portion,
    progress::Progress,
    reports::Reports,
    settings::Settings,
    worker::Worker,
};
use crate::{console::say, exit::Exit, files, interrupt, report::Format};

/// Lints every document and reports the findings; unreadable documents do not stop the others.
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
    // The fixed text goes to stdout.
    let takes_stdout = args.fix && args.paths.iter().any(|path| path.as_os_str() == "-");
    let out: Box<dyn Write + Send> = if takes_stdout {
        Box::new(io::stderr())
    } else {
        Box::new(io::BufWriter::new(io::stdout()))
    };
    let engine = Engine::new();
    // Before there are temporary files.
    interrupt::on_request(engine.interrupt());
    let progress = Progress::new(files::bytes(&args.paths));
    let bar = progress.bar.clone();
    let reports = Reports::begin(args, args.color.is_wanted(), out)?;
    let covers = reports.covers();
    let coverage = covers.then(Coverage::default);
    let output = Output::new(baseline, reports, coverage, &settings);
    let portion = Portion::default();
    let note = Arc::new(OnceLock::new());
    let feed = feed(&settings, fixer.clone(), bar, portion.clone(), &note);
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok());
    let jobs = jobs.unwrap_or(NonZero::<usize>::MIN);
    // Next to a single worker, the output has time to write the report.
    let has_time = jobs.get() == 1 && !args.quiet;
    let worker = Worker {
        portion,
        covers,
        writer: output.writer().filter(|_| !has_time),
    };
    let work = move |chunk| worker.work(chunk);
    let show =
        move |output: &mut Output, chunk: &mut JudgedChunk| progress.during(|| output.show(chunk));
    let end = engine.run(jobs, Box::new(feed), work, output, show);
    if let Some(fixer) = fixer.as_ref().filter(|_| !matches!(end, Ok((End::All, _)))) {
        fixer.give_up();
    }
    let (end, Some(mut output)) = end? else {
        return Ok(Exit::Failure);
    };
    output.end();
    let Output {
        baseline,
        reports,
        summary,
        coverage,
        unread,
        empty,
        ..
    } = output;
    let unwritten = reports.finish(&summary, coverage.as_ref())?;
    let mut notes = fixer.map_or(Vec::new(), |fixer| fixer.notes());
    notes.extend(note.get().cloned());
    // If some files could not be read, it is unknown which findings are gone.
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
        End::All => {
            let counts = !args.exit_zero && (summary.errors > 0 || has_warnings);
            Exit::of_run(unread + empty > 0 || unwritten, counts)
        }
    })
}
