"""The file of measurements: written by compare.py, read by chart."""

import statistics
from dataclasses import astuple, dataclass, fields
from pathlib import Path

UNIT = "serde_json to Value: the unit"
OURS = "kaizala-actions"


@dataclass
class Measurement:
    """One process. `work` is corpus, or start: one body, to see what a process costs before it."""

    name: str
    work: str
    round: int
    clock_seconds: float
    processor_seconds: float
    resident_kib: int
    refused: int


@dataclass
class Spread:
    """The median, and the least and most."""

    median: float
    least: float
    most: float

    def __init__(self, values: list) -> None:
        self.median, self.least, self.most = statistics.median(values), min(values), max(values)

    def text(self, digits: int = 2) -> str:
        if self.least == self.most:
            return f"{self.median:.{digits}f}"
        return f"{self.median:.{digits}f} ({self.least:.{digits}f} to {self.most:.{digits}f})"


def names(measured: list) -> list:
    return list(dict.fromkeys(one.name for one in measured))


def ratios(measured: list, field: str) -> dict:
    """How many units each took, by name. The unit is measured before and after everything else; the mean of the two counts, for
    other programs slow the machine down by turns."""
    corpus = [one for one in measured if one.work == "corpus"]
    found = {name: [] for name in names(corpus)}
    for before, one, after in zip(corpus, corpus[1:], corpus[2:]):
        if one.name != UNIT:
            found[one.name].append(2 * getattr(one, field) / (getattr(before, field) + getattr(after, field)))
    found[UNIT] = [1]
    return {name: Spread(values) for name, values in found.items()}


def starts(measured: list) -> dict:
    """Milliseconds from the start of a process to its end, with one body between."""
    return {name: Spread([1000 * one.clock_seconds for one in measured if one.work == "start" and one.name == name]) for name in names(measured)}


def of_corpus(measured: list, name: str) -> list:
    return [one for one in measured if one.work == "corpus" and one.name == name]


def markdown(head: dict, measured: list) -> str:
    clock, processor, start = ratios(measured, "clock_seconds"), ratios(measured, "processor_seconds"), starts(measured)
    unit = Spread([one.clock_seconds for one in of_corpus(measured, UNIT)])
    lines = [
        f"{head['corpus']}; {head['machine']}; {head['date']}. The unit took {unit.text()} s. The linter {head['linter']}.",
        "",
        "| what | time | processor time | resident, at most | refused | process with one body |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name in sorted(clock, key=lambda name: clock[name].median):
        rounds = of_corpus(measured, name)
        cells = [
            f"**{name}**" if name.startswith(OURS) else name,
            clock[name].text(),
            processor[name].text(),
            f"{max(one.resident_kib for one in rounds) / 1024:.0f} MB",
            f"{rounds[0].refused:,}",
            start[name].text(1) + " ms",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write(path: Path, head: dict, measured: list) -> None:
    lines = [f"# {name}: {text}" for name, text in head.items()]
    lines += [f"# time in units, median (least to most): {name}: {spread.text()}" for name, spread in ratios(measured, "clock_seconds").items()]
    lines.append("\t".join(field.name for field in fields(Measurement)))
    lines += ["\t".join(map(str, astuple(one))) for one in measured]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> tuple:
    head, measured = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name, _, text = line[2:].partition(": ")
            head.setdefault(name, text)
        elif line and not line.startswith("name\t"):
            measured.append(Measurement(*(field.type(cell) for field, cell in zip(fields(Measurement), line.split("\t")))))
    return head, measured
