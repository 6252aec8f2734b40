"""Reads ../scenario.json and holds a client to it: ../README.md says what a step means."""

import json
import sys
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

# What `json` makes of a text; the scenario and what a client writes are looked at as such.
Json = Any


class Call(NamedTuple):
    operation: str
    group: str
    action: str
    query: dict[str, Json]
    body: Json
    untyped: bool
    """The client's types cannot say it."""
    ranged: bool
    """Types that know ranges cannot say it."""


@dataclass
class Outcome:
    """What a client made of one answer."""

    status: int
    headers: Mapping[str, str]
    answer: Json
    """As JSON again, written by the client's own types."""
    listed: list[str] = field(default_factory=list[str])
    """The actions of a list, each in words."""


FOLDER: Final = Path(__file__).parents[1]
SCENARIO: Final[Json] = json.loads((FOLDER / "scenario.json").read_text("utf-8"))
URL: Final = sys.argv[1] if len(sys.argv) > 1 else ""
BASE_URL: Final = f"{URL}/v1"
HEADERS: Final[dict[str, str]] = {"accessToken": SCENARIO["token"]}


def run(client: Callable[[Call], Outcome]) -> None:
    """Goes through all steps; prints the name of each that is as it should be, and raises at the first that is not."""
    kept: dict[str, Json] = {}

    def filled(value: Json) -> Json:
        return kept[value[1:]] if isinstance(value, str) and value.startswith("$") else value

    def all_filled(values: dict[str, Json]) -> dict[str, Json]:
        return {name: filled(value) for name, value in values.items()}

    for step in SCENARIO["steps"]:
        if "control" in step:
            control(**step["control"])
        else:
            body = None
            if "body" in step:
                path = FOLDER / f"../openapi/examples/{step['body']}.json"
                body = json.loads(path.read_bytes()) | all_filled(step.get("with", {}))
            call = Call(
                step["operation"],
                SCENARIO["group"],
                filled(step.get("action", "")),
                all_filled(step.get("query", {})),
                body,
                step.get("untyped", False),
                step.get("ranged", False),
            )
            outcome = client(call)
            expect(step["name"], "status", outcome.status, step["status"])
            for name, value in step.get("headers", {}).items():
                expect(step["name"], name, outcome.headers.get(name), value)
            for pointer, value in all_filled(step.get("fields", {})).items():
                expect(step["name"], pointer, at(outcome.answer, pointer), value)
            for pointer in step.get("present", []):
                expect(step["name"], f"presence of {pointer}", at(outcome.answer, pointer) is not None, True)
            for pointer in step.get("absent", []):
                expect(step["name"], pointer, at(outcome.answer, pointer), None)
            if "listed" in step:
                expect(step["name"], "list", outcome.listed, step["listed"])
            for name, pointer in step.get("keep", {}).items():
                kept[name] = at(outcome.answer, pointer)
                expect(step["name"], f"presence of {pointer}", kept[name] is not None, True)
        print(step["name"])


def control(method: str, path: str, body: Json) -> None:
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), HEADERS, method=method)
    with urllib.request.urlopen(request) as response:
        expect(path, "status", response.status, 200)


def expect(step: str, what: str, found: Json, expected: Json) -> None:
    if found != expected:
        raise AssertionError(f"{step}: {what} is {found!r}, not {expected!r}")


def at(value: Json, pointer: str) -> Json:
    """The value at a JSON Pointer, if there is one; the scenario's have no `~`."""
    try:
        for name in pointer.split("/")[1:]:
            value = value[int(name) if name.isdigit() else name]
    except (LookupError, TypeError):
        return None
    return value
