"""What a process took, from its start to its exit."""

import subprocess
import tempfile
from dataclasses import dataclass


@dataclass
class Process:
    clock_seconds: float
    processor_seconds: float
    resident_kib: int
    code: int
    output: str
    errors: str


def run(peers: str, command: list, keep_output: bool) -> Process:
    """Runs a command; `peers` is the program in rust/, which measures it."""
    with tempfile.NamedTemporaryFile("r") as figures, tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        stdout = output if keep_output else subprocess.DEVNULL
        subprocess.run([peers, "measure", figures.name, *command], stdout=stdout, stderr=errors, check=True)
        clock, processor, resident, code = figures.read().split()
        output.seek(0)
        errors.seek(0)
        return Process(float(clock), float(processor), int(resident), int(code), output.read(), errors.read())
