//! What holds for each format as a whole, whatever its renderer quotes: no reader of the report
//! takes a quotation for more than that.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use kaizala_actions::lint::Coverage;

use super::{Checked, Renderer, Summary};

/// A renderer whose output goes through a filter. The output of each call is a whole: lines, or
/// JSON whose strings end in it.
pub(crate) struct Guard<R> {
    renderer: R,
    filter: fn(&str) -> Cow<'_, str>,
    rendered: Vec<u8>,
}

impl<R> Guard<R> {
    pub fn new(renderer: R, filter: fn(&str) -> Cow<'_, str>) -> Self {
        Self {
            renderer,
            filter,
            rendered: Vec::new(),
        }
    }

    pub fn pass(
        &mut self,
        render: impl FnOnce(&mut R, &mut Vec<u8>) -> io::Result<()>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.rendered.clear();
        render(&mut self.renderer, &mut self.rendered)?;
        // Renderers write UTF-8, which is validated faster than it is searched for what is not.
        let text = match simdutf8::basic::from_utf8(&self.rendered) {
            Ok(text) => text.into(),
            Err(_) => String::from_utf8_lossy(&self.rendered),
        };
        out.write_all((self.filter)(&text).as_bytes())
    }
}

impl<R: Renderer> Renderer for Guard<R> {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.pass(|renderer, text| renderer.document(checked, text), out)
    }

    fn unread(&mut self, message: &str, out: &mut dyn Write) -> io::Result<()> {
        self.pass(|renderer, text| renderer.unread(message, text), out)
    }

    fn cover(&mut self, coverage: &Coverage) {
        self.renderer.cover(coverage);
    }

    fn finish(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.pass(|renderer, text| renderer.finish(summary, text), out)
    }
}
