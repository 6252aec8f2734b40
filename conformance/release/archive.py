#!/usr/bin/env python3
"""archive.py ARCHIVE [static]

Unpacks an archive of a release, and tries the program in it: it lints, and it contains the playground. A static program
needs no library of the system. Works with nothing but Python, also on Windows.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

POLL = '{"actionType": "Poll", "actionBody": {"question": "Rice or bread?"}}'
FILES = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE.md", "README.md"]


def run(program, *arguments, status=0, text=None):
    """What a command prints. Its exit code has to be this."""
    done = subprocess.run([program, *arguments], input=text, capture_output=True, encoding="utf-8")
    assert done.returncode == status, (arguments, done)
    return done.stdout


def main():
    archive = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        shutil.unpack_archive(archive, scratch)
        [top] = Path(scratch).iterdir()
        assert archive.name.startswith(f"{top.name}."), top
        [program] = (file for file in top.iterdir() if file.stem == "kaizala-actions")
        # Python's zipfile restores no modes.
        program.chmod(0o755)
        found = sorted(file.name for file in top.iterdir() if file.is_file() and file != program)
        assert found == FILES, found
        assert len(list((top / "completions").iterdir())) == 5
        for page in (top / "man/man1").iterdir():
            assert page.read_text("utf-8").startswith(".ie"), page

        version = run(program, "--version").split()[1]
        assert top.name.startswith(f"kaizala-actions-{version}-"), version
        assert "KZ301" in run(program, "lint", "--no-config", "--format", "concise", status=1, text=POLL)
        reference = top / "reference"
        run(program, "docs", "--output", reference, "--playground")
        engine = (reference / "playground-engine.js").read_text("utf-8")
        assert engine.startswith(f"// The linter as WebAssembly, made by kaizala-actions {version}\n"), engine[:80]
        if sys.argv[2:] == ["static"]:
            linked = subprocess.run(["ldd", program], capture_output=True, text=True)
            words = linked.stdout + linked.stderr
            assert "statically linked" in words or "not a dynamic executable" in words, words
        size = program.stat().st_size
    print(f"{archive.name}: {archive.stat().st_size // 1000} kB, the program {size // 1000} kB: it lints, and has its playground")


main()
