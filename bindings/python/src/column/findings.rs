//! Findings as a list of structs, with the members of `--format json`.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, ListArray, StructArray,
    builder::{Int64Builder, StringBuilder},
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use kaizala_actions::lint::{Finding, JsonEdit, JsonFinding, JsonFix, Origin};

use crate::remedy;

/// The type of a column of findings.
pub(super) fn list() -> DataType {
    list_of(DataType::Struct(finding()))
}

fn list_of(item: DataType) -> DataType {
    DataType::List(Arc::new(item_of(item)))
}

fn item_of(item: DataType) -> Field {
    Field::new("item", item, false)
}

const TEXTS: [&str; 5] = ["rule", "name", "severity", "message", "pointer"];
const NUMBERS: [&str; 6] = ["line", "column", "endLine", "endColumn", "offset", "length"];
const ABSENT: [&str; 3] = ["expected", "found", "help"];

fn finding() -> Fields {
    let texts = TEXTS.map(|name| Field::new(name, DataType::Utf8, false));
    let numbers = NUMBERS.map(|name| Field::new(name, DataType::Int64, false));
    let absent = ABSENT.map(|name| Field::new(name, DataType::Utf8, true));
    let fix = Field::new("fix", DataType::Struct(fix()), true);
    texts
        .into_iter()
        .chain(numbers)
        .chain(absent)
        .chain([fix])
        .collect()
}

fn fix() -> Fields {
    let description = Field::new("description", DataType::Utf8, false);
    let edits = Field::new("edits", list_of(DataType::Struct(edit())), false);
    [description, edits].into_iter().collect()
}

fn edit() -> Fields {
    let numbers = ["offset", "length"].map(|name| Field::new(name, DataType::Int64, false));
    let replacement = Field::new("replacement", DataType::Utf8, false);
    numbers.into_iter().chain([replacement]).collect()
}

/// Lists of findings.
#[derive(Default)]
pub(super) struct FindingsBuilder {
    lengths: Vec<usize>,
    texts: [StringBuilder; TEXTS.len()],
    numbers: [Int64Builder; NUMBERS.len()],
    absent: [StringBuilder; ABSENT.len()],
    fixes: FixesBuilder,
}

impl FindingsBuilder {
    pub fn with_capacity(rows: usize) -> Self {
        Self {
            lengths: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// Adds a list.
    pub fn add(&mut self, findings: &[Finding]) {
        self.lengths.push(findings.len());
        for finding in findings {
            self.row(&remedy::row(finding, &Origin::FILE));
        }
    }

    fn row(&mut self, row: &JsonFinding<'_>) {
        let texts = [
            &row.rule,
            &row.name,
            row.severity.name(),
            &row.message,
            &row.pointer,
        ];
        let builders = self.texts.iter_mut().zip(texts);
        builders.for_each(|(builder, text)| builder.append_value(text));
        let places = [row.line, row.column, row.end_line, row.end_column];
        let numbers = places.map(number).into_iter();
        let numbers = numbers.chain([number(row.offset), number(row.length)]);
        let builders = self.numbers.iter_mut().zip(numbers);
        builders.for_each(|(builder, number)| builder.append_value(number));
        let absent = [&row.expected, &row.found, &row.help];
        let builders = self.absent.iter_mut().zip(absent);
        builders.for_each(|(builder, text)| builder.append_option(text.as_deref()));
        self.fixes.add(row.fix.as_ref());
    }

    /// # Errors
    /// None, unless this file contradicts itself.
    pub fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(finding().len());
        columns.extend(self.texts.iter_mut().map(finished));
        columns.extend(
            self.numbers
                .iter_mut()
                .map(|numbers| -> ArrayRef { Arc::new(numbers.finish()) }),
        );
        columns.extend(self.absent.iter_mut().map(finished));
        columns.push(self.fixes.finish()?);
        lists(finding(), self.lengths, columns)
    }
}

/// Fixes, and nulls where there is none.
#[derive(Default)]
struct FixesBuilder {
    is_there: Vec<bool>,
    descriptions: StringBuilder,
    lengths: Vec<usize>,
    offsets: Int64Builder,
    replaced: Int64Builder,
    replacements: StringBuilder,
}

impl FixesBuilder {
    fn add(&mut self, fix: Option<&JsonFix<'_>>) {
        self.is_there.push(fix.is_some());
        self.descriptions
            .append_value(fix.map_or("", |fix| &fix.description));
        let edits: &[JsonEdit<'_>] = fix.map_or(&[], |fix| &fix.edits);
        self.lengths.push(edits.len());
        for edit in edits {
            self.offsets.append_value(number(edit.offset));
            self.replaced.append_value(number(edit.length));
            self.replacements.append_value(&edit.replacement);
        }
    }

    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let edits: Vec<ArrayRef> = vec![
            Arc::new(self.offsets.finish()),
            Arc::new(self.replaced.finish()),
            Arc::new(self.replacements.finish()),
        ];
        let edits = lists(edit(), self.lengths, edits)?;
        let columns = vec![finished(&mut self.descriptions), edits];
        let nulls = Some(NullBuffer::from(self.is_there));
        Ok(Arc::new(StructArray::try_new(fix(), columns, nulls)?))
    }
}

/// A place as a number that Java has, too.
fn number(place: impl TryInto<i64>) -> i64 {
    place.try_into().unwrap_or(i64::MAX)
}

fn finished(builder: &mut StringBuilder) -> ArrayRef {
    Arc::new(builder.finish())
}

/// Lists of these lengths, of structs.
fn lists(
    fields: Fields,
    lengths: Vec<usize>,
    columns: Vec<ArrayRef>,
) -> Result<ArrayRef, ArrowError> {
    let values = StructArray::try_new(fields.clone(), columns, None)?;
    let item = item_of(DataType::Struct(fields));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let lists = ListArray::try_new(Arc::new(item), offsets, Arc::new(values), None)?;
    Ok(Arc::new(lists))
}
