"""The command of the wheel."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

SCRIPT = shutil.which("kaizala-actions", path=sysconfig.get_path("scripts"))


def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    assert SCRIPT
    return subprocess.run([SCRIPT, *arguments], input=stdin, capture_output=True, text=True)


def test_exit_codes() -> None:
    good = '{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}'
    assert run("lint", "--no-config", stdin=good).returncode == 0
    found = run("lint", "--no-config", stdin="{}")
    assert (found.returncode, "KZ101" in found.stdout) == (1, True)
    assert run("lint", "--no-config", "no-such-file").returncode == 2
    assert run("no-such-command").returncode == 2
    assert run("--version").stdout.startswith("kaizala-actions ")
    help = run("lint", "--help")
    assert (help.returncode, help.stdout.startswith("Check recorded bodies and exchanges")) == (0, True)


def test_it_is_also_a_module() -> None:
    module = [sys.executable, "-m", "kaizala_actions", "matrix"]
    assert subprocess.run(module, capture_output=True, text=True, check=True).stdout == run("matrix").stdout


@pytest.mark.skipif("KAIZALA_ACTIONS" not in os.environ, reason="there is no binary to compare with")
@pytest.mark.parametrize(
    "arguments",
    [("matrix",), ("rules",), ("explain", "KZ109"), ("spec",), ("schema", "config"), ("lint", "--help"), ("lint", "nowhere")],
    ids=" ".join,
)
def test_it_says_what_the_binary_says(arguments: tuple[str, ...]) -> None:
    binary = [os.environ["KAIZALA_ACTIONS"], *arguments]
    expected = subprocess.run(binary, capture_output=True, text=True)
    shown = run(*arguments)
    assert (shown.stdout, shown.stderr, shown.returncode) == (expected.stdout, expected.stderr, expected.returncode)


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_as_it_ends_the_binary(number: signal.Signals, code: int) -> None:
    assert SCRIPT
    lint = [SCRIPT, "lint", "--no-config", "--format", "jsonl", "--input", "ndjson"]
    process = subprocess.Popen(lint, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    # Once there is a finding, it listens. The input is not at its end, and fits into the pipe.
    process.stdin.write(b"{}\n" * 2000)
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(number)
    begun = time.monotonic()
    # The input stays open: at its end, the command would end by itself.
    out = process.stdout.read()
    assert (process.wait(timeout=20), b'"summary"' in out) == (code, True)
    assert time.monotonic() - begun < 15
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
def test_a_closed_pipe_is_no_error() -> None:
    assert SCRIPT
    process = subprocess.Popen([SCRIPT, "spec"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert (process.wait(timeout=20), process.stderr.read()) == (0, b"")
