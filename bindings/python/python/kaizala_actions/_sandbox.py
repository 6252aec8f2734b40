"""A server to test against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

from . import kaizala_actions_native as native
from ._lint import Allow, Body, Rules, linter_of, text_of


class Sandbox:
    """A server of the API that enforces the contract and remembers what was posted.

    It listens at a free port of this machine, in a thread of its own, from the beginning until `stop` or the end of the `with`.

    `tokens` are the access tokens that it accepts; without them, it accepts any.
    `seed` has the groups and actions that it begins with, as a text or a value.
    `deterministic` is a number that makes ids and times the same in every run.
    `throttle` is how many calls a minute it answers.
    `faults` are what goes wrong, each as in `{"kind": "failure", "times": 1}`.
    `allow` and `rules` are those of `lint`.

    >>> with Sandbox(deterministic=7) as sandbox:
    ...     print(sandbox.url.rpartition(":")[0], sandbox.har()["log"]["entries"])
    http://127.0.0.1 []
    """

    def __init__(
        self,
        *,
        tokens: Iterable[str] = (),
        seed: Body | None = None,
        deterministic: int | None = None,
        throttle: int | None = None,
        faults: Iterable[Mapping[str, Any]] = (),
        allow: Allow = (),
        rules: Rules | None = None,
    ) -> None:
        self._server = native.Sandbox(
            linter_of(None, allow, rules, None),
            [*tokens],
            None if seed is None else text_of(seed)[0],
            deterministic,
            throttle,
        )
        try:
            self.set_faults(faults)
        except ValueError:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """The endpoint for a client, as in `http://127.0.0.1:4010`."""
        return self._server.url

    def har(self) -> dict[str, Any]:
        """The latest exchanges as an HTTP archive, without access tokens."""
        archive: dict[str, Any] = json.loads(self._server.har())
        return archive

    def snapshot(self) -> dict[str, Any]:
        """The groups and actions, in the format of a seed."""
        state: dict[str, Any] = json.loads(self._server.snapshot())
        return state

    def set_faults(self, faults: Iterable[Mapping[str, Any]]) -> None:
        """Replaces the faults."""
        self._server.set_faults(json.dumps([dict(fault) for fault in faults]))

    def stop(self) -> None:
        """Stops when running requests are done, but after a second at most."""
        self._server.stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"Sandbox({self.url})"
