"""compare.py RESULTS: measures what ./run prepared, writes each measurement into the file RESULTS, and prints tables of it."""

import datetime
import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

import results
from process import run

ENV = os.environ
CACHE = Path(ENV["CACHE"])
BINARY, CORPUS, PEERS = ENV["BINARY"], ENV["CORPUS"], ENV["PEERS"]
SCHEMA = str(CACHE / "schema.json")
REPORT = CACHE / "report.json"
ROUNDS = int(ENV["ROUNDS"])
STARTS = 20


@dataclass
class Files:
    """One set of bodies, as the peers want it."""

    bodies: str
    parseable: str
    exchanges: str

    def __init__(self, name: str, bodies: str) -> None:
        self.bodies = bodies
        self.parseable = str(CACHE / f"{name}.parseable.jsonl")
        self.exchanges = str(CACHE / f"{name}.exchanges.ndjson")


@dataclass
class Row:
    """Something that judges bodies."""

    name: str
    command: Callable[[Files], list]
    # How many bodies it refused, from what it printed; None for the linter: see linter_says.
    refused: Optional[Callable[[str], int]] = lambda output: int(output)
    # Whether it was given only the bodies that are JSON.
    parseable_only: bool = False


def lines_in(path: str) -> int:
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def versions() -> dict:
    """The versions of the peers, from where they are pinned."""
    found = dict(json.loads(Path("package.json").read_text())["dependencies"])
    found.update(line.split("==") for line in Path("requirements.txt").read_text().split())
    found["jsonschema"] = re.search(r'^jsonschema = .*?"=([^"]+)"', Path("rust/Cargo.toml").read_text(), re.M)[1]
    found["kin-openapi"] = re.search(r"kin-openapi v(\S+)", Path("go/go.mod").read_text())[1]
    return found


def sourcemeta_refused(output: str) -> int:
    judged = output.count('"valid": ')
    return output.count('"valid": false') if judged else sys.exit(f"sourcemeta jsonschema judged nothing: {output}")


def drift_refused(_: str) -> int:
    """Drift groups its findings; a body that it refuses has exactly one of the union as such."""
    problems = json.loads(REPORT.read_text())["problems"]
    return sum(found["occurrences"] for found in problems if found.get("schemaPath") == "#/oneOf")


def rows() -> list:
    version = versions()
    validator = str(CACHE / "validator.cjs")
    python = ".venv/bin/python"

    def ours(jobs: int, *report: str) -> Callable[[Files], list]:
        return lambda files: [BINARY, "lint", "--as", "post-action.request", "--input", "ndjson", "--jobs", str(jobs), *report, files.bodies]

    found = [
        Row(results.UNIT, lambda files: [PEERS, "unit", files.bodies]),
        Row("jsonschema " + version["jsonschema"] + " (Rust)", lambda files: [PEERS, "jsonschema", files.bodies, SCHEMA]),
        Row(f"{results.OURS}, one thread, verdicts", ours(1, "--quiet"), None),
        Row(f"{results.OURS}, two threads, verdicts", ours(2, "--quiet"), None),
        Row(f"{results.OURS}, one thread, all findings", ours(1, "--format", "jsonl"), None),
        Row("ajv " + version["ajv"] + ", compiled (Node.js)", lambda files: ["node", "ajv.js", validator, files.bodies]),
        Row(
            "sourcemeta jsonschema " + version["@sourcemeta/jsonschema"] + " (C++)",
            lambda files: ["node_modules/.bin/jsonschema", "validate", "--fast", "--continue", "--json", SCHEMA, files.parseable],
            sourcemeta_refused,
            parseable_only=True,
        ),
        Row("jsonschema-rs " + version["jsonschema_rs"] + " (Python)", lambda files: [python, "python.py", "jsonschema-rs", SCHEMA, files.bodies]),
        Row("fastjsonschema " + version["fastjsonschema"] + " (Python)", lambda files: [python, "python.py", "fastjsonschema", SCHEMA, files.bodies]),
        Row(
            "Redocly CLI " + version["@redocly/cli"] + ", drift (Node.js)",
            lambda files: ["node_modules/.bin/redocly", "drift", files.exchanges, "--api", ENV["DOCUMENT"], "--traffic-format", "ndjson", "--rules", "schema-consistency", "--format", "json", "--output", str(REPORT)],
            drift_refused,
            parseable_only=True,
        ),
    ]
    kin_openapi = CACHE / "kin-openapi"
    if kin_openapi.exists():
        found.append(Row("kin-openapi " + version["kin-openapi"] + " (Go)", lambda files: [str(kin_openapi), ENV["DOCUMENT"], files.bodies]))
    else:
        print("kin-openapi is left out: there is no Go here", file=sys.stderr)
    return found


def measure(row: Row, files: Files) -> tuple:
    """Clock and processor seconds, resident KiB at most, and what the command printed."""
    # Nobody reads what the linter renders.
    process = run(PEERS, row.command(files), keep_output=row.refused is not None)
    # A refused body makes some exit with 1 or 2; of these, what goes wrong otherwise prints no count.
    if process.code not in ((0, 1) if row.refused is None else (0, 1, 2)):
        sys.exit(f"{row.name} ended with {process.code}: {process.errors}")
    return process.clock_seconds, process.processor_seconds, process.resident_kib, process.output


def linter_says(files: Files) -> tuple:
    """How many bodies have an error, and how many any finding, by the linter's own JSON. It is not measured."""
    command = [BINARY, "lint", "--as", "post-action.request", "--input", "ndjson", "--format", "json", files.bodies]
    documents = json.loads(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)["files"]
    refused = sum(any(finding["severity"] == "error" for finding in document["findings"]) for document in documents)
    return refused, sum(bool(document["findings"]) for document in documents)


def processor_name() -> str:
    try:
        return re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)[1]
    except (OSError, TypeError):
        return platform.processor() or platform.machine()


def main() -> None:
    everything, one = Files("all", CORPUS), Files("one", str(CACHE / "one.ndjson"))
    bodies = lines_in(everything.bodies)
    lost = bodies - lines_in(everything.parseable)
    machine = f"{os.cpu_count()} cores of {processor_name()}, {platform.system()}, load average {os.getloadavg()[0]:.1f} at the start"
    refused_by_linter, found_by_linter = linter_says(everything)
    measured = []
    all_rows = rows()
    unit, others = all_rows[0], all_rows[1:]

    def judge_corpus(row: Row, round_: int) -> None:
        clock, processor, resident, output = measure(row, everything)
        refused = refused_by_linter if row.refused is None else row.refused(output) + lost * row.parseable_only
        measured.append(results.Measurement(row.name, "corpus", round_, clock, processor, resident, refused))

    judge_corpus(unit, 1)
    for round_ in range(1, ROUNDS + 1):
        for row in others:
            print(f"round {round_}: {row.name}", file=sys.stderr)
            judge_corpus(row, round_)
            judge_corpus(unit, round_)
    for row in all_rows:
        print(f"starts: {row.name}", file=sys.stderr)
        for round_ in range(1, STARTS + 1):
            clock, processor, resident, _ = measure(row, one)
            measured.append(results.Measurement(row.name, "start", round_, clock, processor, resident, 0))
    head = {
        "date": datetime.date.today().isoformat(),
        "machine": machine,
        "corpus": f"{bodies} bodies, {os.path.getsize(everything.bodies) / 1e6:.0f} MB, {lost} of them not JSON",
        "linter": f"refuses {refused_by_linter:,} bodies, and has a warning or note about {found_by_linter - refused_by_linter:,} others",
    }
    results.write(Path(sys.argv[1]), head, measured)
    print(results.markdown(head, measured))


main()
