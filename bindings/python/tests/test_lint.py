"""The arguments of `lint`, and the classes of its answers."""

from __future__ import annotations

import copy
import math
import pickle
import threading
from typing import Any

import pytest

import kaizala_actions
from kaizala_actions import ExchangeReport, Finding, Report, fix, lint, lint_exchange

JOB = {"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}
POLL = '{"actionType": "Poll", "actionBody": {"question": "Rice or bread?"}}'
LATE = '{"actionType":"Survey","actionBody":{"title":"a","questions":[{"title":"How many?","type":"Numeric"}]}}'


def names(report: Report) -> list[str]:
    return [finding.name for finding in report.findings]


@pytest.mark.parametrize("body", [POLL, POLL.encode(), bytearray(POLL.encode()), memoryview(POLL.encode())])
def test_texts_have_many_types(body: object) -> None:
    assert lint(body) == lint(POLL)
    assert lint(body).findings[0].column == 38


@pytest.mark.parametrize("body", [JOB, [], None, 3, 2.5, True, {"actionType": "Job"}])
def test_values_have_findings_without_locations(body: object) -> None:
    for finding in lint(body).findings:
        places = (finding.line, finding.column, finding.end_line, finding.end_column, finding.offset, finding.length)
        assert places == (None,) * 6


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_number_for_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        lint({"title": number})


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        lint({"title": {1, 2}})


@pytest.mark.parametrize("body", ['{"actionType": "\ud800"}', {"actionType": "\ud800"}])
def test_half_of_a_surrogate_pair_is_a_finding(body: object) -> None:
    for report in (lint(body), fix(body).left):
        assert "KZ003" in [finding.rule for finding in report.findings]


def test_options() -> None:
    body = '{"actionType": "Announcement", "actionBody": {"title": "Holiday"}}'
    assert names(lint(body)) == ["unsupported-method"]
    assert lint(body, allow=["announcement:post"]).clean
    assert lint(body, rules={"KZ201": "off"}).clean
    report = lint(body, rules={"unsupported-method": "warning"})
    assert (report.errors, report.warnings, report.valid) == (0, 1, True)
    response = '{"actionType": "Survey", "actionBody": {"Answers": ["two"]}}'
    assert lint(response).clean
    assert not lint(response, survey=LATE).valid
    report = lint('{"actionType": "Job", "actionBody": {}}', most_findings=1)
    assert (len(report.findings), report.errors) == (2, 2 + 0 * report.notes)


def test_help_names_arguments() -> None:
    def helps(*findings: Finding) -> list[str | None]:
        return [finding.help for finding in findings]

    body = '{"actionType": "Announcement", "actionBody": {"title": "Holiday"}}'
    [said] = helps(*lint(body).findings)
    assert said is not None and said.endswith('allow=["announcement:post"] lets it pass')
    [said] = helps(*lint('{"title": "Doors"}').findings)
    assert said is not None and said.endswith('; say which it is with kind="OPERATION.DIRECTION"')
    assert helps(lint(POLL, most_findings=0).findings[-1]) == ["fix the listed findings first; most_findings=N lists more"]
    request = {"method": "POST", "url": "/v1/groups/a@2/actions"}
    assert helps(*lint_exchange({"request": request}).findings) == [
        'send the access token in the header `accessToken`; rules={"missing-token": "off"} if the recorder left it out',
        '`kaizala_actions.schema("post-action.request")` returns what it has to be',
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "post-action"}, "no kind .*: a body is one of list-actions.response"),
        ({"rules": {"unsupported-methods": "off"}}, "did you mean unsupported-method"),
        ({"rules": {"KZ201": "fatal"}}, "a severity is error, warning, note or off"),
        ({"allow": ["announcement"]}, "write TYPE:METHOD"),
        ({"survey": "{}"}, "survey: "),
    ],
)
def test_wrong_options_say_what_is_right(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lint(POLL, **options)


def test_a_text_in_the_place_of_a_list_is_refused() -> None:
    with pytest.raises(TypeError, match="list"):
        lint(POLL, allow="announcement:post")


def test_wrong_names_of_data() -> None:
    for call in (
        lambda: kaizala_actions.explain("KZ999"),
        lambda: kaizala_actions.schema("post-action"),
        lambda: kaizala_actions.schema("post-action.request", "4"),  # type: ignore[arg-type]
        lambda: kaizala_actions.contract("2.0"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ValueError):
            call()


def test_reports_are_values() -> None:
    request = {"method": "GET", "url": "/v1/groups/a@2/actions?actionType=audio"}
    answers: list[Report | ExchangeReport | Finding] = [
        lint(POLL),
        lint('{"actionType": "job", "actionBody": {"title": null}}'),
        lint_exchange({"request": request}),
        *lint(POLL).findings,
    ]
    for answer in answers:
        for other in (pickle.loads(pickle.dumps(answer)), copy.deepcopy(answer), eval(repr(answer), vars(kaizala_actions))):
            assert other == answer
            assert hash(other) == hash(answer)
            assert other.to_dict() == answer.to_dict()
    assert lint(POLL) != lint(JOB)


def test_secrets_and_phone_numbers_are_masked() -> None:
    body = '{"actionType": "Job", "actionBody": {"title": "a", "assignedTo": "+911234500001"}, "accessToken": "opaque-0001"}'
    report = lint(body)
    assert report.errors and "found" in repr(report)
    for shown in (repr(report), str(report), str(report.to_dict()), repr(fix(body))):
        assert "911234500001" not in shown
        assert "opaque" not in shown


def test_fixed_bodies_have_the_type_that_was_given() -> None:
    wrong = {"actionType": "job", "actionBody": {"title": "a", "assignedTo": ["b"]}}
    right = {**wrong, "actionType": "Job"}
    assert fix(wrong).body == right
    assert fix(str(wrong).replace("'", '"')).body == str(right).replace("'", '"')
    assert fix(str(wrong).replace("'", '"').encode()).body == str(right).replace("'", '"').encode()
    assert fix(right).changed is False


def test_threads_share_a_linter() -> None:
    expected, reports = lint(POLL), []
    threads = [threading.Thread(target=lambda: reports.extend(lint(POLL) for _ in range(200))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reports == [expected] * 800
