"""The scenario by the client of openapi-python-client."""

from typing import Any, Final, Protocol, TypeAlias, assert_never

import httpx

from generated.openapi_python_client import AuthenticatedClient, models
from generated.openapi_python_client.api.answering import respond_to_action
from generated.openapi_python_client.api.listing import get_action, list_actions
from generated.openapi_python_client.api.posting import post_action
from generated.openapi_python_client.models.listable_action_type import check_listable_action_type
from generated.openapi_python_client.types import UNSET, Response
from scenario import BASE_URL, SCENARIO, Call, Json, Outcome, run

ListedAction: TypeAlias = (
    models.ListedImage
    | models.ListedJob
    | models.ListedSurvey
    | models.ListedPhotoWithLocation
    | models.ListedLetsMeet
    | models.ListedPoll
    | models.ListedShareLocation
)

ActionRequest: TypeAlias = (
    models.ImageRequest
    | models.AudioRequest
    | models.DocumentRequest
    | models.JobRequest
    | models.SurveyRequest
    | models.LetsMeetRequest
    | models.PollRequest
    | models.PackageRequest
)

ResponseRequest: TypeAlias = models.JobResponseRequest | models.SurveyResponseRequest | models.PackageResponseRequest


class HasToDict(Protocol):
    def to_dict(self) -> dict[str, Any]: ...


# The generator has no decoder for a union of its own: the class is chosen here, by the tag.
LISTED: Final[dict[str, type[ListedAction]]] = {
    "Image": models.ListedImage,
    "Job": models.ListedJob,
    "Survey": models.ListedSurvey,
    "PhotoWithLocation": models.ListedPhotoWithLocation,
    "LetsMeet": models.ListedLetsMeet,
    "Poll": models.ListedPoll,
    "ShareLocation": models.ListedShareLocation,
}

NEW_ACTIONS: Final[dict[str, type[ActionRequest]]] = {
    "Image": models.ImageRequest,
    "Audio": models.AudioRequest,
    "Document": models.DocumentRequest,
    "Job": models.JobRequest,
    "Survey": models.SurveyRequest,
    "LetsMeet": models.LetsMeetRequest,
    "Poll": models.PollRequest,
}

NEW_RESPONSES: Final[dict[str, type[ResponseRequest]]] = {
    "Job": models.JobResponseRequest,
    "Survey": models.SurveyResponseRequest,
}


def new_action(body: Json) -> ActionRequest:
    return models.PackageRequest.from_dict(body) if "id" in body else NEW_ACTIONS[body["actionType"]].from_dict(body)


def new_response(body: Json) -> ResponseRequest:
    if "id" in body:
        return models.PackageResponseRequest.from_dict(body)
    return NEW_RESPONSES[body["actionType"]].from_dict(body)


def in_words(action: ListedAction) -> str:
    """Narrows by class, which the tag has chosen."""
    match action:
        case models.ListedImage(action_body=body):
            return f"Image at {body.image_url}"
        case models.ListedJob(action_body=body):
            return f"Job {body.title}: {body.response_count} of {body.assignee_count}"
        case models.ListedSurvey(action_body=body):
            return f"Survey {body.title}: {body.response_count}"
        case models.ListedPhotoWithLocation(action_body=body):
            return f"PhotoWithLocation {body.image_url} at {body.latitude}, {body.longitude}"
        case models.ListedLetsMeet(action_body=body):
            return f"LetsMeet {body.title} at {body.place.name if body.place else None}"
        case models.ListedPoll(action_body=body):
            return f"Poll {body.question}: {', '.join(choice.title or '' for choice in body.choices or [])}"
        case models.ListedShareLocation(action_body=body):
            return f"ShareLocation at {body.latitude}, {body.longitude}"
        case _:
            assert_never(action)


def in_words_or_unknown(item: Json) -> str:
    """One type that the client does not know fails the whole list (D-30), so here each item is decoded by itself."""
    known = LISTED.get(item["actionType"])
    return in_words(known.from_dict(item)) if known else f"unknown type {item['actionType']}"


last: httpx.Response


def remember(response: httpx.Response) -> None:
    global last
    response.read()
    last = response


client: Final = AuthenticatedClient(
    base_url=BASE_URL,
    token=SCENARIO["token"],
    # D-28: no Bearer before it.
    prefix="",
    auth_header_name="accessToken",
    httpx_args={"event_hooks": {"response": [remember]}},
)


def outcome(response: Response[Any]) -> Outcome:
    parsed: HasToDict | None = response.parsed
    listed = [in_words(action) for action in parsed.actions] if isinstance(parsed, models.ActionList) else []
    return Outcome(response.status_code, response.headers, parsed.to_dict() if parsed else None, listed)


def untyped(call: Call) -> Outcome:
    """By the client's connection, around its types."""
    url = f"/groups/{call.group}/actions"
    connection = client.get_httpx_client()
    response = connection.get(url, params=call.query) if call.body is None else connection.post(url, json=call.body)
    error = models.ServiceError.from_dict(response.json())
    return Outcome(response.status_code, response.headers, error.to_dict())


def call_typed(call: Call) -> Outcome:
    match call.operation:
        case "listActions":
            query = call.query
            action_type = check_listable_action_type(query["actionType"])
            count, from_date = query.get("count", UNSET), query.get("fromDate", UNSET)
            try:
                return outcome(
                    list_actions.sync_detailed(
                        call.group, client=client, action_type=action_type, count=count, from_date=from_date
                    )
                )
            except (TypeError, ValueError):
                items = last.json()["actions"]
                return Outcome(last.status_code, last.headers, last.json(), [in_words_or_unknown(item) for item in items])
        case "postAction":
            return outcome(post_action.sync_detailed(call.group, client=client, body=new_action(call.body)))
        case "getAction":
            get_details = call.query.get("getDetails", UNSET)
            return outcome(get_action.sync_detailed(call.group, call.action, client=client, get_details=get_details))
        case "respondToAction":
            body = new_response(call.body)
            return outcome(respond_to_action.sync_detailed(call.group, call.action, client=client, body=body))
        case other:
            raise AssertionError(other)


if __name__ == "__main__":
    run(lambda call: untyped(call) if call.untyped else call_typed(call))
