//! The files of a run, piece by piece.

use std::{
    iter, mem,
    sync::{Arc, OnceLock},
};

use indicatif::ProgressBar;

use super::{fix::Fixer, judge::Judge, portion::Portion, settings::Settings};
use crate::input::{Batch, Batches, decode};

/// A piece of a file, or why there is no more of it.
pub(crate) struct Chunk<B> {
    pub path: Arc<str>,
    pub judge: Arc<Judge>,
    pub batch: Result<B, String>,
}

/// Reads all files. What it notes first of settings that are ignored is put into `note`.
pub(crate) fn feed(
    settings: &Arc<Settings>,
    fixer: Option<Fixer>,
    bar: ProgressBar,
    portion: Portion,
    note: &Arc<OnceLock<String>>,
) -> impl FnMut() -> Option<Chunk<Batch>> + Send + use<> {
    let (settings, note) = (Arc::clone(settings), Arc::clone(note));
    let sources = settings.sources();
    let mut chunks = sources.into_iter().flat_map(move |source| {
        let path: Arc<str> = source.name().into();
        let judge = Arc::new(settings.judge(&path));
        let bytes = match &fixer {
            Some(fixer) => fixer.open(source, settings.judge(&path)),
            None => source.open(),
        };
        let batches = bytes.and_then(|bytes| {
            let bytes = decode(Box::new(bar.wrap_read(bytes)));
            let batches = bytes.and_then(|bytes| Batches::new(bytes, judge.input));
            batches.map_err(|error| format!("{path}: {error}"))
        });
        if let Ok(batches) = &batches
            && let Some(text) = settings.ignored_as_note(&path, &judge, batches.format)
        {
            note.get_or_init(|| text);
        }
        let portion = portion.clone();
        let mut batches = Some(batches);
        iter::from_fn(move || {
            let batch = match batches.as_mut()? {
                Ok(batches) => {
                    batches.read_at_a_time(portion.bytes());
                    let batch = batches.next().transpose()?;
                    batch.map_err(|error| format!("{path}: {error}"))
                }
                Err(message) => Err(mem::take(message)),
            };
            if batch.is_err() {
                batches = None;
            }
            Some(Chunk {
                path: Arc::clone(&path),
                judge: Arc::clone(&judge),
                batch,
            })
        })
    });
    move || chunks.next()
}
