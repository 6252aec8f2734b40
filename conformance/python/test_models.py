"""What the generated pydantic models must do: choose the right class, say where a fault is, take every valid body."""

import json
import unittest
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from generated import kaizala_actions as api

VALID: Final = Path(__file__).parents[2] / "openapi" / "examples" / "valid"

MODELS: Final[dict[str, type[BaseModel]]] = {
    "list-actions.response": api.ActionList,
    "post-action.request": api.ActionRequest,
    "post-action.response": api.PostedAction,
    "get-action.response": api.ActionDetails,
    "respond-to-action.request": api.ResponseRequest,
    "respond-to-action.response": api.PostedResponse,
    "error.response": api.ServiceError,
}


def listed(action_type: str, body: dict[str, object]) -> api.ListedAction:
    return api.ListedAction.model_validate({"referenceId": "r", "actionType": action_type, "actionBody": body})


def refused(action_type: str, body: dict[str, object]) -> tuple[str, tuple[int | str, ...]]:
    """The kind and the place of the one fault."""
    try:
        listed(action_type, body)
    except ValidationError as error:
        [fault] = error.errors()
        return fault["type"], fault["loc"]
    raise AssertionError(f"{action_type} {body} was taken")


def kind_of(action: api.ListedAction) -> str:
    """Narrows by class; pyright and mypy see the members of each."""
    match action.root:
        case api.ListedJob() as job:
            return f"job {job.actionBody.actionId}"
        case api.ListedPoll() as poll:
            return f"poll {poll.actionBody.question}"
        case other:
            return other.actionType


class ListedAction(unittest.TestCase):
    def test_the_tag_chooses_the_class(self) -> None:
        job = listed("Job", {"actionId": "a", "title": "t"})
        self.assertIsInstance(job.root, api.ListedJob)
        self.assertEqual(kind_of(job), "job a")
        survey = listed("Survey", {"actionId": "a", "title": "t"})
        self.assertIsInstance(survey.root, api.ListedSurvey)
        self.assertEqual(kind_of(survey), "Survey")

    def test_a_malformed_known_type_is_one_fault_with_its_place(self) -> None:
        self.assertEqual(refused("Job", {"actionId": "a"}), ("missing", ("Job", "actionBody", "title")))
        place = ("Image", "actionBody", "imageUrl")
        self.assertEqual(refused("Image", {"imageUrl": 1}), ("string_type", place))

    def test_another_type_is_one_fault_of_the_tag(self) -> None:
        self.assertEqual(refused("Audio", {}), ("union_tag_invalid", ()))


class Requests(unittest.TestCase):
    def test_an_action_with_id_is_a_package(self) -> None:
        action = api.ActionRequest.model_validate({"id": "com.example.inspection.3", "actionBody": {}})
        self.assertIsInstance(action.root, api.PackageRequest)

    def test_an_action_with_a_type_is_of_that_type(self) -> None:
        body = {"title": "t", "assignedTo": ["+911234500001"]}
        action = api.ActionRequest.model_validate({"actionType": "Job", "actionBody": body})
        self.assertIsInstance(action.root, api.JobRequest)

    def test_an_answer_keeps_its_kind(self) -> None:
        values: list[object] = ["text", 1.5, ["a", "b"], {"lt": 1.0, "lg": 2.0, "n": "here"}]
        answers = api.AnswersRequestBody.model_validate({"Answers": values})
        self.assertEqual(answers.model_dump(exclude_none=True)["Answers"], values)


class ValidExamples(unittest.TestCase):
    def test_every_valid_body_is_taken(self) -> None:
        bodies = sorted(VALID.glob("*/*.json"))
        self.assertTrue(bodies, f"no bodies in {VALID}")
        for path in bodies:
            with self.subTest(body=str(path.relative_to(VALID))):
                model = MODELS[path.parent.name]
                taken = model.model_validate_json(path.read_bytes())
                written = json.loads(taken.model_dump_json(exclude_none=True))
                self.assertEqual(model.model_validate(written), taken)


if __name__ == "__main__":
    unittest.main()
