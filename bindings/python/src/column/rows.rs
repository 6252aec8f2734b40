//! From bodies to rows of verdicts.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Int64Array, RecordBatch,
    builder::{BooleanBuilder, Int64Builder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use kaizala_actions::{
    body::BodyKind,
    lint::{Linter, Report, Severity},
};

use super::{
    bodies::bodies,
    findings::{self, FindingsBuilder},
    pieces::Piece,
};
use crate::report::judge;

/// Judges pieces; shared by all threads.
pub(super) struct Judge<'l> {
    pub linter: &'l Linter,
    /// The kind of the bodies; `None` to detect it.
    pub kind: Option<BodyKind>,
    /// The type of the ids, if there are any.
    pub id: Option<DataType>,
}

impl Judge<'_> {
    /// The columns of the result.
    pub fn schema(&self) -> SchemaRef {
        let id = self.id.as_ref();
        let id = id.map(|id| Field::new("id", id.clone(), true));
        let counts = ["errors", "warnings", "notes"];
        let verdict = [Field::new("valid", DataType::Boolean, false)]
            .into_iter()
            .chain(counts.map(|name| Field::new(name, DataType::Int64, false)))
            .chain([
                Field::new("kind", DataType::Utf8, true),
                Field::new("findings", findings::list(), false),
            ]);
        Arc::new(Schema::new(
            id.into_iter().chain(verdict).collect::<Vec<_>>(),
        ))
    }

    /// A row for each body. A null is judged as an empty text: there is no body.
    ///
    /// # Errors
    /// The ids are not of the type that they were said to be of.
    pub fn batch(&self, piece: &Piece) -> Result<RecordBatch, ArrowError> {
        let bodies = bodies(&piece.bodies);
        let count = piece.bodies.len();
        let mut rows = Rows::with_capacity(count);
        for row in 0..count {
            rows.add(&judge(
                self.linter,
                self.kind,
                bodies(row).unwrap_or_default(),
            ));
        }
        let columns = piece.ids.iter().cloned().chain(rows.finish()?);
        RecordBatch::try_new(self.schema(), columns.collect())
    }
}

/// Rows of verdicts.
struct Rows {
    valid: BooleanBuilder,
    errors: Int64Builder,
    warnings: Int64Builder,
    notes: Int64Builder,
    kinds: StringBuilder,
    findings: FindingsBuilder,
}

impl Rows {
    fn with_capacity(rows: usize) -> Self {
        Self {
            valid: BooleanArray::builder(rows),
            errors: Int64Array::builder(rows),
            warnings: Int64Array::builder(rows),
            notes: Int64Array::builder(rows),
            kinds: StringBuilder::with_capacity(rows, 20 * rows),
            findings: FindingsBuilder::with_capacity(rows),
        }
    }

    fn add(&mut self, report: &Report) {
        let count = |severity| i64::try_from(report.count(severity)).unwrap_or(i64::MAX);
        let errors = count(Severity::Error);
        self.valid.append_value(errors == 0);
        self.errors.append_value(errors);
        self.warnings.append_value(count(Severity::Warning));
        self.notes.append_value(count(Severity::Note));
        self.kinds.append_option(report.body.map(BodyKind::name));
        self.findings.add(&report.findings);
    }

    fn finish(mut self) -> Result<[ArrayRef; 6], ArrowError> {
        Ok([
            Arc::new(self.valid.finish()),
            Arc::new(self.errors.finish()),
            Arc::new(self.warnings.finish()),
            Arc::new(self.notes.finish()),
            Arc::new(self.kinds.finish()),
            self.findings.finish()?,
        ])
    }
}
