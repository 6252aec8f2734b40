# region client
# The package is what openapi-python-client makes.
from generated.openapi_python_client import AuthenticatedClient, models
from generated.openapi_python_client.api.actions import post_action, post_action_response

# endregion
# region client
client = AuthenticatedClient(
    base_url=f"{endpoint}/v1",
    token=access_token,
    auth_header_name="accessToken",
    prefix="",  # the token goes without the word Bearer
)
# endregion
# region NewImage
picture = models.NewMediaBody(
    media_resource="opaque-text-that-uploading-the-picture-returned",
    caption="The new fire door",
)
image = models.NewImage(action_type="Image", action_body=picture)
posted = post_action.sync(group_id, client=client, body=image)
# endregion
# region NewAudio
recording = models.NewMediaBody(
    media_resource="opaque-text-that-uploading-the-recording-returned",
    caption="Briefing of Monday",
)
audio = models.NewAudio(action_type="Audio", action_body=recording)
posted = post_action.sync(group_id, client=client, body=audio)
# endregion
# region NewDocument
file = models.NewMediaBody(
    media_resource="opaque-text-that-uploading-the-document-returned",
    caption="Safety rules",
)
document = models.NewDocument(action_type="Document", action_body=file)
posted = post_action.sync(group_id, client=client, body=document)
# endregion
# region NewJob
task = models.NewJobBody(
    title="Check the fire extinguishers",
    assigned_to=["+911234500001", "+911234500002"],
    due_date=10,
)
job = models.NewJob(action_type="Job", action_body=task)
posted = post_action.sync(group_id, client=client, body=job)
# endregion
# region NewJobResponse
done = models.NewJobResponse(
    action_type="Job",
    action_body=models.NewJobResponseBody(is_completed=True),
)
answered = post_action_response.sync(group_id, action_id, client=client, body=done)
# endregion
# region NewSurvey
questions = models.NewSurveyBody(
    title="How was the training?",
    questions=[models.NewQuestion(title="What did you like best?", type_="Text")],
)
survey = models.NewSurvey(action_type="Survey", action_body=questions)
posted = post_action.sync(group_id, client=client, body=survey)
# endregion
# region NewSurveyResponse
answers = models.NewAnswersBody(answers=["It went well", "Opt1", ["MOpt1", "MOpt2"], 123])
response = models.NewSurveyResponse(action_type="Survey", action_body=answers)
answered = post_action_response.sync(group_id, action_id, client=client, body=response)
# endregion
# region NewLetsMeet
kick_off = models.NewLetsMeetBody(
    title="Kick-off",
    starting_time=datetime.datetime(2018, 1, 1, 9, tzinfo=datetime.UTC),
    duration=45,
)
meeting = models.NewLetsMeet(action_type="LetsMeet", action_body=kick_off)
posted = post_action.sync(group_id, client=client, body=meeting)
# endregion
# region NewPoll
question = models.NewPollBody(
    question="Where shall we eat?",
    choices=[models.NewPollChoice(title="At the office"), models.NewPollChoice(title="Outside")],
)
poll = models.NewPoll(action_type="Poll", action_body=question)
posted = post_action.sync(group_id, client=client, body=poll)
# endregion
# region NewPackage
inspection = models.NewPackageBody(
    title="Inspection of hall 2",
    properties=[models.NewProperty(name="hall", type_="Numeric", value="2")],
)
package = models.NewPackage(id="com.example.inspection.3", action_body=inspection)
posted = post_action.sync(group_id, client=client, body=package)
# endregion
# region NewPackageResponse
checked = models.NewPackageResponse(
    id="com.example.inspection.3",
    action_body=models.NewAnswersBody(answers=["Yes"]),
)
answered = post_action_response.sync(group_id, action_id, client=client, body=checked)
# endregion
