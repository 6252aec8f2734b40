//! Columns of bodies, by the Arrow C interface.

mod bodies;
mod findings;
mod import;
mod pieces;
mod result;
mod rows;
mod run;

use std::{num::NonZero, thread};

use kaizala_actions::{body::BodyKind, lint};
use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
};

use bodies::is_bodies;
use pieces::{Interruption, Pieces};
pub(crate) use result::ColumnReport;
use rows::Judge;

/// Judges the bodies of a column, with the interpreter's lock released; rows of `id` come along.
pub(crate) fn judge(
    linter: &lint::Linter,
    column: &Bound<'_, PyAny>,
    kind: Option<BodyKind>,
    id: Option<&Bound<'_, PyAny>>,
    jobs: Option<NonZero<usize>>,
) -> PyResult<ColumnReport> {
    let py = column.py();
    let bodies = import::column(column, "the column")?;
    if !is_bodies(&bodies.data_type) {
        let found = &bodies.data_type;
        return Err(PyTypeError::new_err(format!(
            "the column has {found}: a body is a string or binary"
        )));
    }
    let ids = id.map(|id| import::column(id, "id")).transpose()?;
    let judge = Judge {
        linter,
        kind,
        id: ids.as_ref().map(|ids| ids.data_type.clone()),
    };
    let jobs = jobs.or_else(|| thread::available_parallelism().ok());
    let jobs = jobs.unwrap_or(NonZero::<usize>::MIN);
    py.detach(|| {
        let pieces = Pieces::new(bodies, ids);
        let batches = run::batches(&judge, pieces, jobs)?;
        Ok(ColumnReport::new(judge.schema(), batches))
    })
    .map_err(raised)
}

/// What ended the reading, as an exception.
fn raised(interruption: Interruption) -> PyErr {
    match interruption {
        Interruption::Signal(error) => error,
        Interruption::Length => {
            PyValueError::new_err("the column and id do not have the same number of rows")
        }
        Interruption::Source(error) => import::unread(error),
    }
}
