"""Judges a column of a Spark DataFrame on the executors.

The executors need this package, pyarrow and pandas, as they do for any function of pandas or Arrow in Spark.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from ._lint import Allow, Body, Rules, lint_column
from ._lint import lint as lint_body

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

MAX_BYTES = 64 << 20
"""How many bytes of bodies a task judges at once, by default."""


def lint(
    df: DataFrame,
    column: str,
    kind: str | None = None,
    id: str | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
    max_bytes: int = MAX_BYTES,
) -> DataFrame:
    """A row for each body in a column of strings or binary, with the columns of `lint_column`.

    The column that is called by `id` becomes the column `id` of the result. A null or a broken body is a row with an error,
    and never a failed task. `max_bytes` limits how many bytes of bodies a task judges at once, and so its memory; a larger body
    is judged alone. The other arguments are those of `kaizala_actions.lint`.
    """
    options: dict[str, Any] = {
        "survey": survey,
        "allow": tuple(allow),
        "rules": rules,
        "most_findings": most_findings,
    }
    # Wrong arguments are an error here, not one of a task.
    lint_body("{}", kind, **options)
    chosen = df.select(column) if id is None else df.select(column, id)
    body, *ids = (field.dataType for field in chosen.schema.fields)
    if body.typeName() not in ("string", "binary"):
        raise TypeError(f"the column has {body.simpleString()}: a body is a string or binary")
    judge = partial(_judge, kind=kind, options=options, max_bytes=max_bytes)
    return chosen.mapInArrow(judge, _schema(*ids))


def _judge(
    batches: Iterator[pyarrow.RecordBatch], kind: str | None, options: dict[str, Any], max_bytes: int
) -> Iterator[pyarrow.RecordBatch]:
    """What a task does: a task has one core, so there is one thread."""
    import pyarrow

    for batch in batches:
        for piece in _pieces(batch, max_bytes):
            ids = piece.column(1) if piece.num_columns > 1 else None
            report = lint_column(piece.column(0), kind, ids, jobs=1, **options)
            yield from pyarrow.RecordBatchReader.from_stream(report)


def _pieces(batch: pyarrow.RecordBatch, max_bytes: int) -> Iterator[pyarrow.RecordBatch]:
    rows = batch.num_rows
    if rows < 2 or batch.column(0).nbytes <= max_bytes:
        yield batch
        return
    for half in (batch.slice(0, rows // 2), batch.slice(rows // 2)):
        yield from _pieces(half, max_bytes)


def _schema(*ids: Any) -> StructType:
    """The columns of `lint_column` in Spark's types."""
    from pyspark.sql.types import ArrayType, BooleanType, LongType, StringType, StructField, StructType

    def struct(texts: list[str], numbers: list[str], *others: StructField) -> StructType:
        fields = [StructField(name, StringType()) for name in texts]
        return StructType([*fields, *(StructField(name, LongType()) for name in numbers), *others])

    edit = StructType(
        [StructField("offset", LongType()), StructField("length", LongType()), StructField("replacement", StringType())]
    )
    fix = struct(["description"], [], StructField("edits", ArrayType(edit)))
    finding = struct(
        ["rule", "name", "severity", "message", "pointer"],
        ["line", "column", "endLine", "endColumn", "offset", "length"],
        *(StructField(name, StringType()) for name in ("expected", "found", "help")),
        StructField("fix", fix),
    )
    return StructType(
        [
            *(StructField("id", type_of_id) for type_of_id in ids),
            StructField("valid", BooleanType()),
            *(StructField(name, LongType()) for name in ("errors", "warnings", "notes")),
            StructField("kind", StringType()),
            StructField("findings", ArrayType(finding)),
        ]
    )
