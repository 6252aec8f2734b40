"""The sandbox and its fixture."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from kaizala_actions import Sandbox

JOB = {"actionType": "Job", "actionBody": {"title": "Check the doors", "assignedTo": ["+911234500001"]}}


def call(sandbox: Sandbox, path: str, body: object = None, token: str = "any") -> tuple[int, Any]:
    """Calls the sandbox: the status, and what it answers."""
    headers = {"accessToken": token, "content-type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{sandbox.url}/v1/groups/ours/{path}", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_what_is_posted_is_listed(kaizala_sandbox: Sandbox) -> None:
    status, posted = call(kaizala_sandbox, "actions", JOB)
    assert status == 200
    status, listed = call(kaizala_sandbox, "actions?actionType=job")
    assert (status, len(listed["actions"])) == (200, 1)
    assert len(kaizala_sandbox.har()["log"]["entries"]) == 2
    assert posted["actionId"] in json.dumps(kaizala_sandbox.snapshot())


def test_each_test_has_a_sandbox_of_its_own(kaizala_sandbox: Sandbox) -> None:
    assert call(kaizala_sandbox, "actions?actionType=job")[1]["actions"] == []


def test_what_the_contract_refuses_is_refused() -> None:
    wrong = {"actionType": "Announcement", "actionBody": {"title": "Holiday"}}
    with Sandbox(tokens=["secret"]) as sandbox:
        assert call(sandbox, "actions", wrong, "secret")[0] == 400
        assert call(sandbox, "actions", JOB, "other")[0] == 401
        assert call(sandbox, "actions", JOB, "secret")[0] == 200
        assert "secret" not in json.dumps(sandbox.har())
    with Sandbox(allow=["announcement:post"]) as sandbox:
        assert call(sandbox, "actions", wrong)[0] == 200


def test_seeds_and_faults() -> None:
    with Sandbox(deterministic=3) as sandbox:
        call(sandbox, "actions", JOB)
        state = sandbox.snapshot()
    with Sandbox(seed=state, faults=[{"kind": "failure", "times": 1}]) as sandbox:
        assert call(sandbox, "actions?actionType=job")[0] >= 500
        assert len(call(sandbox, "actions?actionType=job")[1]["actions"]) == 1
        with pytest.raises(ValueError, match="faults"):
            sandbox.set_faults([{"kind": "nothing"}])


def test_wrong_options_are_refused() -> None:
    with pytest.raises(ValueError, match="seed"):
        Sandbox(seed="{")
    with pytest.raises(ValueError, match="token"):
        Sandbox(tokens=[" "])


def test_it_stops() -> None:
    sandbox = Sandbox()
    assert call(sandbox, "actions?actionType=job")[0] == 200
    sandbox.stop()
    sandbox.stop()
    with pytest.raises(OSError):
        call(sandbox, "actions?actionType=job")
    with pytest.raises(RuntimeError, match="has been stopped"):
        sandbox.har()
