"""`lint_column` with columns of other libraries."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from helpers import BODIES

from kaizala_actions import lint, lint_column

TEXTS = [body.read_bytes() for body in BODIES]
UTF8 = [text for text in TEXTS if text.decode("utf-8", "ignore").encode() == text]
# Without what a library might change.
STRINGS = [text.decode() for text in UTF8 if b"\0" not in text]


def rows(bodies: list[bytes]) -> list[dict[str, Any]]:
    """What the column is to say about bodies."""
    reports = [lint(body) for body in bodies]
    return [
        {
            "valid": report.valid,
            "errors": report.errors,
            "warnings": report.warnings,
            "notes": report.notes,
            "kind": report.kind,
            "findings": report.to_dict()["findings"],
        }
        for report in reports
    ]


EXPECTED = rows([text.encode() for text in STRINGS])
COLUMNS: dict[str, Callable[[], Any]] = {
    "pyarrow string": lambda: pa.array(STRINGS, pa.string()),
    "pyarrow large_string": lambda: pa.array(STRINGS, pa.large_string()),
    "pyarrow string_view": lambda: pa.array(STRINGS, pa.string_view()),
    "pyarrow binary": lambda: pa.array([text.encode() for text in STRINGS], pa.binary()),
    "pyarrow large_binary": lambda: pa.array([text.encode() for text in STRINGS], pa.large_binary()),
    "pyarrow binary_view": lambda: pa.array([text.encode() for text in STRINGS], pa.binary_view()),
    "pyarrow dictionary": lambda: pa.array(STRINGS).dictionary_encode(),
    "pyarrow chunks": lambda: pa.chunked_array([STRINGS[:7], [], STRINGS[7:]]),
    "pyarrow slice": lambda: pa.array(["", *STRINGS, ""])[1:-1],
    "pyarrow table": lambda: pa.table({"body": STRINGS}),
    "pyarrow batch": lambda: pa.record_batch({"body": STRINGS}),
    "pyarrow reader": lambda: pa.table({"body": STRINGS}).to_reader(max_chunksize=10),
    "polars series": lambda: pl.Series(STRINGS),
    "polars binary": lambda: pl.Series([text.encode() for text in STRINGS]),
    "polars categorical": lambda: pl.Series(STRINGS, dtype=pl.Categorical),
    "polars frame": lambda: pl.DataFrame({"body": STRINGS}),
    "pandas series": lambda: pd.Series(STRINGS),
    "pandas frame": lambda: pd.DataFrame({"body": STRINGS}),
    "duckdb": lambda: duckdb.from_arrow(pa.table({"body": STRINGS})).select("body"),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_are_those_of_lint(name: str) -> None:
    report = lint_column(COLUMNS[name]())
    assert pa.table(report).to_pylist() == EXPECTED
    assert len(report) == len(STRINGS)
    counts = [sum(row[name] for row in EXPECTED) for name in ("errors", "warnings", "notes")]
    assert [report.errors, report.warnings, report.notes] == counts


def test_bytes_that_are_no_text_are_findings() -> None:
    assert pa.table(lint_column(pa.array(TEXTS, pa.binary()))).to_pylist() == rows(TEXTS)


def test_a_null_is_no_body() -> None:
    [empty] = rows([b""])
    for column in (pa.array([None, STRINGS[0]]), pa.array([None, STRINGS[0]]).dictionary_encode()):
        assert pa.table(lint_column(column)).to_pylist() == [empty, EXPECTED[0]]
    assert pa.table(lint_column(pa.nulls(2))).to_pylist() == [empty, empty]
    assert pa.table(lint_column(pa.nulls(1).cast(pa.string()).dictionary_encode())).to_pylist() == [empty]


@pytest.mark.parametrize("jobs", [None, 1, 2, 7])
def test_rows_are_in_order_however_many_threads_there_are(jobs: int | None) -> None:
    times = 40
    report = lint_column(pa.chunked_array([STRINGS] * times), jobs=jobs)
    table = pa.table(report)
    assert table.num_rows == times * len(STRINGS) > 2 * 4096
    assert table["errors"].to_pylist() == [row["errors"] for row in EXPECTED] * times
    assert table.slice(len(table) - len(STRINGS)).to_pylist() == EXPECTED


def test_ids_come_along() -> None:
    ids = pa.chunked_array([[1, 2], list(range(3, len(STRINGS) + 1))])
    table = pa.table(lint_column(pl.Series(STRINGS), id=ids))
    assert table.column_names[0] == "id"
    assert table["id"].to_pylist() == list(range(1, len(STRINGS) + 1))
    assert table.drop_columns(["id"]).to_pylist() == EXPECTED
    for wrong in (pa.array([1]), pa.array(range(len(STRINGS) + 1))):
        with pytest.raises(ValueError, match="same number of rows"):
            lint_column(pl.Series(STRINGS), id=wrong)


def test_results_go_into_every_library() -> None:
    report = lint_column(pa.array(STRINGS))
    expected = [row["errors"] for row in EXPECTED]
    assert pl.DataFrame(report)["errors"].to_list() == expected
    assert pl.DataFrame(report)["findings"].to_list() == [row["findings"] for row in EXPECTED]
    assert pd.DataFrame.from_arrow(report)["errors"].to_list() == expected
    assert duckdb.sql("select sum(errors), count(*) from report").fetchall() == [(sum(expected), len(expected))]


def test_options_are_those_of_lint() -> None:
    column = pa.array(['{"actionType": "Announcement", "actionBody": {"title": "Holiday"}}'] * 3)
    assert lint_column(column).errors == 3
    assert lint_column(column, "post-action.request", allow=["announcement:post"]).errors == 0
    assert lint_column(column, rules={"unsupported-method": "note"}).notes == 3
    with pytest.raises(ValueError, match="no kind"):
        lint_column(column, "post-action")


def test_other_columns_are_refused() -> None:
    for wrong, message in (
        (["{}"], "list, which has neither"),
        (pa.array([1]), "Int64: a body is a string or binary"),
        (pa.array([["{}"]]), "a body is a string or binary"),
    ):
        with pytest.raises(TypeError, match=message):
            lint_column(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="2 columns: choose one"):
        lint_column(pa.table({"a": ["{}"], "b": ["{}"]}))


@pytest.mark.parametrize("raised", [OSError("the disk is gone"), KeyboardInterrupt(), SystemExit(3)], ids=repr)
@pytest.mark.parametrize("jobs", [1, 2])
def test_exceptions_of_a_source_are_raised(raised: BaseException, jobs: int) -> None:
    def batches() -> Any:
        for _ in range(3):
            yield pa.record_batch({"body": STRINGS})
        raise raised

    schema = pa.schema({"body": pa.string()})
    with pytest.raises(type(raised)) as caught:
        lint_column(pa.RecordBatchReader.from_batches(schema, batches()), jobs=jobs)
    assert caught.value is raised


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (OSError("the disk is gone"), ValueError),
        (ValueError("KeyboardInterrupt"), ValueError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (KeyboardInterrupt("enough"), KeyboardInterrupt),
    ],
    ids=repr,
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_of_a_stream_are_raised(raised: BaseException, expected: type[BaseException], jobs: int) -> None:
    class Stream:
        """Has nothing but a C stream, in which an exception is a text."""

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            def batches() -> Any:
                for _ in range(3):
                    yield pa.record_batch({"body": STRINGS})
                raise raised

            reader = pa.RecordBatchReader.from_batches(pa.schema({"body": pa.string()}), batches())
            return reader.__arrow_c_stream__(requested_schema)

    with pytest.raises(expected, match=f"the column cannot be read.*{raised}"):
        lint_column(Stream(), jobs=jobs)


def test_empty_columns() -> None:
    for column in (pa.array([], pa.string()), pa.chunked_array([], pa.string()), pa.nulls(0)):
        report = lint_column(column)
        assert (len(report), pa.table(report).to_pylist()) == (0, [])


def test_phone_numbers_are_masked() -> None:
    body = {"actionType": "Job", "actionBody": {"title": "a", "assignedTo": "+911234500001"}}
    shown = json.dumps(pa.table(lint_column(pa.array([json.dumps(body)]))).to_pylist())
    assert "************" in shown and "911234500001" not in shown


def test_other_threads_go_on_meanwhile() -> None:
    judging = threading.Thread(target=lint_column, args=[pa.chunked_array([STRINGS] * 200)])
    judging.start()
    count = 0
    while judging.is_alive():
        count += 1
    # If it kept the interpreter's lock, there would be a round before it and one after it.
    assert count > 100


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
def test_ctrl_c_ends_it() -> None:
    column = pa.chunked_array([STRINGS] * 4000)
    timer = threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT])
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        lint_column(column)
