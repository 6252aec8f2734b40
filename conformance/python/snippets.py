"""How each body is sent with openapi-python-client: what the reference of the contract shows lies between the comments `region`
and `endregion`. Usage: python snippets.py URL TOKEN GROUP
"""

import datetime
import sys

# region client
# The package is what openapi-python-client makes.
from generated.openapi_python_client import AuthenticatedClient, models
from generated.openapi_python_client.api.actions import post_action, post_action_response

# endregion

endpoint, access_token, group_id = sys.argv[1:]

# region client
client = AuthenticatedClient(
    base_url=f"{endpoint}/v1",
    token=access_token,
    auth_header_name="accessToken",
    prefix="",  # the token goes without the word Bearer
)
# endregion


def action_id_of(answer: object) -> str:
    assert isinstance(answer, models.PostedAction), answer
    return answer.action_id or ""


# region NewImage
picture = models.NewMediaBody(
    media_resource="opaque-text-that-uploading-the-picture-returned",
    caption="The new fire door",
)
image = models.NewImage(action_type="Image", action_body=picture)
posted = post_action.sync(group_id, client=client, body=image)
# endregion
action_id_of(posted)

# region NewAudio
recording = models.NewMediaBody(
    media_resource="opaque-text-that-uploading-the-recording-returned",
    caption="Briefing of Monday",
)
audio = models.NewAudio(action_type="Audio", action_body=recording)
posted = post_action.sync(group_id, client=client, body=audio)
# endregion
action_id_of(posted)

# region NewDocument
file = models.NewMediaBody(
    media_resource="opaque-text-that-uploading-the-document-returned",
    caption="Safety rules",
)
document = models.NewDocument(action_type="Document", action_body=file)
posted = post_action.sync(group_id, client=client, body=document)
# endregion
action_id_of(posted)

# region NewJob
task = models.NewJobBody(
    title="Check the fire extinguishers",
    assigned_to=["+911234500001", "+911234500002"],
    due_date=10,
)
job = models.NewJob(action_type="Job", action_body=task)
posted = post_action.sync(group_id, client=client, body=job)
# endregion
action_id = action_id_of(posted)

# region NewJobResponse
done = models.NewJobResponse(
    action_type="Job",
    action_body=models.NewJobResponseBody(is_completed=True),
)
answered = post_action_response.sync(group_id, action_id, client=client, body=done)
# endregion
assert isinstance(answered, models.PostedResponse)

# region NewSurvey
questions = models.NewSurveyBody(
    title="How was the training?",
    questions=[models.NewQuestion(title="What did you like best?", type_="Text")],
)
survey = models.NewSurvey(action_type="Survey", action_body=questions)
posted = post_action.sync(group_id, client=client, body=survey)
# endregion
action_id = action_id_of(posted)

# region NewSurveyResponse
answers = models.NewAnswersBody(answers=["It went well", "Opt1", ["MOpt1", "MOpt2"], 123])
response = models.NewSurveyResponse(action_type="Survey", action_body=answers)
answered = post_action_response.sync(group_id, action_id, client=client, body=response)
# endregion
assert isinstance(answered, models.PostedResponse)

# region NewLetsMeet
kick_off = models.NewLetsMeetBody(
    title="Kick-off",
    starting_time=datetime.datetime(2018, 1, 1, 9, tzinfo=datetime.UTC),
    duration=45,
)
meeting = models.NewLetsMeet(action_type="LetsMeet", action_body=kick_off)
posted = post_action.sync(group_id, client=client, body=meeting)
# endregion
action_id_of(posted)

# region NewPoll
question = models.NewPollBody(
    question="Where shall we eat?",
    choices=[models.NewPollChoice(title="At the office"), models.NewPollChoice(title="Outside")],
)
poll = models.NewPoll(action_type="Poll", action_body=question)
posted = post_action.sync(group_id, client=client, body=poll)
# endregion
action_id_of(posted)

# region NewPackage
inspection = models.NewPackageBody(
    title="Inspection of hall 2",
    properties=[models.NewProperty(name="hall", type_="Numeric", value="2")],
)
package = models.NewPackage(id="com.example.inspection.3", action_body=inspection)
posted = post_action.sync(group_id, client=client, body=package)
# endregion
action_id = action_id_of(posted)

# region NewPackageResponse
checked = models.NewPackageResponse(
    id="com.example.inspection.3",
    action_body=models.NewAnswersBody(answers=["Yes"]),
)
answered = post_action_response.sync(group_id, action_id, client=client, body=checked)
# endregion
assert isinstance(answered, models.PostedResponse)
