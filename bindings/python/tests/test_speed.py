"""`lint_column` is about as fast as the command: this needs an optimized wheel and an idle machine."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from helpers import COMMAND, EXAMPLES

from kaizala_actions import lint_column

BODIES_IN_ALL = 200_000


def fastest(act: Callable[[], object]) -> float:
    """The shortest of some times, in seconds."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return min(times)


@pytest.mark.parametrize("folder", ["valid", "lenient", "invalid"])
def test_a_column_is_judged_as_fast_as_a_file(folder: str, tmp_path: Path) -> None:
    examples = [body.read_bytes() for body in sorted(EXAMPLES.glob(f"{folder}/post-action.request/*.json"))]
    texts = [b" ".join(text.splitlines()) for text in examples if text.strip() and len(text) < 4096]
    texts = (texts * (BODIES_IN_ALL // len(texts) + 1))[:BODIES_IN_ALL]
    file = tmp_path / "bodies.ndjson"
    file.write_bytes(b"".join(text + b"\n" for text in texts))
    lint = [*COMMAND, "lint", "--no-config", "--exit-zero", "--input", "ndjson", "--format", "jsonl", file]
    command = fastest(lambda: subprocess.run(lint, stdout=subprocess.DEVNULL, check=True))
    column = pa.array(texts, pa.large_binary())
    here = fastest(lambda: lint_column(column))
    ratio = round(command / here, 2)
    print(json.dumps({"bodies": folder, "lint_column, seconds": round(here, 2), "of the speed of the command": ratio}))
    assert ratio >= 0.8
