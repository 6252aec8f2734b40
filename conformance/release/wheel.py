#!/usr/bin/env python3
"""wheel.py FILE

Lets pip install the Python package from a file, a wheel or what wheels are built from, into an environment where there is nothing else,
and lints a body with its module and its command. Works with nothing but Python, also on Windows.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROGRAM = """
import importlib.metadata, sys
import kaizala_actions

report = kaizala_actions.lint('{"actionType": "Poll", "actionBody": {"question": "Rice or bread?"}}')
assert [finding.rule for finding in report.findings] == ["KZ301"], report
package = importlib.metadata.distribution("kaizala-actions")
names = {file.name for file in package.files}
assert {"LICENSE-APACHE", "LICENSE-MIT", "py.typed"} <= names, names
# One module for all versions of Python from 3.10.
assert "Tag: cp310-abi3-" in package.read_text("WHEEL"), package.read_text("WHEEL")
assert not package.requires, package.requires
print(package.version)
"""


def main():
    file = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder, "Scripts" if os.name == "nt" else "bin")
        quiet = ["--quiet", "--disable-pip-version-check"]
        subprocess.run([programs / "python", "-m", "pip", "install", *quiet, file], check=True, cwd=folder)
        run = subprocess.run([programs / "python", "-c", PROGRAM], check=True, cwd=folder, stdout=subprocess.PIPE, text=True)
        version = run.stdout.strip()
        said = subprocess.run([programs / "kaizala-actions", "--version"], check=True, cwd=folder, stdout=subprocess.PIPE, text=True)
        assert said.stdout.split() == ["kaizala-actions", version], said
    print(f"{file.name}: {file.stat().st_size // 1000} kB: its module lints, its command runs, and it needs no other package")


main()
