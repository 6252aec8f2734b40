//! The reports of a run: one on stdout, any number in files.

use std::{
    error::Error,
    io::{self, Write},
    path::PathBuf,
};

use super::args::LintArgs;
use crate::{
    console::{columns, complain},
    inert::inert_bytes,
    replace::Replacement,
    report::{Checked, RenderOptions, Renderer, Statistics, Summary},
    text::about,
};

/// All reports, written in parallel.
pub(crate) struct Reports {
    /// The report on stdout; `None` if it is off or its pipe is closed.
    stdout: Option<(Box<dyn Renderer + Send>, Box<dyn Write + Send>)>,
    files: Vec<InFile>,
    statistics: Option<Statistics>,
    /// Whether a file could not be written.
    unwritten: bool,
}

struct InFile {
    path: PathBuf,
    renderer: Box<dyn Renderer + Send>,
    out: Replacement,
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
        let files = args.output.iter().map(|(format, path)| {
            let out = Replacement::begin(path).map_err(about(path))?;
            Ok::<_, String>(InFile {
                path: path.clone(),
                renderer: format.renderer(&colorless),
                out,
            })
        });
        let files = files.collect::<Result<_, _>>()?;
        let statistics = args.statistics.then(Statistics::default);
        let stdout =
            (!args.quiet).then(|| (args.format.unwrap_or_default().renderer(&options), stdout));
        Ok(Self {
            stdout,
            files,
            statistics,
            unwritten: false,
        })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// The error of writing to stdout; a file that cannot be written does not stop the others.
    pub fn document(&mut self, checked: &Checked<'_>) -> io::Result<()> {
        if let Some(statistics) = &mut self.statistics {
            statistics.add(checked);
        }
        self.each(|renderer, out| renderer.document(checked, out))
    }

    /// Adds the reason why a file could not be read, which is also printed to stderr.
    ///
    /// # Errors
    /// As for [`document`](Self::document).
    pub fn unread(&mut self, message: &str) -> io::Result<()> {
        self.each(|renderer, out| {
            renderer.unread(message, out)?;
            out.flush()
        })
    }

    /// Ends all reports, and returns whether a file could not be written.
    ///
    /// # Errors
    /// As for [`document`](Self::document).
    pub fn finish(mut self, summary: &Summary) -> io::Result<bool> {
        self.each(|renderer, out| renderer.finish(summary, out))?;
        for InFile { path, out, .. } in self.files {
            if let Err(error) = out.finish() {
                complain(&about(&path)(error));
                self.unwritten = true;
            }
        }
        if let Some((_, mut out)) = self.stdout {
            out.flush()?;
        }
        if let Some(statistics) = self.statistics {
            let mut tables = Vec::new();
            statistics.write(&mut tables)?;
            // Ignore errors: stderr may be closed.
            let _ = io::stderr().lock().write_all(&inert_bytes(&tables));
        }
        Ok(self.unwritten)
    }

    fn each(
        &mut self,
        act: impl Fn(&mut dyn Renderer, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.files.retain_mut(
            |InFile {
                 path,
                 renderer,
                 out,
             }| {
                let outcome = act(renderer.as_mut(), out);
                if let Err(error) = &outcome {
                    complain(&about(path)(error));
                    self.unwritten = true;
                }
                outcome.is_ok()
            },
        );
        let Some((renderer, out)) = &mut self.stdout else {
            return Ok(());
        };
        match act(renderer.as_mut(), out) {
            // The pipe was closed; the files are still written.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !self.files.is_empty() => {
                self.stdout = None;
            }
            outcome => return outcome,
        }
        Ok(())
    }
}
