//! Exchanges as Python takes them.

use kaizala_actions::lint::{Linter, Origin, Part, recorded::Recorded};
use pyo3::{IntoPyObject, PyResult};

use crate::report::Row;

/// A report about an exchange; a tuple in Python.
#[derive(Debug, IntoPyObject)]
pub(crate) struct ExchangeRow(
    /// The operation that was called.
    Option<String>,
    /// Whether it belongs to another API, and was not judged.
    bool,
    Vec<PartRow>,
);

/// A report about a part.
#[derive(Debug, IntoPyObject)]
struct PartRow(
    /// The part; `None` for the record as a whole, if it is not an exchange.
    Option<&'static str>,
    /// Whether it is a body that the record lacks.
    bool,
    Row,
);

/// Judges an exchange in the format of `--input exchanges`.
pub(crate) fn judge(linter: &Linter, text: &[u8]) -> PyResult<ExchangeRow> {
    let Recorded { exchange, spots } = match Recorded::read(text) {
        Ok(recorded) => recorded,
        Err(malformed) => {
            let (_, report) = linter.lint_malformed(text, malformed);
            let whole = PartRow(None, false, Row::new(&report)?);
            return Ok(ExchangeRow(None, false, vec![whole]));
        }
    };
    let report = linter.lint_exchange(&exchange);
    let operation = report.operation.map(|operation| operation.to_string());
    let is_foreign = report.is_foreign();
    let parts = report.placed(text, &spots, Origin::FILE);
    let parts = parts.map(|(judged, origin)| {
        let row = Row::at(&judged.report, &origin)?;
        Ok(PartRow(judged.part.map(Part::name), judged.is_absent, row))
    });
    Ok(ExchangeRow(
        operation,
        is_foreign,
        parts.collect::<PyResult<_>>()?,
    ))
}
