//! The files of a run, piece by piece.

use std::{
    iter, mem,
    sync::{Arc, OnceLock},
};

use indicatif::ProgressBar;

use super::{fix::Fixer, judge::Judge, portion::Portion, settings::Settings};
use crate::input::{Batch, Batches, Format, decode};

/// A piece of a file, or how it ends.
pub(crate) struct Chunk<B> {
    pub path: Arc<str>,
    pub judge: Arc<Judge>,
    pub event: Event<B>,
}

/// What there is of a file.
pub(crate) enum Event<B> {
    Batch(B),
    /// Why there is no more of it.
    Unread(String),
    /// All of it was given.
    End {
        format: Format,
        /// Whether it was not named but found in a folder.
        is_found: bool,
    },
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
        let (path, is_found): (Arc<str>, _) = (source.name().into(), source.is_found());
        let judge = Arc::new(settings.judge(&path));
        let bytes = match &fixer {
            Some(fixer) => fixer.open(source, settings.judge(&path)),
            None => source.open(),
        };
        let batches = bytes.and_then(|bytes| {
            let fits = judge.reading.check();
            fits.map_err(|message| format!("{path}: {message}"))?;
            let bytes = decode(Box::new(bar.wrap_read(bytes)));
            let batches = bytes.and_then(|bytes| Batches::new(bytes, &judge.reading));
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
            let event = match batches.as_mut()? {
                Ok(batches) => {
                    batches.read_at_a_time(portion.bytes());
                    let format = batches.format;
                    match batches.next() {
                        Ok(Some(batch)) => Event::Batch(batch),
                        Ok(None) => Event::End { format, is_found },
                        Err(error) => Event::Unread(format!("{path}: {error}")),
                    }
                }
                Err(message) => Event::Unread(mem::take(message)),
            };
            if !matches!(event, Event::Batch(_)) {
                batches = None;
            }
            Some(Chunk {
                path: Arc::clone(&path),
                judge: Arc::clone(&judge),
                event,
            })
        })
    });
    move || chunks.next()
}
