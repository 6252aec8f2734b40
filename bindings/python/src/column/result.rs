//! The verdicts about a column.

use arrow_array::{
    RecordBatch, RecordBatchIterator, cast::AsArray as _, ffi_stream::FFI_ArrowArrayStream,
    types::Int64Type,
};
use arrow_schema::SchemaRef;
use pyo3::{prelude::*, types::PyCapsule};

/// A table with a row for each body, for anything that takes Arrow's C stream.
#[pyclass(frozen, module = "kaizala_actions")]
#[derive(Debug)]
pub(crate) struct ColumnReport {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    /// The findings of all bodies.
    #[pyo3(get)]
    errors: i64,
    #[pyo3(get)]
    warnings: i64,
    #[pyo3(get)]
    notes: i64,
}

impl ColumnReport {
    pub(super) fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        let sum = |name| {
            let columns = batches
                .iter()
                .filter_map(|batch| batch.column_by_name(name));
            let counts = columns.flat_map(|column| column.as_primitive::<Int64Type>().values());
            counts.sum()
        };
        Self {
            errors: sum("errors"),
            warnings: sum("warnings"),
            notes: sum("notes"),
            schema,
            batches,
        }
    }
}

#[pymethods]
impl ColumnReport {
    /// The table; its schema is not changed on request.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        let Self {
            errors,
            warnings,
            notes,
            ..
        } = self;
        let bodies = self.__len__();
        format!(
            "ColumnReport({bodies} bodies, errors={errors}, warnings={warnings}, notes={notes})"
        )
    }
}
