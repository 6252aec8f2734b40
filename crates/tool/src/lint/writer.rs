//! Writes a report piece by piece, without what came before.

use super::judged::Judged;
use crate::{
    input::Batch,
    report::{Format, RenderOptions},
};

pub(crate) struct Writer {
    /// A format that is written document by document; `None` for no report.
    pub format: Option<Format>,
    pub options: RenderOptions,
}

impl Writer {
    /// The report about a piece; `None` if it cannot be written.
    pub fn report(&self, path: &str, batch: &Batch, judged: &[Judged]) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        if let Some(format) = self.format {
            let mut renderer = format.renderer(&self.options);
            for checked in judged.iter().filter_map(|it| it.checked(path, batch)) {
                renderer.document(&checked, &mut text).ok()?;
            }
        }
        Some(text)
    }
}
