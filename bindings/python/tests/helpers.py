"""What the tests share: the examples of the contract, and the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from kaizala_actions import Finding, Report, lint

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "openapi/examples"
COMMAND = (
    [os.environ["KAIZALA_ACTIONS"]]
    if "KAIZALA_ACTIONS" in os.environ
    else [sys.executable, "-m", "kaizala_actions"]
)
"""The binary if there is one, so that two programs are compared."""

BODIES = sorted(EXAMPLES.glob("*/*/*.json"))
EXCHANGES = sorted(EXAMPLES.glob("exchanges/*.ndjson"))

# To the help of these, the command adds what its options can do about it, and the package what its arguments can.
# conformance/everywhere compares both.
WITH_OPTIONS = {"KZ009", "KZ101", "KZ201", "KZ202", "KZ607", "KZ611"}


def name(path: Path) -> str:
    """What an example is called."""
    return str(path.relative_to(EXAMPLES))


def kind(body: Path) -> str | None:
    """The kind of an example, which is its folder."""
    return None if body.parent.name == "unknown" else body.parent.name


def options(body: Path) -> dict[str, Any]:
    """The options that an example needs."""
    survey, most = body.with_suffix(".survey"), body.with_suffix(".most")
    return {
        "survey": survey.read_bytes() if survey.exists() else None,
        "most_findings": int(most.read_text()) if most.exists() else None,
    }


def judged(body: Path) -> Report:
    """The report about an example."""
    return lint(body.read_bytes(), kind(body), **options(body))


def command(*arguments: str | Path) -> list[dict[str, Any]]:
    """What the command reports as JSON about files."""
    lint = [*COMMAND, "lint", "--no-config", "--exit-zero", "--format", "json"]
    run = subprocess.run([*lint, *arguments], capture_output=True, check=True)
    files: list[dict[str, Any]] = json.loads(run.stdout)["files"]
    return files


def plain(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings without what may differ: the help, where the command adds its options to it."""
    return [row if row["rule"] not in WITH_OPTIONS else {**row, "help": None} for row in findings]


def columns(finding: Finding) -> list[str]:
    """A line of a file of findings."""
    shown = (finding.rule, finding.name, finding.severity, finding.pointer, finding.line, finding.column)
    return [str(column) for column in shown]
