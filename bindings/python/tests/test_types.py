"""The types that the package declares."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kaizala_actions import KINDS, contract, matrix

HERE = Path(__file__).parent


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=HERE)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_true() -> None:
    # Where pyspark is installed, less of the list is needed.
    options = ("--allowlist", "stubtest.txt", "--ignore-unused-allowlist", "--mypy-config-file", "mypy.ini")
    run("mypy.stubtest", "kaizala_actions", *options)


def test_the_package_is_typed() -> None:
    run("mypy", "--cache-dir", "/dev/null", "--config-file", "mypy.ini", "--package", "kaizala_actions")


def test_types_are_those_of_the_contract() -> None:
    assert set(KINDS) > {"post-action.request", "error.response"}
    assert {row.body_value for row in matrix()} > {"Job", "Survey"}
    assert contract()["info"]["title"] == contract("plain")["info"]["title"]
