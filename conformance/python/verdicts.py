"""What jsonschema and jsonschema-rs say of each body by the JSON Schemas that the binary prints, and openapi-core by the
document. Arguments: WORK EXAMPLES SPEC, as in ../verdicts.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeAlias, cast

import jsonschema_rs
from jsonschema import Draft202012Validator, exceptions
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from scenario import Json

WORK, EXAMPLES, SPEC = (Path(argument) for argument in sys.argv[1:])

Fault: TypeAlias = tuple[str, str]
"""Why a body is refused, and the place of the first error: a JSON Pointer, where one is said."""

Judge: TypeAlias = Callable[[str, bytes], Fault | None]
"""Takes the kind of a body and its text; returns the fault, if there is one."""

HOST: Final = "https://api.kaiza.la"
GROUP: Final = "/v1/groups/g/actions"
# Method, path, and the status of an answer.
CALLS: Final[dict[str, tuple[str, str, int]]] = {
    "list-actions.response": ("get", GROUP, 200),
    "post-action.request": ("post", GROUP, 0),
    "post-action.response": ("post", GROUP, 200),
    "get-action.response": ("get", f"{GROUP}/a", 200),
    "respond-to-action.request": ("post", f"{GROUP}/a/responses", 0),
    "respond-to-action.response": ("post", f"{GROUP}/a/responses", 200),
    "error.response": ("get", f"{GROUP}/a", 400),
}


# The stubs do not say what it returns.
best_match = cast(
    "Callable[[Iterable[exceptions.ValidationError]], exceptions.ValidationError | None]",
    exceptions.best_match,  # pyright: ignore[reportUnknownMemberType]
)


def schema_of(kind: str) -> Json:
    return json.loads((WORK / f"{kind}.schema.json").read_text("utf-8"))


def pointer(path: Iterable[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def by_jsonschema() -> Judge:
    validators = {kind: Draft202012Validator(schema_of(kind)) for kind in CALLS}

    def judge(kind: str, text: bytes) -> Fault | None:
        # The stubs leave a parameter open.
        faults = list(validators[kind].iter_errors(json.loads(text)))  # pyright: ignore[reportUnknownMemberType]
        first = best_match(iter(faults))
        if first is None:
            return None
        return "; ".join(error.message for error in faults), pointer(first.absolute_path)

    return judge


def by_jsonschema_rs() -> Judge:
    validators = {kind: jsonschema_rs.Draft202012Validator(schema_of(kind)) for kind in CALLS}

    def judge(kind: str, text: bytes) -> Fault | None:
        faults = list(validators[kind].iter_errors(json.loads(text)))
        if not faults:
            return None
        return "; ".join(error.message for error in faults), pointer(faults[0].instance_path)

    return judge


def by_openapi_core() -> Judge:
    document = OpenAPI.from_file_path(str(SPEC))

    def judge(kind: str, text: bytes) -> Fault | None:
        method, path, status = CALLS[kind]
        request = MockRequest(HOST, method, path, headers={"accessToken": "t"}, data=text, content_type="application/json")
        try:
            if status:
                document.validate_response(request, MockResponse(text, status, content_type="application/json"))
            else:
                document.validate_request(request)
        except OpenAPIError as error:
            return f"{error}: {error.__cause__}", ""
        return None

    return judge


def main() -> None:
    peers = {"jsonschema": by_jsonschema(), "jsonschema-rs": by_jsonschema_rs(), "openapi-core": by_openapi_core()}
    for line in (WORK / "expected.tsv").read_text("utf-8").splitlines():
        body, kind, *_ = line.split("\t")
        text = (EXAMPLES / body).read_bytes().removeprefix(b"\xef\xbb\xbf")
        for peer, judge in peers.items():
            fault = judge(kind, text)
            why, place = fault or ("", "")
            print(peer, body, "refuse" if fault else "accept", " ".join(why.split()), json.dumps(place), sep="\t")


if __name__ == "__main__":
    main()
