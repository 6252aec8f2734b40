package conformance;

// region client
import com.google.gson.JsonSerializer;
// What openapi-generator makes with the library okhttp-gson.
import conformance.client.ApiClient;
import conformance.client.JSON;
import conformance.client.api.AnsweringApi;
import conformance.client.api.PostingApi;
import conformance.client.model.*;
// endregion
import java.time.OffsetDateTime;
import java.util.List;

/**
 * How each body is sent with openapi-generator's library okhttp-gson: what the reference of the contract shows lies between the
 * comments {@code region} and {@code endregion}. Arguments: URL TOKEN GROUP.
 */
final class Snippets {
    private final PostingApi posting;
    private final AnsweringApi answering;
    private final String group;

    private Snippets(PostingApi posting, AnsweringApi answering, String group) {
        this.posting = posting;
        this.answering = answering;
        this.group = group;
    }

    public static void main(String[] arguments) throws Exception {
        String endpoint = arguments[0];
        String accessToken = arguments[1];
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
        new Snippets(posting, answering, arguments[2]).run();
    }

    private void run() throws Exception {
        image();
        audio();
        document();
        answerJob(job().getActionId());
        answerSurvey(survey().getActionId());
        meeting();
        poll();
        answerPackage(inspection().getActionId());
    }

    private void image() throws Exception {
        // region ImageRequest
        MediaRequestBody picture = new MediaRequestBody()
            .mediaResource("opaque-text-that-uploading-the-picture-returned")
            .caption("The new fire door");
        ImageRequest image = new ImageRequest().actionType(ImageRequest.ActionTypeEnum.IMAGE).actionBody(picture);
        PostedAction posted = posting.postAction(group, new ActionRequest(image));
        // endregion
        posted.getReferenceId();
    }

    private void audio() throws Exception {
        // region AudioRequest
        MediaRequestBody recording = new MediaRequestBody()
            .mediaResource("opaque-text-that-uploading-the-recording-returned")
            .caption("Briefing of Monday");
        AudioRequest audio = new AudioRequest().actionType(AudioRequest.ActionTypeEnum.AUDIO).actionBody(recording);
        PostedAction posted = posting.postAction(group, new ActionRequest(audio));
        // endregion
        posted.getReferenceId();
    }

    private void document() throws Exception {
        // region DocumentRequest
        MediaRequestBody file = new MediaRequestBody()
            .mediaResource("opaque-text-that-uploading-the-document-returned")
            .caption("Safety rules");
        DocumentRequest document = new DocumentRequest().actionType(DocumentRequest.ActionTypeEnum.DOCUMENT).actionBody(file);
        PostedAction posted = posting.postAction(group, new ActionRequest(document));
        // endregion
        posted.getReferenceId();
    }

    private PostedAction job() throws Exception {
        // region JobRequest
        JobRequestBody task = new JobRequestBody()
            .title("Check the fire extinguishers")
            .assignedTo(List.of("+911234500001", "+911234500002"))
            .dueDate(10L);
        JobRequest job = new JobRequest().actionType(JobRequest.ActionTypeEnum.JOB).actionBody(task);
        PostedAction posted = posting.postAction(group, new ActionRequest(job));
        // endregion
        return posted;
    }

    private void answerJob(String action) throws Exception {
        // region JobResponseRequest
        JobResponseRequest done = new JobResponseRequest()
            .actionType(JobResponseRequest.ActionTypeEnum.JOB)
            .actionBody(new JobResponseRequestBody().isCompleted(true));
        PostedResponse answered = answering.respondToAction(group, action, new ResponseRequest(done));
        // endregion
        answered.getResponseId();
    }

    private PostedAction survey() throws Exception {
        // region SurveyRequest
        SurveyRequestBody questions = new SurveyRequestBody()
            .title("How was the training?")
            .addQuestionsItem(new Question().title("What did you like best?").type(QuestionType.TEXT));
        SurveyRequest survey = new SurveyRequest().actionType(SurveyRequest.ActionTypeEnum.SURVEY).actionBody(questions);
        PostedAction posted = posting.postAction(group, new ActionRequest(survey));
        // endregion
        return posted;
    }

    private void answerSurvey(String action) throws Exception {
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
        answered.getResponseId();
    }

    private void meeting() throws Exception {
        // region LetsMeetRequest
        LetsMeetRequestBody kickOff = new LetsMeetRequestBody()
            .title("Kick-off")
            .startingTime(OffsetDateTime.parse("2018-01-01T09:00:00Z"))
            .duration(45);
        LetsMeetRequest meeting = new LetsMeetRequest().actionType(LetsMeetRequest.ActionTypeEnum.LETS_MEET).actionBody(kickOff);
        PostedAction posted = posting.postAction(group, new ActionRequest(meeting));
        // endregion
        posted.getReferenceId();
    }

    private void poll() throws Exception {
        // region PollRequest
        PollRequestBody question = new PollRequestBody()
            .question("Where shall we eat?")
            .addChoicesItem(new PollChoice().title("At the office"))
            .addChoicesItem(new PollChoice().title("Outside"));
        PollRequest poll = new PollRequest().actionType(PollRequest.ActionTypeEnum.POLL).actionBody(question);
        PostedAction posted = posting.postAction(group, new ActionRequest(poll));
        // endregion
        posted.getReferenceId();
    }

    private PostedAction inspection() throws Exception {
        // region PackageRequest
        PackageRequestBody inspection = new PackageRequestBody()
            .title("Inspection of hall 2")
            .addPropertiesItem(new PackageProperty().name("hall").type(new PropertyType(PropertyTypeName.NUMERIC)).value("2"));
        PackageRequest action = new PackageRequest().id("com.example.inspection.3").actionBody(inspection);
        PostedAction posted = posting.postAction(group, new ActionRequest(action));
        // endregion
        return posted;
    }

    private void answerPackage(String action) throws Exception {
        // region PackageResponseRequest
        AnswersRequestBody answers = new AnswersRequestBody().addAnswersItem(new Answer("Yes"));
        PackageResponseRequest response = new PackageResponseRequest().id("com.example.inspection.3").actionBody(answers);
        PostedResponse answered = answering.respondToAction(group, action, new ResponseRequest(response));
        // endregion
        answered.getResponseId();
    }
}
