//! A line for each finding, as compilers write it and editors read it.

use std::io::{self, Write};

use kaizala_actions::lint::printable;

use super::{Checked, Renderer};

/// `path:line:column: severity[KZ201] unsupported-method: message (pointer)`. In front of the
/// severity is the part of an exchange, and the position in it if the file does not contain it
/// verbatim: `request.body 1:37: `.
#[derive(Debug)]
pub struct Concise;

impl Renderer for Concise {
    fn document(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        for finding in checked.findings() {
            let place = checked.origin.place(&finding);
            let (path, lead) = (printable(checked.path), checked.lead(&place));
            writeln!(out, "{path}:{}: {lead}{finding:#}", place.start)?;
        }
        Ok(())
    }
}
