//! The files of a run, piece by piece.

use std::sync::{Arc, OnceLock};

use super::{fix::Fixer, judge::Judge, portion::Portion, progress::Counter, settings::Settings};
use crate::{
    files,
    input::{Batch, Batches, decode},
};

/// A piece of a file, or why there is no more of it.
pub(crate) struct Chunk {
    pub path: Arc<str>,
    pub judge: Arc<Judge>,
    pub batch: Result<Batch, String>,
}

/// Reads all files. What it notes first of settings that are ignored is put into `note`.
pub(crate) fn feed(
    settings: &Arc<Settings>,
    fixer: Option<Fixer>,
    counter: Counter,
    portion: Portion,
    note: &Arc<OnceLock<String>>,
) -> impl FnMut() -> Option<Chunk> + Send + use<> {
    let (settings, note) = (Arc::clone(settings), Arc::clone(note));
    let sources: Vec<_> = files::sources(&settings.args.paths).collect();
    let mut sources = sources.into_iter();
    let mut open: Option<(Arc<str>, Arc<Judge>, Batches)> = None;
    move || {
        loop {
            if let Some((path, judge, batches)) = &mut open {
                batches.read_at_a_time(portion.bytes());
                let batch = batches.next();
                if let Some(batch) = batch.transpose() {
                    let chunk = Chunk {
                        path: Arc::clone(path),
                        judge: Arc::clone(judge),
                        batch: batch.map_err(|error| format!("{path}: {error}")),
                    };
                    if chunk.batch.is_err() {
                        open = None;
                    }
                    return Some(chunk);
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
                let bytes = decode(counter.count(bytes));
                let batches = bytes.and_then(|bytes| Batches::new(bytes, judge.input));
                batches.map_err(|error| format!("{path}: {error}"))
            });
            match batches {
                Ok(batches) => {
                    if let Some(text) = settings.ignored_as_note(&path, &judge, batches.format) {
                        note.get_or_init(|| text);
                    }
                    open = Some((path, judge, batches));
                }
                Err(message) => {
                    open = None;
                    let batch = Err(message);
                    return Some(Chunk { path, judge, batch });
                }
            }
        }
    }
}
