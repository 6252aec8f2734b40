//! The reports of a run: one on stdout, any number in files.

use std::{
    error::Error,
    io::{self, Write},
    path::PathBuf,
};

use kaizala_actions::lint::Coverage;

use super::{args::LintArgs, writer::Writer};
use crate::{
    console::{columns, complain},
    inert::inert_bytes,
    replace::Replacement,
    report::{Checked, CoverageTables, Format, RenderOptions, Renderer, Statistics, Summary},
    text::about,
};

/// All reports, written in parallel.
pub(crate) struct Reports {
    /// The report on stdout; `None` if it is off or its pipe is closed.
    stdout: Option<(Report, Box<dyn Write + Send>)>,
    files: Vec<InFile>,
    statistics: Option<Statistics>,
    /// The format of the report on stdout, and how it is rendered.
    format: Format,
    options: RenderOptions,
    /// Whether coverage is printed to stderr, since the report on stdout does not show it.
    prints_coverage: bool,
    /// Whether a file could not be written.
    unwritten: bool,
}

struct InFile {
    path: PathBuf,
    report: Report,
    out: Replacement,
}

struct Report {
    renderer: Box<dyn Renderer + Send>,
    /// Whether it shows coverage.
    covers: bool,
}

impl Reports {
    /// # Errors
    /// If a file cannot be created: better now than after an hour.
    pub fn begin(
        args: &LintArgs,
        color: bool,
        stdout: Box<dyn Write + Send>,
    ) -> Result<Self, Box<dyn Error>> {
        let options = RenderOptions {
            color,
            folder: std::env::current_dir().unwrap_or_default(),
            columns: columns(),
        };
        let colorless = RenderOptions {
            color: false,
            columns: None,
            ..options.clone()
        };
        let report = |format: Format, options| Report {
            renderer: format.renderer(options),
            covers: format.needs_coverage() || args.coverage && format.has_coverage(),
        };
        let files = args.output.iter().map(|(format, path)| {
            let out = Replacement::begin(path).map_err(about(path))?;
            Ok::<_, String>(InFile {
                path: path.clone(),
                report: report(*format, &colorless),
                out,
            })
        });
        let files = files.collect::<Result<_, _>>()?;
        let statistics = args.statistics.then(Statistics::default);
        let format = args.format.unwrap_or_default();
        let stdout = (!args.quiet).then(|| (report(format, &options), stdout));
        let is_shown = stdout.as_ref().is_some_and(|(report, _)| report.covers);
        Ok(Self {
            stdout,
            files,
            statistics,
            format,
            options,
            prints_coverage: args.coverage && !is_shown,
            unwritten: false,
        })
    }

    /// Whether anything shows coverage.
    pub fn covers(&self) -> bool {
        let files = self.files.iter().map(|file| &file.report);
        let mut all = files.chain(self.stdout.iter().map(|(report, _)| report));
        self.prints_coverage || all.any(|report| report.covers)
    }

    /// Writes the only report in pieces; `None` if a report is not made of pieces.
    pub fn writer(&self) -> Option<Writer> {
        let format = self.stdout.as_ref().map(|_| self.format);
        let is_by_document = format.is_none_or(Format::is_by_document);
        let is_only = self.files.is_empty() && self.statistics.is_none();
        (is_by_document && is_only).then(|| Writer {
            format,
            options: self.options.clone(),
        })
    }

    /// Adds a piece of the report on stdout.
    ///
    /// # Errors
    /// As for [`document`](Self::document).
    pub fn text(&mut self, text: &[u8]) -> io::Result<()> {
        let stdout = self.stdout.as_mut();
        stdout.map_or(Ok(()), |(_, out)| out.write_all(text))
    }

    /// Adds a document.
    ///
    /// # Errors
    /// The error of writing to stdout; a file that cannot be written does not stop the others.
    pub fn document(&mut self, checked: &Checked<'_>) -> io::Result<()> {
        if let Some(statistics) = &mut self.statistics {
            statistics.add(checked);
        }
        self.each(|report, out| report.renderer.document(checked, out))
    }

    /// Adds the reason why a file could not be read, which is also printed to stderr.
    ///
    /// # Errors
    /// As for [`document`](Self::document).
    pub fn unread(&mut self, message: &str) -> io::Result<()> {
        self.each(|report, out| {
            report.renderer.unread(message, out)?;
            out.flush()
        })
    }

    /// Ends all reports, and returns whether a file could not be written.
    ///
    /// # Errors
    /// As for [`document`](Self::document).
    pub fn finish(mut self, summary: &Summary, coverage: Option<&Coverage>) -> io::Result<bool> {
        self.each(|Report { renderer, covers }, out| {
            if let Some(coverage) = coverage.filter(|_| *covers) {
                renderer.cover(coverage);
            }
            renderer.finish(summary, out)
        })?;
        for InFile { path, out, .. } in self.files {
            if let Err(error) = out.finish() {
                complain(&about(&path)(error));
                self.unwritten = true;
            }
        }
        if let Some((_, mut out)) = self.stdout {
            out.flush()?;
        }
        let mut tables = Vec::new();
        if let Some(statistics) = self.statistics {
            statistics.write(&mut tables)?;
        }
        if let Some(coverage) = coverage.filter(|_| self.prints_coverage) {
            CoverageTables::of(coverage).write(None, &mut tables)?;
        }
        // Ignore errors: stderr may be closed.
        let _ = io::stderr().lock().write_all(&inert_bytes(&tables));
        Ok(self.unwritten)
    }

    fn each(
        &mut self,
        act: impl Fn(&mut Report, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.files.retain_mut(|InFile { path, report, out }| {
            let outcome = act(report, out);
            if let Err(error) = &outcome {
                complain(&about(path)(error));
                self.unwritten = true;
            }
            outcome.is_ok()
        });
        let Some((report, out)) = &mut self.stdout else {
            return Ok(());
        };
        match act(report, out) {
            // The pipe was closed; the files are still written.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !self.files.is_empty() => {
                self.stdout = None;
            }
            outcome => return outcome,
        }
        Ok(())
    }
}
