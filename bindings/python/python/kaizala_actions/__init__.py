"""The linter of kaizala-actions: what is wrong with bodies and exchanges of Microsoft Kaizala's /actions API.

It is the engine of the command `kaizala-actions`, with the same verdicts. Access tokens and phone numbers are masked in
all findings.

>>> report = lint('{"actionType": "Poll", "actionBody": {"question": "Rice or bread?"}}')
>>> report.kind, report.valid
('post-action.request', False)
>>> [(finding.name, finding.pointer, finding.column) for finding in report.findings]
[('missing-member', '/actionBody', 38)]
"""

from ._data import (
    KINDS,
    Example,
    MatrixRow,
    Rule,
    contract,
    explain,
    matrix,
    rules,
    schema,
)
from ._lint import fix, lint, lint_column, lint_exchange
from ._report import (
    Edit,
    ExchangeReport,
    Finding,
    Fix,
    Fixed,
    PartReport,
    Report,
    Severity,
)
from ._sandbox import Sandbox
from .kaizala_actions_native import ColumnReport

__all__ = [
    "KINDS",
    "ColumnReport",
    "Edit",
    "Example",
    "ExchangeReport",
    "Finding",
    "Fix",
    "Fixed",
    "MatrixRow",
    "PartReport",
    "Report",
    "Rule",
    "Sandbox",
    "Severity",
    "contract",
    "explain",
    "fix",
    "lint",
    "lint_column",
    "lint_exchange",
    "matrix",
    "rules",
    "schema",
]
