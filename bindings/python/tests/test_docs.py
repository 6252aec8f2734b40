"""The examples of the documentation."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest
from helpers import ROOT

MODULES = ["kaizala_actions", "kaizala_actions._data", "kaizala_actions._lint", "kaizala_actions._report", "kaizala_actions._sandbox"]
PAGES = [ROOT / name for name in ("README.md", "bindings/python/README.md", "docs/guide/python.md")]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried and not failed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_pages(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert tried and not failed
