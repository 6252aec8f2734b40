"""The scenario by the models of datamodel-code-generator over httpx: the generator makes no client."""

from typing import Final, assert_never

import httpx
from pydantic import BaseModel, ValidationError

from generated import kaizala_actions as api
from scenario import BASE_URL, HEADERS, Call, Json, Outcome, run

# A 308 names a new base and not the whole address; httpx follows none unless told to (D-27).
client: Final = httpx.Client(base_url=BASE_URL, headers=HEADERS)


def in_words(listed: api.ListedAction) -> str:
    """Narrows by class, which pydantic has chosen by the tag."""
    match listed.root:
        case api.ListedImage(actionBody=body):
            return f"Image at {body.imageUrl}"
        case api.ListedJob(actionBody=body):
            return f"Job {body.title}: {body.responseCount} of {body.assigneeCount}"
        case api.ListedSurvey(actionBody=body):
            return f"Survey {body.title}: {body.responseCount}"
        case api.ListedPhotoWithLocation(actionBody=body):
            return f"PhotoWithLocation {body.imageUrl} at {body.latitude}, {body.longitude}"
        case api.ListedLetsMeet(actionBody=body):
            return f"LetsMeet {body.title} at {body.place.name if body.place else None}"
        case api.ListedPoll(actionBody=body):
            return f"Poll {body.question}: {', '.join(choice.title or '' for choice in body.choices or [])}"
        case api.ListedShareLocation(actionBody=body):
            return f"ShareLocation at {body.latitude}, {body.longitude}"
        case _:
            assert_never(listed.root)


KNOWN: Final = {"Image", "Job", "Survey", "PhotoWithLocation", "LetsMeet", "Poll", "ShareLocation"}


def in_words_or_unknown(item: Json) -> str:
    """One type that the models do not know would fail the whole list (D-30), so each item is read by itself."""
    if item["actionType"] in KNOWN:
        return in_words(api.ListedAction.model_validate(item))
    return f"unknown type {item['actionType']}"


def body_of(call: Call, model: type[BaseModel]) -> Json:
    """A body as the models write it; what was not set is left out, since null is refused (D-35)."""
    if call.untyped or call.ranged:
        try:
            model.model_validate(call.body)
        except ValidationError:
            return call.body
        # D-05: the models ignore `not`, and take an action of a type and a package at once.
        if not {"id", "actionType"} <= call.body.keys():
            raise AssertionError(f"the models take {call.body}")
        return call.body
    return model.model_validate(call.body).model_dump(mode="json", exclude_unset=True)


def request(call: Call) -> tuple[httpx.Response, type[BaseModel]]:
    group = f"/groups/{call.group}/actions"
    match call.operation:
        case "listActions":
            if not call.untyped:
                api.ListableActionType(call.query["actionType"])
            return client.get(group, params=call.query), api.ActionList
        case "postAction":
            body = body_of(call, api.ActionRequest)
            return client.post(group, json=body), api.PostedAction
        case "getAction":
            return client.get(f"{group}/{call.action}", params=call.query), api.ActionDetails
        case "respondToAction":
            body = body_of(call, api.ResponseRequest)
            return client.post(f"{group}/{call.action}/responses", json=body), api.PostedResponse
        case other:
            raise AssertionError(other)


def perform(call: Call) -> Outcome:
    response, model = request(call)
    if not response.content:
        return Outcome(response.status_code, response.headers, None)
    answer = response.json()
    if not response.is_success:
        model = api.ServiceError
    elif model is api.ActionList:
        listed = [in_words_or_unknown(item) for item in answer["actions"]]
        known = [item for item in answer["actions"] if item["actionType"] in KNOWN]
        parsed = api.ActionList.model_validate(answer | {"actions": known})
        return Outcome(response.status_code, response.headers, parsed.model_dump(mode="json"), listed)
    return Outcome(response.status_code, response.headers, model.model_validate(answer).model_dump(mode="json"))


if __name__ == "__main__":
    run(perform)
