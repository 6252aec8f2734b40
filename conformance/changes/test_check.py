"""Copies of the contract, each with one change, and what is to be said of it."""

import contextlib
import io
import json
import shutil
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import check

DIST = check.HERE.parent.parent / "openapi/dist"
LIST = "/groups/{groupId}/actions"

Edit = Callable[[dict[str, Any]], object]


def schemas(document: dict[str, Any]) -> Any:
    return document["components"]["schemas"]


def members(document: dict[str, Any], name: str) -> Any:
    return schemas(document)[name]["properties"]


def add_type(document: dict[str, Any], name: str, union: str) -> None:
    """A new type, but for its name like the job."""
    like = json.loads(json.dumps(schemas(document)[name.replace("Whiteboard", "Job")]))
    like["properties"]["actionType"]["enum"] = ["Whiteboard"]
    schemas(document)[name] = like
    reference = f"#/components/schemas/{name}"
    schemas(document)[union]["oneOf"].append({"$ref": reference})
    if "discriminator" in schemas(document)[union]:
        schemas(document)[union]["discriminator"]["mapping"]["Whiteboard"] = reference


def rename(document: dict[str, Any], old: str, new: str) -> None:
    renamed = json.loads(json.dumps(document).replace(f"schemas/{old}\"", f"schemas/{new}\""))
    schemas(renamed)[new] = schemas(renamed).pop(old)
    document.update(renamed)


def remove_listed_image(document: dict[str, Any]) -> None:
    union = schemas(document)["ListedAction"]
    union["oneOf"] = [one for one in union["oneOf"] if not one["$ref"].endswith("/ListedImage")]
    del union["discriminator"]["mapping"]["Image"]


def add_required(document: dict[str, Any], name: str) -> None:
    members(document, name)["priority"] = {"type": "string", "description": "How urgent it is.", "example": "high"}
    schemas(document)[name]["required"].append("priority")


NUMBER = {"type": "number", "description": "A number.", "example": 1}

BREAKING: dict[str, tuple[Edit, str]] = {
    "a member of a request is gone": (lambda d: members(d, "JobRequestBody").pop("dueDate"), "request-property-removed"),
    "a member of a request has another name": (
        lambda d: members(d, "JobRequestBody").update(due=members(d, "JobRequestBody").pop("dueDate")),
        "request-property-removed",
    ),
    "a request has a new required member": (lambda d: add_required(d, "JobRequestBody"), "new-required-request-property"),
    "a member of a request is now required": (
        lambda d: schemas(d)["JobRequestBody"]["required"].append("dueDate"),
        "request-property-became-required",
    ),
    "a number of a request is narrower": (lambda d: members(d, "JobRequestBody")["dueDate"].update(maximum=3), "request-property-max"),
    "a text of a request has a pattern": (lambda d: members(d, "JobRequestBody")["title"].update(pattern="^A"), "request-property-pattern-added"),
    "a list of a request must be longer": (
        lambda d: members(d, "JobRequestBody")["assignedTo"].update(minItems=2),
        "request-property-min-items",
    ),
    "a member of a request has another type": (
        lambda d: members(d, "JobRequestBody")["title"].update(type="integer"),
        "request-property-type-changed",
    ),
    "a value of a request is gone": (lambda d: schemas(d)["QuestionType"]["enum"].remove("Date"), "request-property-enum-value-removed"),
    "a type can no longer be posted": (lambda d: schemas(d)["ActionRequest"]["oneOf"].pop(0), "request-body-one-of-removed"),
    "an action is refused by a new `not`": (
        lambda d: schemas(d)["JobRequestBody"].update({"not": {"required": ["dueDate"], "properties": {"dueDate": {}}}}),
        "#/components/schemas/JobRequestBody: `not`",
    ),
    "undeclared members are refused": (
        lambda d: schemas(d)["MeetingPlace"].update(additionalProperties=False),
        "#/components/schemas/MeetingPlace: `additionalProperties`",
    ),
    "an optional member of a response is gone": (
        lambda d: members(d, "ListedJobBody").pop("assigneeCount"),
        "response-optional-property-removed",
    ),
    "a member of a response has another name": (
        lambda d: members(d, "ListedJobBody").update(assignees=members(d, "ListedJobBody").pop("assigneeCount")),
        "response-optional-property-removed",
    ),
    "a member of a response is no longer sure": (
        lambda d: schemas(d)["ListedJobBody"]["required"].remove("title"),
        "response-property-became-optional",
    ),
    "a member of a response has another type": (
        lambda d: members(d, "ListedJobBody")["assigneeCount"].update(type="string"),
        "response-property-type-changed",
    ),
    "a value of a response is new": (
        lambda d: members(d, "ListedJob")["actionType"]["enum"].append("Task"),
        "response-property-enum-value-added",
    ),
    "a type is no longer listed": (remove_listed_image, "response-property-one-of-removed"),
    "a schema has another name": (lambda d: rename(d, "JobRequestBody", "TaskRequestBody"), "api-schema-removed"),
    "a list is no longer open": (
        lambda d: schemas(d)["ListedAction"].pop("x-kaizala-open"),
        "#/components/schemas/ListedAction: `x-kaizala-open`",
    ),
    "details hold to another column": (
        lambda d: members(d, "ActionDetails")["actionType"].update({"x-kaizala-action-type": "post"}),
        "#/components/schemas/ActionDetails/properties/actionType: `x-kaizala-action-type`",
    ),
    "an id can no longer be asked for": (
        lambda d: schemas(d)["ListableActionType"]["enum"].remove("poll"),
        "request-parameter-enum-value-removed",
    ),
    "a parameter is gone": (lambda d: d["paths"][LIST]["get"]["parameters"].pop(), "request-parameter-removed"),
    "a parameter is now required": (
        lambda d: d["components"]["parameters"]["FromDate"].update(required=True),
        "request-parameter-became-required",
    ),
    "an operation is gone": (lambda d: d["paths"][LIST].pop("post"), "api-removed-without-deprecation"),
    "an operation has another name": (lambda d: d["paths"][LIST]["get"].update(operationId="listThem"), "api-operation-id-removed"),
    "a status is gone": (lambda d: d["paths"][LIST]["get"]["responses"].pop("429"), "response-non-success-status-removed"),
    "the token travels elsewhere": (
        lambda d: d["components"]["securitySchemes"]["accessToken"].update(name="Authorization"),
        "api-security-component-api-key-name-changed",
    ),
    "the address is another": (lambda d: d["servers"][0].update(url="https://api.kaiza.la/v2"), "servers"),
}

COMPATIBLE: dict[str, Edit] = {
    "nothing": lambda d: None,
    "another title of a selector": lambda d: schemas(d)["JobRequest"]["not"].update(title="By id"),
    "other words": lambda d: schemas(d)["JobRequestBody"].update(description="In other words."),
    "a new optional member of a request": lambda d: members(d, "JobRequestBody").update(priority=NUMBER),
    "a new member of a response": lambda d: members(d, "ListedJobBody").update(priority=NUMBER),
    "a new sure member of a response": lambda d: add_required(d, "ListedJobBody"),
    "a new value of a request": lambda d: schemas(d)["QuestionType"]["enum"].append("Slider"),
    "a new id": lambda d: schemas(d)["ListableActionType"]["enum"].append("whiteboard"),
    "a new type that can be posted": lambda d: add_type(d, "WhiteboardRequest", "ActionRequest"),
    "a new type that can be listed": lambda d: add_type(d, "ListedWhiteboard", "ListedAction"),
    "a wider number of a request": lambda d: members(d, "JobRequestBody")["dueDate"].pop("minimum"),
    "another source": lambda d: schemas(d)["JobRequestBody"].update({"x-kaizala-source": ["SW"]}),
}

MATRIX: dict[str, tuple[str, str, str]] = {
    "a Yes is a No": ("Image,Yes,Yes", "Image,No,Yes", "matrix: GET of Image was supported"),
    "another Yes is a No": ("Audio,No,Yes", "Audio,No,No", "matrix: POST of Audio was supported"),
    "an id is another": (",poll,", ",quickPoll,", "matrix: the id of Poll was poll"),
    "an id is gone": (",poll,", ",,", "matrix: the id of Poll was poll"),
    "a row is gone": ("Live Location,,LiveLocation,No,No\r\n", "", "matrix: the row of LiveLocation is gone"),
    "a No is a Yes": ("Announcement,No,No", "Announcement,No,Yes", ""),
    "an id is new": ("Announcement,,", "Announcement,announcement,", ""),
    "a label is another": ("Quick Poll,", "Poll,", ""),
    "a row is new": ("Job,job,", "Whiteboard,,Whiteboard,No,No\r\nJob,job,", ""),
}

VERSIONS = {
    ("0.1.0", "0.1.0"): False,
    ("0.1.0", "0.1.9"): False,
    ("0.1.0", "0.2.0"): True,
    ("0.2.0", "0.1.0"): False,
    ("0.9.0", "0.10.0-rc.1"): True,
    ("0.1.0", "1.0.0"): True,
    ("1.2.0", "1.3.0"): False,
    ("1.2.0", "2.0.0"): True,
    ("2.0.0", "1.9.0"): False,
}


class Changes(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ("kaizala-actions.json", "matrix.csv"):
            shutil.copy(DIST / name, self.folder)

    def edit(self, change: Edit) -> None:
        document = check.read(DIST)
        change(document)
        (self.folder / "kaizala-actions.json").write_text(json.dumps(document), encoding="utf-8")

    def test_what_breaks_clients_is_told(self) -> None:
        for name, (change, finding) in BREAKING.items():
            with self.subTest(name):
                self.edit(change)
                broken = check.breaks(DIST, self.folder)
                self.assertTrue(any(line.startswith(finding) for line in broken), broken)

    def test_what_does_not_is_let_pass(self) -> None:
        for name, change in COMPATIBLE.items():
            with self.subTest(name):
                self.edit(change)
                self.assertEqual(check.breaks(DIST, self.folder), [])

    def test_the_matrix(self) -> None:
        published = (DIST / "matrix.csv").read_bytes().decode()
        for name, (before, after, finding) in MATRIX.items():
            with self.subTest(name):
                self.assertEqual(published.count(before), 1)
                (self.folder / "matrix.csv").write_bytes(published.replace(before, after).encode())
                self.assertEqual(list(check.cells(DIST, self.folder)), [finding] if finding else [])

    def test_a_new_alternative_breaks_where_a_union_is_closed(self) -> None:
        self.edit(lambda d: schemas(d)["ListedAction"].pop("x-kaizala-open"))
        closed = Path(self.enterContext(tempfile.TemporaryDirectory()))
        shutil.copytree(self.folder, closed, dirs_exist_ok=True)
        document = check.read(closed)
        add_type(document, "ListedWhiteboard", "ListedAction")
        (self.folder / "kaizala-actions.json").write_text(json.dumps(document), encoding="utf-8")
        self.assertEqual([line.split(":")[0] for line in check.breaks(closed, self.folder)], ["response-property-one-of-added"])

    def test_the_version_admits_it(self) -> None:
        for (old, new), admitted in VERSIONS.items():
            with self.subTest(f"{old} to {new}"):
                versions = [check.version({"info": {"version": version}}) for version in (old, new)]
                self.assertEqual(check.admits(versions[0], versions[1]), admitted)

    def test_exit_codes(self) -> None:
        def change(version: str) -> Edit:
            def both(document: dict[str, Any]) -> None:
                add_required(document, "JobRequestBody")
                document["info"]["version"] = version

            return both

        for version, code in (("0.1.1", 1), ("0.2.0", 0)):
            with self.subTest(version), contextlib.redirect_stdout(io.StringIO()) as said:
                self.edit(change(version))
                old = Path(self.enterContext(tempfile.TemporaryDirectory()))
                shutil.copy(DIST / "matrix.csv", old)
                document = check.read(DIST)
                document["info"]["version"] = "0.1.0"
                (old / "kaizala-actions.json").write_text(json.dumps(document), encoding="utf-8")
                self.assertEqual(check.main(old, self.folder), code)
                self.assertIn("new-required-request-property", said.getvalue())


if __name__ == "__main__":
    unittest.main()
