"""The fixture `kaizala_sandbox`, which pytest finds where this package is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import Sandbox


@pytest.fixture
def kaizala_sandbox() -> Iterator[Sandbox]:
    """A sandbox for one test, with ids and times that are the same in every run."""
    with Sandbox(deterministic=1) as sandbox:
        yield sandbox
