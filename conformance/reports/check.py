"""check.py REPORTS SARIF_SCHEMA

Reads sarif, junit, github and markdown as their consumers do, and compares them with json. Run where the linter was.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft4Validator
from junitparser import Error, Failure, JUnitXml

reports = Path(sys.argv[1])
report = json.loads((reports / "json").read_bytes())
findings = [finding for file in report["files"] for finding in file["findings"]]
severities = Counter(finding["severity"] for finding in findings)


def equal(what: str, found: object, expected: object) -> None:
    if found != expected:
        sys.exit(f"{what}: {found!r}, not {expected!r}")


def sarif() -> None:
    log = json.loads((reports / "sarif").read_bytes())
    schema = json.loads(Path(sys.argv[2]).read_bytes())
    for error in Draft4Validator(schema).iter_errors(log):
        sys.exit(f"sarif: {error.json_path}: {error.message}")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    levels: Counter[str] = Counter()
    rule_counts: Counter[str] = Counter()
    for result in run["results"]:
        levels[result["level"]] += result["occurrenceCount"]
        rule_counts[result["ruleId"]] += result["occurrenceCount"]
        equal("the rule of an index", rules[result["ruleIndex"]]["id"], result["ruleId"])
        for location in result["locations"] + result.get("relatedLocations", []):
            place(location["physicalLocation"])
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                for replacement in change["replacements"]:
                    place({**change, "region": replacement["deletedRegion"]})
    equal("sarif by level", levels, severities)
    equal("sarif by rule", rule_counts, Counter(finding["rule"] for finding in findings))


def place(location: dict[str, Any]) -> None:
    """The region of lines and columns is that of bytes, in a file that is there."""
    region = location["region"]
    content = Path(unquote(location["artifactLocation"]["uri"])).read_bytes()
    if "byteOffset" not in region:
        return
    start = region["byteOffset"]
    of_bytes = content[start : start + region["byteLength"]]
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        return
    text = [line + "\n" for line in lines]

    def offset(line: int, column: int) -> int:
        return sum(map(len, text[: line - 1])) + column - 1

    first = offset(region["startLine"], region["startColumn"])
    last = offset(region["endLine"], region["endColumn"])
    equal(f"the text of {region}", "".join(text)[first:last].encode(), of_bytes)


def junit() -> None:
    suites = JUnitXml.fromfile(str(reports / "junit"))
    tests = failures = 0
    for suite in suites:
        cases = list(suite)
        equal(f"tests of {suite.name}", suite.tests, len(cases))
        failed = [case for case in cases if any(isinstance(result, (Failure, Error)) for result in case.result)]
        equal(f"failures of {suite.name}", suite.failures + suite.errors, len(failed))
        failures += len(failed)
        for case in cases:
            together = re.fullmatch(r"([0-9]+) clean (?:record|part)s?", case.name)
            tests += int(together[1]) if together else 1
    with_errors = sum(any(finding["severity"] == "error" for finding in file["findings"]) for file in report["files"])
    equal("tests", tests, len(report["files"]))
    equal("failures", failures, with_errors)


def github() -> None:
    prop = r"[A-Za-z]+=(?:[^%:,\r\n]|%25|%0D|%0A|%3A|%2C)*"
    command = re.compile(rf"::(error|warning|notice) {prop}(?:,{prop})*::(?:[^%\r\n]|%25|%0D|%0A)*")
    counts: Counter[str] = Counter()
    for line in (reports / "github").read_bytes().decode().removesuffix("\n").split("\n"):
        match = command.fullmatch(line)
        if match is None:
            sys.exit(f"github: no command: {line!r}")
        counts[match[1]] += 1
    equal("github", counts, Counter({"notice" if name == "note" else name: count for name, count in severities.items()}))


def markdown() -> None:
    rows = [line for line in (reports / "markdown").read_text().split("\n") if line.startswith("| KZ")]
    cells = [re.split(r"(?<!\\)\|", row) for row in rows]
    equal("columns", {len(row) for row in cells}, {8})
    total = [sum(int(row[column]) for row in cells) for column in (3, 4, 5)]
    equal("markdown", total, [severities["error"], severities["warning"], severities["note"]])


sarif()
junit()
github()
markdown()
