"""The contract and the rules as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from . import kaizala_actions_native as native
from ._report import Severity

KINDS: tuple[str, ...] = tuple(native.kinds())
"""The kinds of bodies: an operation and a direction, such as `post-action.request`."""


@dataclass(frozen=True, slots=True)
class Example:
    """A body that shows a rule; `body` is its kind, `exchange`, or `None` if the kind is recognised."""

    body: str | None
    text: str
    survey: str | None = None
    most_findings: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that the linter looks for."""

    id: str
    name: str
    severity: Severity
    severity_in_responses: Severity
    summary: str
    why: str
    bad: Example
    good: Example
    sources: tuple[str, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Whether a type of action can be listed (`get`) and posted (`post`).

    `id` is the value of the query parameter, and `body_value` that of `actionType` in bodies.
    """

    label: str
    id: str | None
    body_value: str
    get: bool
    post: bool


def rules() -> list[Rule]:
    """The rules of the linter.

    >>> [rule.id for rule in rules() if rule.name == "unsupported-method"]
    ['KZ201']
    """
    return [
        Rule(
            id=rule["id"],
            name=rule["name"],
            severity=rule["severity"],
            severity_in_responses=rule["severityInResponses"],
            summary=rule["summary"],
            why=rule["why"],
            bad=Example(**rule["bad"]),
            good=Example(**rule["good"]),
            sources=tuple(rule["sources"]),
            decisions=tuple(rule["decisions"]),
        )
        for rule in json.loads(native.rules())
    ]


def explain(rule: str) -> str:
    """What a rule is about, by its id or name.

    >>> print(explain("KZ109").splitlines()[0])
    misplaced-member (KZ109), warning
    """
    return native.explain(rule)


def matrix() -> list[MatrixRow]:
    """The support matrix.

    >>> [row.body_value for row in matrix() if row.get and not row.post]
    ['PhotoWithLocation', 'ShareLocation']
    """
    return [
        MatrixRow(row["label"], row["id"], row["bodyValue"], row["get"], row["post"])
        for row in json.loads(native.matrix())
    ]


def schema(kind: str, draft: Literal["2020-12", "draft-07"] = "2020-12") -> dict[str, Any]:
    """The JSON Schema of a kind of body.

    >>> schema("post-action.request")["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    result: dict[str, Any] = json.loads(native.schema(kind, draft))
    return result


def contract(form: Literal["3.0", "3.1", "dereferenced", "plain"] = "3.0") -> dict[str, Any]:
    """The OpenAPI document.

    >>> contract("3.1")["openapi"]
    '3.1.0'
    """
    result: dict[str, Any] = json.loads(native.contract(form))
    return result
