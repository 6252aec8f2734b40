//! Findings about what a record lacks.

use std::borrow::Cow;

use super::{gap::Gap, message::Exchange, reports::PartReport};
use crate::{
    contract::Operation,
    lint::{Linter, Part, rules::incomplete_record},
};

/// Adds findings about missing parts to the report of an exchange of this operation: the gaps that
/// the reader of the record reported, and bodies that are absent.
pub(super) fn report(
    linter: &Linter,
    operation: &Operation,
    exchange: &Exchange<'_>,
    parts: &mut Vec<PartReport<'_>>,
) {
    // Whether a body is expected, and whether it is present.
    let request = operation.request.is_some();
    let request = request.then(|| exchange.request.body.is_some());
    let response = exchange.response.as_ref();
    let response = response
        .filter(|response| operation.response_body(response.status).is_some())
        .map(|response| response.body.is_some());
    let bodies = [(Part::RequestBody, request), (Part::ResponseBody, response)];
    let of = |part| bodies.iter().find(|(body, _)| *body == part);
    let unexplained = bodies.iter().filter_map(|(part, is_there)| {
        let is_explained = exchange.gaps.iter().any(|gap| gap.part == *part);
        (*is_there == Some(false) && !is_explained).then(|| {
            let help = "record the exchange with its bodies";
            Gap::new(*part, "the body is not in the record", help)
        })
    });
    for gap in exchange.gaps.iter().cloned().chain(unexplained) {
        let part = gap.part;
        let is_absent = match of(part) {
            // No body is expected.
            Some((_, None)) => continue,
            Some((_, Some(is_there))) => !is_there,
            None => false,
        };
        let mut sink = linter.sink();
        sink.push(incomplete_record::finding(gap.problem, gap.help));
        let said = PartReport {
            part: Some(part),
            text: Cow::Borrowed(&[]),
            report: linter.report_on(sink, None, part.is_request(), &[]),
            is_absent,
        };
        let at = parts.partition_point(|other| other.part <= Some(part));
        parts.insert(at, said);
    }
}
