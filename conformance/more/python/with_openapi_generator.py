"""The scenario by the client of openapi-generator's `python`."""

from typing import Final, assert_never

from openapi_client import ApiClient, Configuration, models
from openapi_client.api import AnsweringApi, ListingApi, PostingApi
from openapi_client.api_response import ApiResponse
from openapi_client.exceptions import ApiException
from scenario import BASE_URL, HEADERS, Call, Json, Outcome, run

client: Final = ApiClient(Configuration(host=BASE_URL, api_key=HEADERS))
# A 308 names a new base and not the whole address, so it must not be followed (D-27).
client.rest_client.pool_manager.connection_pool_kw["retries"] = False
listing: Final = ListingApi(client)
posting: Final = PostingApi(client)
answering: Final = AnsweringApi(client)


def in_words(listed: models.ListedAction) -> str:
    """Narrows by class, which the union has found by trying all."""
    match listed.actual_instance:
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
        case None:
            raise AssertionError("a union without a value")
        case _:
            assert_never(listed.actual_instance)


def in_words_or_unknown(item: Json) -> str:
    """One type that the client does not know fails the whole list (D-30), so here each item is read by itself."""
    try:
        return in_words(models.ListedAction.from_dict(item))
    except ValueError:
        return f"unknown type {item['actionType']}"


def outcome(answer: ApiResponse[Json]) -> Outcome:
    return Outcome(answer.status_code, answer.headers or {}, answer.data.to_dict())


def list_actions(call: Call) -> Outcome:
    query = call.query
    answer = listing.list_actions_without_preload_content(
        call.group, models.ListableActionType(query["actionType"]), query.get("fromDate"), query.get("count")
    )
    body: Json = answer.json()
    if answer.status != 200:
        return Outcome(answer.status, answer.headers, failure(answer.data.decode()))
    try:
        # What `list_actions` does with the answer, which it does not keep.
        data = models.ActionList.from_dict(body)
        assert data
        return Outcome(answer.status, answer.headers, data.to_dict(), [in_words(action) for action in data.actions])
    except ValueError:
        return Outcome(answer.status, answer.headers, body, [in_words_or_unknown(item) for item in body["actions"]])


def failure(body: str | None) -> Json:
    error = models.ServiceError.from_json(body) if body else None
    return error.to_dict() if error else None


def untyped(call: Call) -> Outcome:
    """By the client's connection, around its types."""
    url = f"{BASE_URL}/groups/{call.group}/actions"
    pool = client.rest_client.pool_manager
    if call.body is None:
        response = pool.request("GET", url, fields=call.query, headers=HEADERS)
    else:
        response = pool.request("POST", url, json=call.body, headers=HEADERS)
    return Outcome(response.status, response.headers, failure(response.data.decode()))


def refused(call: Call) -> bool:
    """Whether the models refuse the body."""
    try:
        models.ActionRequest.from_dict(call.body)
    except ValueError:
        return True
    return False


def perform(call: Call) -> Outcome:
    match call.operation:
        case "listActions":
            return list_actions(call)
        case "postAction":
            return outcome(posting.post_action_with_http_info(call.group, models.ActionRequest.from_dict(call.body)))
        case "getAction":
            return outcome(listing.get_action_with_http_info(call.group, call.action, call.query.get("getDetails")))
        case "respondToAction":
            response = models.ResponseRequest.from_dict(call.body)
            return outcome(answering.respond_to_action_with_http_info(call.group, call.action, response))
        case other:
            raise AssertionError(other)


def checked(call: Call) -> Outcome:
    if call.untyped or call.ranged:
        if call.body is not None and not refused(call):
            raise AssertionError(f"the models take {call.body}")
        return untyped(call)
    try:
        return perform(call)
    except ApiException as error:
        return Outcome(error.status or 0, error.headers or {}, failure(error.body))


if __name__ == "__main__":
    run(checked)
