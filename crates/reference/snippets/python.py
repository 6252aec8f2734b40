# region client
# The package is what openapi-python-client makes.
from generated.openapi_python_client import AuthenticatedClient, models
from generated.openapi_python_client.api.answering import respond_to_action
from generated.openapi_python_client.api.posting import post_action

# endregion
# region client
client = AuthenticatedClient(
    base_url=f"{endpoint}/v1",
    token=access_token,
    auth_header_name="accessToken",
    prefix="",  # the token goes without the word Bearer
)
# endregion
# region ImageRequest
picture = models.MediaRequestBody(
    media_resource="opaque-text-that-uploading-the-picture-returned",
    caption="The new fire door",
)
image = models.ImageRequest(action_type="Image", action_body=picture)
posted = post_action.sync(group_id, client=client, body=image)
# endregion
# region AudioRequest
recording = models.MediaRequestBody(
    media_resource="opaque-text-that-uploading-the-recording-returned",
    caption="Briefing of Monday",
)
audio = models.AudioRequest(action_type="Audio", action_body=recording)
posted = post_action.sync(group_id, client=client, body=audio)
# endregion
# region DocumentRequest
file = models.MediaRequestBody(
    media_resource="opaque-text-that-uploading-the-document-returned",
    caption="Safety rules",
)
document = models.DocumentRequest(action_type="Document", action_body=file)
posted = post_action.sync(group_id, client=client, body=document)
# endregion
# region JobRequest
task = models.JobRequestBody(
    title="Check the fire extinguishers",
    assigned_to=["+911234500001", "+911234500002"],
    due_date=10,
)
job = models.JobRequest(action_type="Job", action_body=task)
posted = post_action.sync(group_id, client=client, body=job)
# endregion
# region JobResponseRequest
done = models.JobResponseRequest(
    action_type="Job",
    action_body=models.JobResponseRequestBody(is_completed=True),
)
answered = respond_to_action.sync(group_id, action_id, client=client, body=done)
# endregion
# region SurveyRequest
questions = models.SurveyRequestBody(
    title="How was the training?",
    questions=[models.Question(title="What did you like best?", type_="Text")],
)
survey = models.SurveyRequest(action_type="Survey", action_body=questions)
posted = post_action.sync(group_id, client=client, body=survey)
# endregion
# region SurveyResponseRequest
answers = models.AnswersRequestBody(answers=["It went well", "Opt1", ["MOpt1", "MOpt2"], 123])
response = models.SurveyResponseRequest(action_type="Survey", action_body=answers)
answered = respond_to_action.sync(group_id, action_id, client=client, body=response)
# endregion
# region LetsMeetRequest
kick_off = models.LetsMeetRequestBody(
    title="Kick-off",
    starting_time=datetime.datetime(2018, 1, 1, 9, tzinfo=datetime.UTC),
    duration=45,
)
meeting = models.LetsMeetRequest(action_type="LetsMeet", action_body=kick_off)
posted = post_action.sync(group_id, client=client, body=meeting)
# endregion
# region PollRequest
question = models.PollRequestBody(
    question="Where shall we eat?",
    choices=[models.PollChoice(title="At the office"), models.PollChoice(title="Outside")],
)
poll = models.PollRequest(action_type="Poll", action_body=question)
posted = post_action.sync(group_id, client=client, body=poll)
# endregion
# region PackageRequest
inspection = models.PackageRequestBody(
    title="Inspection of hall 2",
    properties=[models.PackageProperty(name="hall", type_="Numeric", value="2")],
)
package = models.PackageRequest(id="com.example.inspection.3", action_body=inspection)
posted = post_action.sync(group_id, client=client, body=package)
# endregion
# region PackageResponseRequest
checked = models.PackageResponseRequest(
    id="com.example.inspection.3",
    action_body=models.AnswersRequestBody(answers=["Yes"]),
)
answered = respond_to_action.sync(group_id, action_id, client=client, body=checked)
# endregion
