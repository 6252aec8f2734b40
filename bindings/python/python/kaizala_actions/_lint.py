"""The functions that judge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal, Protocol, overload

from . import _report
from ._report import ExchangeReport, Fixed, PartReport, Report
from .kaizala_actions_native import ColumnReport, Linter

Allow = Iterable[str]
Rules = Mapping[str, Literal["error", "warning", "note", "off"]]
Body = object
"""A text as `bytes` or `str`, or a value as `json.loads` gives it."""


class ArrowStream(Protocol):
    """A column or a table of one column, by Arrow's C stream."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class ArrowArray(Protocol):
    """A column in one piece, by Arrow's C interface."""

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]: ...


def lint(
    body: Body,
    kind: str | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
) -> Report:
    """Judges a body.

    `body` is a text as `bytes` or `str`, or a value as `json.loads` gives it. A value is judged as its text without white
    space, and its findings have no line and no column.
    `kind` is one of `KINDS`; without it, the kind is recognised by the members of the body.
    `survey` is the survey that a response answers.
    `allow` has types that are accepted although the support matrix does not have them, such as `announcement:post`.
    `rules` has severities of rules by id or name; `off` ignores a rule.
    `most_findings` is how many findings are listed at most, by default 1000.

    >>> body = {"actionType": "Announcement", "actionBody": {"title": "Holiday"}}
    >>> lint(body).findings[0].message
    'POST of Announcement is not supported'
    >>> lint(body, allow=["announcement:post"]).clean
    True
    >>> lint(body, rules={"unsupported-method": "note"}).notes
    1
    >>> lint('{"actionType": "Job"').findings[0].name
    'invalid-json'
    """
    text, located = text_of(body)
    linter = linter_of(survey, allow, rules, most_findings)
    return _report.report(linter.lint(text, kind), located)


def lint_exchange(
    exchange: Body,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
) -> ExchangeReport:
    """Judges a request and its response, recorded as JSON as for `--input exchanges`.

    >>> request = {"method": "GET", "url": "https://api.kaiza.la/v1/groups/a@2/actions?actionType=audio", "headers": {"accessToken": "…"}}
    >>> report = lint_exchange({"request": request})
    >>> report.operation, [(finding.name, finding.pointer) for finding in report.findings]
    ('listActions', [('unsupported-method', '/query/actionType')])
    """
    text, located = text_of(exchange)
    linter = linter_of(survey, allow, rules, most_findings)
    operation, foreign, parts = linter.exchange(text)
    reports = (PartReport(part, absent, _report.report(row, located)) for part, absent, row in parts)
    return ExchangeReport(operation, foreign, tuple(reports))


@overload
def fix(
    body: str,
    kind: str | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
) -> Fixed[str]: ...


@overload
def fix(
    body: bytes | bytearray | memoryview,
    kind: str | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
) -> Fixed[bytes]: ...


@overload
def fix(
    body: Body,
    kind: str | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
) -> Fixed[Any]: ...


def fix(
    body: Body,
    kind: str | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
) -> Fixed[Any]:
    """Fixes what can be fixed without changing what a body means; the arguments are those of `lint`.

    >>> fixed = fix('{"actionType": "job", "actionBody": {"Title": "Doors", "assignedTo": ["+911234500001"]}}')
    >>> fixed.body
    '{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}'
    >>> [finding.name for finding in fixed.applied], fixed.left.clean
    (['value-casing', 'member-casing'], True)
    """
    text, located = text_of(body)
    linter = linter_of(survey, allow, rules, most_findings)
    new, applied, left = linter.fix(text, kind)
    result: Any = new
    if not located:
        result = json.loads(new.decode("utf-8", "surrogatepass"))
    elif isinstance(body, str):
        result = new.decode("utf-8", "surrogatepass")
    return Fixed(result, _report.findings(applied, located), _report.report(left, located))


def lint_column(
    column: ArrowStream | ArrowArray,
    kind: str | None = None,
    id: ArrowStream | ArrowArray | None = None,
    *,
    survey: Body | None = None,
    allow: Allow = (),
    rules: Rules | None = None,
    most_findings: int | None = None,
    jobs: int | None = None,
) -> ColumnReport:
    """Judges a column of bodies, in as many threads as there are cores, or in `jobs`.

    `column` is a column of strings or binary of pyarrow, polars, pandas 3 or DuckDB, or a table that has no other column. The
    result is a table for the same libraries, with a row for each body: `valid`, `errors`, `warnings`, `notes`, `kind` and
    `findings`, which are as in `--format json`. A null is judged as an empty text, which is an error.
    `id` is a column of any type and of the same length, which becomes the column `id` of the result. The other arguments are
    those of `lint`.
    """
    linter = linter_of(survey, allow, rules, most_findings)
    return linter.column(column, kind, id, jobs)


def text_of(body: Body) -> tuple[bytes, bool]:
    """The bytes to judge, and whether locations in them mean something to the caller."""
    if isinstance(body, bytes):
        return body, True
    if isinstance(body, str):
        # Text that is not Unicode is a finding.
        return body.encode("utf-8", "surrogatepass"), True
    if isinstance(body, (bytearray, memoryview)):
        return bytes(body), True
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass"), False


def linter_of(
    survey: Body | None,
    allow: Allow,
    rules: Rules | None,
    most_findings: int | None,
) -> Linter:
    if isinstance(allow, str):
        raise TypeError("allow is a list of TYPE:METHOD, not one of them")
    return _cached(
        None if survey is None else text_of(survey)[0],
        tuple(allow),
        tuple((rules or {}).items()),
        most_findings,
    )


_cached = lru_cache(maxsize=16)(Linter)
