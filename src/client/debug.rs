//! `Debug` of errors.

use std::fmt;

use super::{Error, words::shown};
use crate::mask;

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &dyn fmt::Debug| shown(&format!("{value:?}"));
        let (name, fields): (_, Vec<(_, String)>) = match self {
            Self::InvalidRequest { problem, .. } => {
                ("InvalidRequest", vec![("problem", text(problem))])
            }
            Self::Refused { part, report, .. } => (
                "Refused",
                vec![("part", text(part)), ("report", text(report))],
            ),
            Self::NoRuntime { .. } => ("NoRuntime", Vec::new()),
            Self::EndpointMoved {
                endpoint, answer, ..
            } => (
                "EndpointMoved",
                vec![
                    ("endpoint", text(&mask::url(endpoint))),
                    ("answer", text(answer)),
                ],
            ),
            Self::Throttled {
                retry_after,
                answer,
                ..
            } => (
                "Throttled",
                vec![("retry_after", text(retry_after)), ("answer", text(answer))],
            ),
            Self::Service { error, answer, .. } => (
                "Service",
                vec![("error", text(error)), ("answer", text(answer))],
            ),
            Self::ErrorInSuccess { error, answer, .. } => (
                "ErrorInSuccess",
                vec![("error", text(error)), ("answer", text(answer))],
            ),
            Self::Contract {
                pointer,
                problem,
                expected,
                answer,
                ..
            } => (
                "Contract",
                vec![
                    ("pointer", text(pointer)),
                    ("problem", text(problem)),
                    ("expected", text(expected)),
                    ("answer", text(answer)),
                ],
            ),
            Self::TooLarge { most, .. } => ("TooLarge", vec![("most", text(most))]),
            Self::TooManyPages { most, .. } => ("TooManyPages", vec![("most", text(most))]),
            Self::Stalled { from_date, .. } => ("Stalled", vec![("from_date", text(from_date))]),
            Self::TimedOut { error, .. } => ("TimedOut", vec![("error", text(error))]),
            Self::Transport { error, .. } => ("Transport", vec![("error", text(error))]),
        };
        let mut debug = f.debug_struct(name);
        debug.field("operation", &self.operation());
        for (name, value) in fields {
            debug.field(name, &format_args!("{value}"));
        }
        debug.finish()
    }
}
