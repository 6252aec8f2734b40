// region client
import com.google.gson.JsonSerializer;
// What openapi-generator makes with the library okhttp-gson.
import conformance.client.ApiClient;
import conformance.client.JSON;
import conformance.client.api.ActionsApi;
import conformance.client.model.*;
// endregion
// region client
ApiClient client = new ApiClient();
client.setBasePath(endpoint + "/v1");
client.setApiKey(accessToken);
ActionsApi api = new ActionsApi(client);

// The generated code cannot write a list in a union, as in an answer.
JsonSerializer<Answer> written = (answer, type, context) -> context.serialize(answer.getActualInstance());
JSON.setGson(JSON.getGson().newBuilder().registerTypeAdapter(Answer.class, written).create());
// endregion
// region NewImage
NewMediaBody picture = new NewMediaBody()
    .mediaResource("opaque-text-that-uploading-the-picture-returned")
    .caption("The new fire door");
NewImage image = new NewImage().actionType(NewImage.ActionTypeEnum.IMAGE).actionBody(picture);
PostedAction posted = api.postAction(group, new NewAction(image));
// endregion
// region NewAudio
NewMediaBody recording = new NewMediaBody()
    .mediaResource("opaque-text-that-uploading-the-recording-returned")
    .caption("Briefing of Monday");
NewAudio audio = new NewAudio().actionType(NewAudio.ActionTypeEnum.AUDIO).actionBody(recording);
PostedAction posted = api.postAction(group, new NewAction(audio));
// endregion
// region NewDocument
NewMediaBody file = new NewMediaBody()
    .mediaResource("opaque-text-that-uploading-the-document-returned")
    .caption("Safety rules");
NewDocument document = new NewDocument().actionType(NewDocument.ActionTypeEnum.DOCUMENT).actionBody(file);
PostedAction posted = api.postAction(group, new NewAction(document));
// endregion
// region NewJob
NewJobBody task = new NewJobBody()
    .title("Check the fire extinguishers")
    .assignedTo(List.of("+911234500001", "+911234500002"))
    .dueDate(10L);
NewJob job = new NewJob().actionType(NewJob.ActionTypeEnum.JOB).actionBody(task);
PostedAction posted = api.postAction(group, new NewAction(job));
// endregion
// region NewJobResponse
NewJobResponse done = new NewJobResponse()
    .actionType(NewJobResponse.ActionTypeEnum.JOB)
    .actionBody(new NewJobResponseBody().isCompleted(true));
PostedResponse answered = api.postActionResponse(group, action, new NewResponse(done));
// endregion
// region NewSurvey
NewSurveyBody questions = new NewSurveyBody()
    .title("How was the training?")
    .addQuestionsItem(new NewQuestion().title("What did you like best?").type(QuestionType.TEXT));
NewSurvey survey = new NewSurvey().actionType(NewSurvey.ActionTypeEnum.SURVEY).actionBody(questions);
PostedAction posted = api.postAction(group, new NewAction(survey));
// endregion
// region NewSurveyResponse
NewAnswersBody answers = new NewAnswersBody()
    .addAnswersItem(new Answer("It went well"))
    .addAnswersItem(new Answer("Opt1"))
    .addAnswersItem(new Answer(List.of("MOpt1", "MOpt2")))
    .addAnswersItem(new Answer(123.0));
NewSurveyResponse response = new NewSurveyResponse()
    .actionType(NewSurveyResponse.ActionTypeEnum.SURVEY)
    .actionBody(answers);
PostedResponse answered = api.postActionResponse(group, action, new NewResponse(response));
// endregion
// region NewLetsMeet
NewLetsMeetBody kickOff = new NewLetsMeetBody()
    .title("Kick-off")
    .startingTime(OffsetDateTime.parse("2018-01-01T09:00:00Z"))
    .duration(45);
NewLetsMeet meeting = new NewLetsMeet().actionType(NewLetsMeet.ActionTypeEnum.LETS_MEET).actionBody(kickOff);
PostedAction posted = api.postAction(group, new NewAction(meeting));
// endregion
// region NewPoll
NewPollBody question = new NewPollBody()
    .question("Where shall we eat?")
    .addChoicesItem(new NewPollChoice().title("At the office"))
    .addChoicesItem(new NewPollChoice().title("Outside"));
NewPoll poll = new NewPoll().actionType(NewPoll.ActionTypeEnum.POLL).actionBody(question);
PostedAction posted = api.postAction(group, new NewAction(poll));
// endregion
// region NewPackage
NewPackageBody inspection = new NewPackageBody()
    .title("Inspection of hall 2")
    .addPropertiesItem(new NewProperty().name("hall").type(new PropertyType(PropertyTypeName.NUMERIC)).value("2"));
NewPackage action = new NewPackage().id("com.example.inspection.3").actionBody(inspection);
PostedAction posted = api.postAction(group, new NewAction(action));
// endregion
// region NewPackageResponse
NewAnswersBody answers = new NewAnswersBody().addAnswersItem(new Answer("Yes"));
NewPackageResponse response = new NewPackageResponse().id("com.example.inspection.3").actionBody(answers);
PostedResponse answered = api.postActionResponse(group, action, new NewResponse(response));
// endregion
