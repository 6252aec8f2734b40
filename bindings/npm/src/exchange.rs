//! An exchange that is recorded as JSON, with places in that text as the command has them.

use kaizala_actions::{
    lint::{Linter, Origin, Part, PartReport, Report, recorded::Recorded},
    operation::OperationId,
};
use serde::Serialize;

use crate::{
    options::Options,
    report::{ReportRow, json},
};

/// A report about an exchange.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExchangeRow<'r> {
    operation: Option<OperationId>,
    /// Whether it belongs to another API, and was not judged.
    is_foreign: bool,
    parts: Vec<PartRow<'r>>,
}

/// A report about a part of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PartRow<'r> {
    /// None for the record as a whole, if it is not an exchange.
    part: Option<Part>,
    is_absent: bool,
    #[serde(flatten)]
    report: ReportRow<'r>,
}

/// Judges an exchange.
pub(crate) fn judge(linter: &Linter, options: &Options, text: &[u8]) -> String {
    let recorded = match Recorded::read(text) {
        Ok(recorded) => recorded,
        Err(malformed) => {
            let (_, report) = linter.lint_malformed(text, malformed);
            return json(&ExchangeRow {
                operation: None,
                is_foreign: false,
                parts: vec![row(None, &report, &Origin::FILE, options, false)],
            });
        }
    };
    let reports = linter.lint_exchange(&recorded.exchange);
    let (operation, is_foreign) = (reports.operation, reports.is_foreign());
    let parts = reports.placed(text, &recorded.spots, Origin::FILE);
    let parts: Vec<_> = parts.collect();
    let parts = parts.iter().map(|(judged, origin)| {
        let PartReport {
            part,
            report,
            is_absent,
            ..
        } = judged;
        row(*part, report, origin, options, *is_absent)
    });
    json(&ExchangeRow {
        operation,
        is_foreign,
        parts: parts.collect(),
    })
}

fn row<'r>(
    part: Option<Part>,
    report: &'r Report,
    origin: &Origin,
    options: &Options,
    is_absent: bool,
) -> PartRow<'r> {
    PartRow {
        part,
        is_absent,
        report: ReportRow::at(report, origin, options),
    }
}
