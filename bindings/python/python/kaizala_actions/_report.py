"""What the linter answers. `to_dict` gives each class as the command's `--format json` has it, except that help names
arguments of `lint` in the place of options.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

Severity = Literal["error", "warning", "note"]

Row = tuple["str | None", "str | None", int, int, int]
"""A report as the native module has it: the kind, the findings as JSON, and the numbers of errors, warnings and notes."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the text; offset and length are in bytes."""

    offset: int
    length: int
    replacement: str

    def to_dict(self) -> dict[str, Any]:
        """As in `--format json`."""
        return {"offset": self.offset, "length": self.length, "replacement": self.replacement}


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix that can be applied automatically. It has no edits if the body was not a text."""

    description: str
    edits: tuple[Edit, ...]

    def to_dict(self) -> dict[str, Any]:
        """As in `--format json`."""
        return {"description": self.description, "edits": [edit.to_dict() for edit in self.edits]}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a body, or a fact about it that is worth knowing.

    Lines and columns are counted from 1, in characters; `offset` and `length` are in bytes. All of them are `None` if the
    body was not a text. `in_part` has the line and the column in a body that the record of an exchange has as a string.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    pointer: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    offset: int | None
    length: int | None
    expected: str | None
    found: str | None
    help: str | None
    fix: Fix | None
    in_part: tuple[int, int] | None = None

    def to_dict(self) -> dict[str, Any]:
        """As in `--format json`."""
        row = {
            "rule": self.rule,
            "name": self.name,
            "severity": self.severity,
            "message": self.message,
            "pointer": self.pointer,
            "line": self.line,
            "column": self.column,
            "endLine": self.end_line,
            "endColumn": self.end_column,
            "offset": self.offset,
            "length": self.length,
            "expected": self.expected,
            "found": self.found,
            "help": self.help,
            "fix": self.fix and self.fix.to_dict(),
        }
        if self.in_part is not None:
            row["inPart"] = {"line": self.in_part[0], "column": self.in_part[1]}
        return row


@dataclass(frozen=True, slots=True)
class Report:
    """The findings about a body.

    `kind` is what the body was judged as; `None` if it was not recognised. `errors`, `warnings` and `notes` count all
    findings, also those beyond `most_findings`, which `findings` does not list.
    """

    kind: str | None
    findings: tuple[Finding, ...]
    errors: int
    warnings: int
    notes: int

    @property
    def valid(self) -> bool:
        """Whether the contract accepts the body: there is no error."""
        return self.errors == 0

    @property
    def clean(self) -> bool:
        """Whether there are no findings."""
        return self.errors == self.warnings == self.notes == 0

    def to_dict(self) -> dict[str, Any]:
        """As in `--format json`.

        >>> from kaizala_actions import lint
        >>> lint({"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}).to_dict()
        {'as': 'post-action.request', 'findings': []}
        """
        return {"as": self.kind, "findings": [finding.to_dict() for finding in self.findings]}


@dataclass(frozen=True, slots=True)
class PartReport:
    """The findings about a part of an exchange, such as `request.body`; no part is the record as a whole.

    A body that the record lacks is `absent`, and was not judged.
    """

    part: str | None
    absent: bool
    report: Report

    def to_dict(self) -> dict[str, Any]:
        """As in `--format json`."""
        part = {} if self.part is None else {"part": self.part}
        return {"as": self.report.kind, **part, "findings": self.report.to_dict()["findings"]}


@dataclass(frozen=True, slots=True)
class ExchangeReport:
    """The findings about an exchange: the bodies, the request line, and other parts that have findings.

    `operation` is what was called; `None` if the contract does not have it. An exchange with another API is `foreign`, and
    was not judged.
    """

    operation: str | None
    foreign: bool
    parts: tuple[PartReport, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings about all parts."""
        return tuple(finding for part in self.parts for finding in part.report.findings)

    @property
    def valid(self) -> bool:
        """Whether the contract accepts all parts: there is no error."""
        return all(part.report.valid for part in self.parts)

    @property
    def clean(self) -> bool:
        """Whether there are no findings."""
        return all(part.report.clean for part in self.parts)

    def to_dict(self) -> dict[str, Any]:
        """The operation, and each part as in `--format json`."""
        return {
            "operation": self.operation,
            "foreign": self.foreign,
            "parts": [part.to_dict() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class Fixed(Generic[T]):
    """A body whose findings are fixed as far as possible.

    `body` is of the type that was given, and is not masked. The locations of `applied` are those at the time of the fix;
    `left` is the report about the new body.
    """

    body: T = field(repr=False)
    applied: tuple[Finding, ...]
    left: Report

    @property
    def changed(self) -> bool:
        """Whether anything was changed."""
        return bool(self.applied)


def report(row: Row, located: bool) -> Report:
    """A report of the native module; without locations, if the caller has no text."""
    kind, listed, errors, warnings, notes = row
    return Report(kind, findings(listed, located), errors, warnings, notes)


def findings(listed: str | None, located: bool) -> tuple[Finding, ...]:
    """Findings of the native module."""
    if listed is None:
        return ()
    return tuple(_finding(row, located) for row in json.loads(listed))


def _finding(row: dict[str, Any], located: bool) -> Finding:
    def place(name: str) -> int | None:
        return row[name] if located else None

    within = row.get("inPart")
    return Finding(
        rule=row["rule"],
        name=row["name"],
        severity=row["severity"],
        message=row["message"],
        pointer=row["pointer"],
        line=place("line"),
        column=place("column"),
        end_line=place("endLine"),
        end_column=place("endColumn"),
        offset=place("offset"),
        length=place("length"),
        expected=row["expected"],
        found=row["found"],
        help=row["help"],
        fix=row["fix"] and _fix(row["fix"], located),
        in_part=within and (within["line"], within["column"]),
    )


def _fix(fix: dict[str, Any], located: bool) -> Fix:
    edits = fix["edits"] if located else ()
    return Fix(
        fix["description"],
        tuple(Edit(edit["offset"], edit["length"], edit["replacement"]) for edit in edits),
    )
