"""All examples of the contract: the findings that are written down, and those of the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import BODIES, EXCHANGES, columns, command, judged, kind, name, options, plain

from kaizala_actions import Example, Rule, fix, lint, lint_exchange, rules


@pytest.mark.parametrize("body", BODIES, ids=name)
def test_findings_are_those_that_are_written_down(body: Path) -> None:
    written = body.with_suffix(".findings")
    expected = [line.split("\t") for line in written.read_text().splitlines()] if written.exists() else []
    report = judged(body)
    assert [columns(finding) for finding in report.findings] == expected
    assert report.valid == (body.parent.parent.name != "invalid")


def test_bodies_have_the_findings_of_the_command() -> None:
    # Without those that need an option of their own.
    plain_bodies = [body for body in BODIES if set(options(body).values()) == {None}]
    kinds = sorted({kind(body) or "" for body in plain_bodies})
    compared = 0
    for wanted in kinds:
        bodies = {str(body): body for body in plain_bodies if (kind(body) or "") == wanted}
        files = command("--input", "json", *(["--as", wanted] if wanted else []), *bodies)
        assert len(files) == len(bodies)
        for file in files:
            report = judged(bodies[file.pop("path")]).to_dict()
            assert report["as"] == file["as"]
            assert plain(report["findings"]) == plain(file["findings"])
            compared += 1
    assert compared > 300


def test_exchanges_have_the_findings_of_the_command(tmp_path: Path) -> None:
    records = [line for file in EXCHANGES for line in file.read_bytes().splitlines() if line.strip()]
    paths = [tmp_path / f"{number:03}.ndjson" for number in range(len(records))]
    for path, record in zip(paths, records, strict=True):
        path.write_bytes(record)
    files = command("--input", "exchanges", "--allow-empty", *paths)
    for path, record in zip(paths, records, strict=True):
        expected = [file for file in files if file["path"] == str(path)]
        report = lint_exchange(record)
        # Where a body is not there, the command says so in its summary.
        parts = [part.to_dict() for part in report.parts if not part.absent]
        assert len(parts) == len(expected), record
        for part, file in zip(parts, expected, strict=True):
            assert (part.get("part"), part["as"]) == (file.get("part"), file["as"])
            assert plain(part["findings"]) == plain(file["findings"])


# The command alone has a limit for records.
RULES = [rule for rule in rules() if rule.name != "record-too-long"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_bad_example_and_not_the_good_one(rule: Rule) -> None:
    def found(example: Example) -> set[str]:
        if example.body == "exchange":
            return {finding.rule for finding in lint_exchange(example.text).findings}
        survey, most = example.survey, example.most_findings
        report = lint(example.text, example.body, survey=survey, most_findings=most)
        return {finding.rule for finding in report.findings}

    assert rule.id in found(rule.bad)
    assert rule.id not in found(rule.good)


@pytest.mark.parametrize("body", BODIES, ids=name)
def test_what_is_fixed_stays_fixed(body: Path) -> None:
    fixed = fix(body.read_bytes(), kind(body), **options(body))
    assert fixed.changed == (fixed.body != body.read_bytes())
    again = fix(fixed.body, kind(body), **options(body))
    assert (again.body, again.applied, again.left) == (fixed.body, (), fixed.left)


def test_a_value_has_the_findings_of_its_text() -> None:
    compared = 0
    for body in BODIES:
        try:
            value = json.loads(body.read_text("utf-8-sig"))
            text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str):
            continue  # which is taken for a text
        expected = lint(text, kind(body), **options(body))
        report = lint(value, kind(body), **options(body))
        assert [(it.rule, it.pointer, it.message, it.help) for it in report.findings] == [
            (it.rule, it.pointer, it.message, it.help) for it in expected.findings
        ]
        assert all(it.line is it.column is it.offset is None for it in report.findings)
        compared += 1
    assert compared > 300
