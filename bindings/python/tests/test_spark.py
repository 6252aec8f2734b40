"""`kaizala_actions.spark`, in a cluster of two workers on this machine."""

from __future__ import annotations

import collections
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers import BODIES, command

import kaizala_actions
from kaizala_actions import lint_column

pyspark = pytest.importorskip("pyspark")
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

import kaizala_actions.spark  # noqa: E402

BODIES_IN_ALL = 200_000
STRINGS = [text for text in (body.read_text("utf-8", "replace") for body in BODIES) if "\n" not in text.strip()]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    builder = builder.config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def rows(df: DataFrame) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in df.collect()]


def expected(bodies: list[bytes | None]) -> list[dict[str, Any]]:
    import pyarrow as pa

    table: list[dict[str, Any]] = pa.table(lint_column(pa.array(bodies, pa.binary()))).to_pylist()
    return table


def test_rows_are_those_of_a_column(spark: SparkSession) -> None:
    bodies = [None, b"{", b"\xff\xfe", *(body.read_bytes() for body in BODIES)]
    numbered = [(number, None if body is None else bytearray(body)) for number, body in enumerate(bodies)]
    df = spark.createDataFrame(numbered, "number int, body binary").repartition(3)
    found = {row.pop("id"): row for row in rows(kaizala_actions.spark.lint(df, "body", id="number"))}
    assert [found[number] for number in range(len(bodies))] == expected(bodies)
    # A byte at most, so that each body is a piece.
    capped = kaizala_actions.spark.lint(df, "body", id="number", max_bytes=1)
    assert {row.pop("id"): row for row in rows(capped)} == found


def test_options_and_strings(spark: SparkSession) -> None:
    df = spark.createDataFrame([('{"actionType": "Announcement", "actionBody": {"title": "Holiday"}}',)], "body string")
    assert rows(kaizala_actions.spark.lint(df, "body"))[0]["errors"] == 1
    allowed = kaizala_actions.spark.lint(df, "body", "post-action.request", allow=["announcement:post"])
    assert rows(allowed)[0]["valid"] is True
    with pytest.raises(ValueError, match="no kind"):
        kaizala_actions.spark.lint(df, "body", "post-action")
    with pytest.raises(TypeError, match="has int"):
        kaizala_actions.spark.lint(spark.createDataFrame([(1,)], "body int"), "body")


def test_counts_by_rule_are_those_of_the_command(spark: SparkSession, tmp_path: Path) -> None:
    lines = tmp_path / "bodies.ndjson"
    texts = [" ".join(text.splitlines()) for text in STRINGS if text.strip()]
    texts = (texts * (BODIES_IN_ALL // len(texts) + 1))[:BODIES_IN_ALL]
    lines.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    counted: collections.Counter[str] = collections.Counter()
    for file in command("--input", "ndjson", lines):
        counted.update(finding["rule"] for finding in file["findings"])

    df = spark.read.text(str(lines))
    assert df.count() == BODIES_IN_ALL
    verdicts = kaizala_actions.spark.lint(df, "value")
    verdicts.createOrReplaceTempView("verdicts")
    by_rule = "select rule, count(*) from (select explode(findings.rule) as rule from verdicts) group by rule"
    begun = time.perf_counter()
    found = {row[0]: row[1] for row in spark.sql(by_rule).collect()}
    in_spark = time.perf_counter() - begun
    assert found == dict(counted)

    import pyarrow as pa

    column = pa.array(texts)
    begun = time.perf_counter()
    lint_column(column, jobs=2)
    alone = time.perf_counter() - begun
    begun = time.perf_counter()
    copied = df.mapInArrow(lambda batches: batches, "value string").selectExpr("sum(length(value))").collect()
    assert copied
    moved = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "bodies": BODIES_IN_ALL,
                "spark, seconds": round(in_spark, 2),
                "mapInArrow that does nothing, seconds": round(moved, 2),
                "lint_column with two threads, seconds": round(alone, 2),
                "Spark to lint_column": round(in_spark / alone, 1),
            }
        )
    )
