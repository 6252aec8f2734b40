// region client
import com.google.gson.JsonSerializer;
// What openapi-generator makes with the library okhttp-gson.
import conformance.client.ApiClient;
import conformance.client.JSON;
import conformance.client.api.AnsweringApi;
import conformance.client.api.PostingApi;
import conformance.client.model.*;
// endregion
// region client
ApiClient client = new ApiClient();
client.setBasePath(endpoint + "/v1");
client.setApiKey(accessToken);
PostingApi posting = new PostingApi(client);
AnsweringApi answering = new AnsweringApi(client);

// The generated code cannot write a list in a union, as in an answer.
JsonSerializer<Answer> written = (answer, type, context) -> context.serialize(answer.getActualInstance());
JSON.setGson(JSON.getGson().newBuilder().registerTypeAdapter(Answer.class, written).create());
// endregion
// region ImageRequest
MediaRequestBody picture = new MediaRequestBody()
    .mediaResource("opaque-text-that-uploading-the-picture-returned")
    .caption("The new fire door");
ImageRequest image = new ImageRequest().actionType(ImageRequest.ActionTypeEnum.IMAGE).actionBody(picture);
PostedAction posted = posting.postAction(group, new ActionRequest(image));
// endregion
// region AudioRequest
MediaRequestBody recording = new MediaRequestBody()
    .mediaResource("opaque-text-that-uploading-the-recording-returned")
    .caption("Briefing of Monday");
AudioRequest audio = new AudioRequest().actionType(AudioRequest.ActionTypeEnum.AUDIO).actionBody(recording);
PostedAction posted = posting.postAction(group, new ActionRequest(audio));
// endregion
// region DocumentRequest
MediaRequestBody file = new MediaRequestBody()
    .mediaResource("opaque-text-that-uploading-the-document-returned")
    .caption("Safety rules");
DocumentRequest document = new DocumentRequest().actionType(DocumentRequest.ActionTypeEnum.DOCUMENT).actionBody(file);
PostedAction posted = posting.postAction(group, new ActionRequest(document));
// endregion
// region JobRequest
JobRequestBody task = new JobRequestBody()
    .title("Check the fire extinguishers")
    .assignedTo(List.of("+911234500001", "+911234500002"))
    .dueDate(10L);
JobRequest job = new JobRequest().actionType(JobRequest.ActionTypeEnum.JOB).actionBody(task);
PostedAction posted = posting.postAction(group, new ActionRequest(job));
// endregion
// region JobResponseRequest
JobResponseRequest done = new JobResponseRequest()
    .actionType(JobResponseRequest.ActionTypeEnum.JOB)
    .actionBody(new JobResponseRequestBody().isCompleted(true));
PostedResponse answered = answering.respondToAction(group, action, new ResponseRequest(done));
// endregion
// region SurveyRequest
SurveyRequestBody questions = new SurveyRequestBody()
    .title("How was the training?")
    .addQuestionsItem(new Question().title("What did you like best?").type(QuestionType.TEXT));
SurveyRequest survey = new SurveyRequest().actionType(SurveyRequest.ActionTypeEnum.SURVEY).actionBody(questions);
PostedAction posted = posting.postAction(group, new ActionRequest(survey));
// endregion
// region SurveyResponseRequest
AnswersRequestBody answers = new AnswersRequestBody()
    .addAnswersItem(new Answer("It went well"))
    .addAnswersItem(new Answer("Opt1"))
    .addAnswersItem(new Answer(List.of("MOpt1", "MOpt2")))
    .addAnswersItem(new Answer(123.0));
SurveyResponseRequest response = new SurveyResponseRequest()
    .actionType(SurveyResponseRequest.ActionTypeEnum.SURVEY)
    .actionBody(answers);
PostedResponse answered = answering.respondToAction(group, action, new ResponseRequest(response));
// endregion
// region LetsMeetRequest
LetsMeetRequestBody kickOff = new LetsMeetRequestBody()
    .title("Kick-off")
    .startingTime(OffsetDateTime.parse("2018-01-01T09:00:00Z"))
    .duration(45);
LetsMeetRequest meeting = new LetsMeetRequest().actionType(LetsMeetRequest.ActionTypeEnum.LETS_MEET).actionBody(kickOff);
PostedAction posted = posting.postAction(group, new ActionRequest(meeting));
// endregion
// region PollRequest
PollRequestBody question = new PollRequestBody()
    .question("Where shall we eat?")
    .addChoicesItem(new PollChoice().title("At the office"))
    .addChoicesItem(new PollChoice().title("Outside"));
PollRequest poll = new PollRequest().actionType(PollRequest.ActionTypeEnum.POLL).actionBody(question);
PostedAction posted = posting.postAction(group, new ActionRequest(poll));
// endregion
// region PackageRequest
PackageRequestBody inspection = new PackageRequestBody()
    .title("Inspection of hall 2")
    .addPropertiesItem(new PackageProperty().name("hall").type(new PropertyType(PropertyTypeName.NUMERIC)).value("2"));
PackageRequest action = new PackageRequest().id("com.example.inspection.3").actionBody(inspection);
PostedAction posted = posting.postAction(group, new ActionRequest(action));
// endregion
// region PackageResponseRequest
AnswersRequestBody answers = new AnswersRequestBody().addAnswersItem(new Answer("Yes"));
PackageResponseRequest response = new PackageResponseRequest().id("com.example.inspection.3").actionBody(answers);
PostedResponse answered = answering.respondToAction(group, action, new ResponseRequest(response));
// endregion
