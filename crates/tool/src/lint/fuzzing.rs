//! Runs the whole of `lint` on one text, without files and threads.

use std::{io, path::Path};

use kaizala_actions::lint::Linter;

use super::{config::read, judge::Judge};
use crate::{
    input::{Batches, Reading, Source},
    report::{Format, RenderOptions, Summary},
};

/// The report about a stream that is read like this.
pub(crate) fn report(source: Source, reading: &Reading, format: Format) -> io::Result<Vec<u8>> {
    let judge = Judge {
        linter: Linter::new(),
        body: None,
        reading: reading.clone(),
    };
    let mut batches = Batches::new(source, reading)?;
    let (mut renderer, mut summary, mut out) = (
        format.renderer(&RenderOptions::default()),
        Summary::default(),
        Vec::new(),
    );
    while let Some(batch) = batches.next()? {
        let mut next = 0;
        while next < batch.records.len() {
            let judged;
            (judged, next) = judge.batch(&batch, next, None);
            for checked in judged.iter().filter_map(|it| it.checked("stream", &batch)) {
                summary.add(&checked.report);
                renderer.document(&checked, &mut out)?;
            }
        }
    }
    renderer.finish(&summary, &mut out)?;
    Ok(out)
}

/// What the settings of a file are, or where it is wrong and why. Those that differ have different
/// texts.
pub(crate) fn settings(text: &str) -> Result<String, (usize, String)> {
    let said = read(Path::new("settings/kaizala-actions.toml"), text);
    said.map(|said| format!("{said:?}"))
        .map_err(|fault| (fault.at, fault.message))
}
