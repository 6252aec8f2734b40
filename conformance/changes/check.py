"""check.py OLD NEW

Says whether the contract in the folder NEW breaks clients that were made for the one in OLD, and whether its version
admits that. Both hold kaizala-actions.json and matrix.csv. Exit code 1 if it breaks them and may not. README.md here
says what counts.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

# What decides about bodies and what oasdiff does not look at: any difference is taken to break.
UNSEEN = ("not", "additionalProperties", "x-kaizala-open", "x-kaizala-action-type")


def main(old: Path, new: Path) -> int:
    versions = [version(read(folder)) for folder in (old, new)]
    broken = breaks(old, new)
    words = ["{}.{}.{}".format(*parts) for parts in versions]
    if not broken:
        print(f"no breaking change from {words[0]} to {words[1]}")
        return 0
    print("\n".join(broken))
    if admits(versions[0], versions[1]):
        print(f"breaking changes: {len(broken)}, which {words[1]} after {words[0]} admits")
        return 0
    needed = "minor" if versions[0][0] == 0 else "major"
    print(f"breaking changes: {len(broken)}, which need a new {needed} version after {words[0]} (CONTRIBUTING.md, Change the contract)")
    return 1


def breaks(old: Path, new: Path) -> list[str]:
    """All breaking changes, one a line."""
    documents = read(old), read(new)
    return [*by_oasdiff(old, new, documents[0]), *unseen(*documents), *cells(old, new)]


def read(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "kaizala-actions.json").read_bytes())
    return document


def version(document: dict[str, Any]) -> tuple[int, int, int]:
    major, minor, patch = (int(part) for part in document["info"]["version"].split("-")[0].split("."))
    return major, minor, patch


def admits(old: tuple[int, int, int], new: tuple[int, int, int]) -> bool:
    """Whether a version may break what an older one promised: below 1.0.0 the minor one stands for the major."""
    return new[:2] > old[:2] if old[0] == 0 else new[0] > old[0]


def by_oasdiff(old: Path, new: Path, document: dict[str, Any]) -> Iterator[str]:
    names = [str((folder / "kaizala-actions.json").resolve()) for folder in (old, new)]
    levels = ["--severity-levels", str(HERE / "severity-levels.txt")]
    command = ["go", "tool", "oasdiff", "breaking", *names, *levels, "--allow-external-refs=false", "--format", "json"]
    # An error of its own ends this, too.
    found = subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.PIPE).stdout
    for change in json.loads(found or b"[]"):
        # Clients were told to expect types that they do not know (D-30).
        if change["id"] == "response-property-one-of-added" and all_open(document):
            continue
        operation = f"{change['operation']} {change['path']}: " if "path" in change else ""
        yield f"{change['id']}: {operation}{change['text']}"


def all_open(document: dict[str, Any]) -> bool:
    """Whether every union that a response can hold is open."""
    schemas = document["components"]["schemas"]
    met: set[str] = set()
    waiting: list[Any] = [document["components"]["responses"]]
    waiting += [operation.get("responses") for path in document["paths"].values() for operation in path.values() if isinstance(operation, dict)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "oneOf" in value and not value.get("x-kaizala-open"):
                return False
            name = str(value.get("$ref", "")).removeprefix("#/components/schemas/")
            if name in schemas and name not in met:
                met.add(name)
                waiting.append(schemas[name])
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return True


def unseen(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    if [server["url"] for server in old["servers"]] != [server["url"] for server in new["servers"]]:
        yield "servers: the address is another"
    schemas = [dict(each_schema("#/components/schemas", document["components"]["schemas"])) for document in (old, new)]
    for place in sorted(schemas[0].keys() & schemas[1].keys()):
        for keyword in UNSEEN:
            before, after = (untitled(schema[place].get(keyword)) for schema in schemas)
            if before != after:
                yield f"{place}: `{keyword}` was {json.dumps(before)} and is {json.dumps(after)}"


def untitled(value: Any) -> Any:
    """Without the title, which says nothing about bodies."""
    return {name: inner for name, inner in value.items() if name != "title"} if isinstance(value, dict) else value


def each_schema(place: str, named: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemas with their places: named ones, members and items. Alternatives are named."""
    for name, schema in named.items():
        yield f"{place}/{name}", schema
        yield from each_schema(f"{place}/{name}/properties", schema.get("properties", {}))
        if "items" in schema:
            yield from each_schema(f"{place}/{name}", {"items": schema["items"]})


def cells(old: Path, new: Path) -> Iterator[str]:
    """A Yes, an id or a row of the support matrix that is gone. Clients know a type by the value that it has in bodies."""
    before, after = (rows(folder) for folder in (old, new))
    for name, row in before.items():
        if name not in after:
            yield f"matrix: the row of {name} is gone"
            continue
        for method in ("get", "post"):
            if row[method] == "Yes" and after[name][method] != "Yes":
                yield f"matrix: {method.upper()} of {name} was supported"
        if row["id"] not in ("", after[name]["id"]):
            yield f"matrix: the id of {name} was {row['id']}"


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "matrix.csv").open(newline="", encoding="utf-8") as file:
        return {row["bodyValue"]: row for row in csv.DictReader(file)}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: check.py OLD NEW")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
