"""classes.py: measures the linter over the bodies of each class that ./run wrote, and over the mixed ones, and prints a table."""

import os
import sys
from pathlib import Path

from process import Process, run
from results import Spread

ENV = os.environ
CACHE = Path(ENV["CACHE"])
ROUNDS = int(ENV["ROUNDS"])
# The exit code says whether there is an error among them.
CORPORA = {"clean": 0, "note": 0, "warning": 0, "error": 1, "mixed": 1}
WORK = {
    "verdicts, two threads": ["--jobs", "2", "--quiet"],
    "verdicts, one thread": ["--jobs", "1", "--quiet"],
    "all findings, two threads": ["--jobs", "2", "--format", "jsonl"],
    "all findings, one thread": ["--jobs", "1", "--format", "jsonl"],
    "counts, one thread": ["--jobs", "1", "--format", "summary"],
}
BINARIES = {"before": ENV["BEFORE"], "now": ENV["BINARY"]} if ENV.get("BEFORE") else {"now": ENV["BINARY"]}


FIELDS = {"clock_seconds": "Time by the clock", "processor_seconds": "Processor time, which other programs change less"}


def measure(command: list, code: int) -> Process:
    process = run(ENV["PEERS"], command, keep_output=False)
    if process.code != code:
        sys.exit(f"{' '.join(command)} ended with {process.code}: {process.errors}")
    return process


def table(field: str, units: dict, measured: dict) -> str:
    """In units: the mean of those before and after, for other programs slow the machine down by turns."""
    lines = [f"| what | | {' | '.join(CORPORA)} |", "| --- |" + " --- |" * (1 + len(CORPORA))]

    def ratio(before: Process, process: Process, after: Process) -> float:
        return 2 * getattr(process, field) / (getattr(before, field) + getattr(after, field))

    for work in WORK:
        for binary in BINARIES:
            cells = [Spread([ratio(*three) for three in measured[work, binary, corpus]]).text() for corpus in CORPORA]
            lines.append(f"| {' | '.join([work, binary, *cells])} |")
    cells = [Spread([getattr(unit, field) for unit in units[corpus]]).text() + " s" for corpus in CORPORA]
    return "\n".join([*lines, f"| {' | '.join(['the unit', '', *cells])} |"])


def main() -> None:
    units = {corpus: [] for corpus in CORPORA}
    measured = {(work, binary, corpus): [] for work in WORK for binary in BINARIES for corpus in CORPORA}
    for round_ in range(1, ROUNDS + 1):
        for corpus, code in CORPORA.items():
            print(f"round {round_}: {corpus}", file=sys.stderr)
            bodies = str(CACHE / f"{corpus}.ndjson")
            unit = [ENV["PEERS"], "unit", bodies]
            units[corpus].append(measure(unit, 0))
            for work, options in WORK.items():
                for binary, program in BINARIES.items():
                    before = units[corpus][-1]
                    command = [program, "lint", "--no-config", "--as", "post-action.request", "--input", "ndjson", *options, bodies]
                    process = measure(command, code)
                    units[corpus].append(measure(unit, 0))
                    measured[work, binary, corpus].append((before, process, units[corpus][-1]))
    for field, title in FIELDS.items():
        print(f"{title}, in units, median (least to most) of {ROUNDS} rounds:\n\n{table(field, units, measured)}\n")


main()
