package conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import conformance.Scenario.Call;
import conformance.Scenario.Outcome;
import conformance.jersey.ApiClient;
import conformance.jersey.ApiException;
import conformance.jersey.ApiResponse;
import conformance.jersey.JSON;
import conformance.jersey.api.AnsweringApi;
import conformance.jersey.api.ListingApi;
import conformance.jersey.api.PostingApi;
import conformance.jersey.model.ActionList;
import conformance.jersey.model.ActionRequest;
import conformance.jersey.model.Answer;
import conformance.jersey.model.AnswerLocation;
import conformance.jersey.model.AudioRequest;
import conformance.jersey.model.DocumentRequest;
import conformance.jersey.model.ImageRequest;
import conformance.jersey.model.JobRequest;
import conformance.jersey.model.JobResponseRequest;
import conformance.jersey.model.LetsMeetRequest;
import conformance.jersey.model.ListableActionType;
import conformance.jersey.model.ListedAction;
import conformance.jersey.model.ListedImage;
import conformance.jersey.model.ListedJob;
import conformance.jersey.model.ListedLetsMeet;
import conformance.jersey.model.ListedPhotoWithLocation;
import conformance.jersey.model.ListedPoll;
import conformance.jersey.model.ListedPollChoice;
import conformance.jersey.model.ListedShareLocation;
import conformance.jersey.model.ListedSurvey;
import conformance.jersey.model.PackageRequest;
import conformance.jersey.model.PackageResponseRequest;
import conformance.jersey.model.PollRequest;
import conformance.jersey.model.ResponseRequest;
import conformance.jersey.model.ServiceError;
import conformance.jersey.model.SurveyRequest;
import conformance.jersey.model.SurveyResponseRequest;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.glassfish.jersey.client.ClientProperties;

/** The scenario by the client of openapi-generator with the library jersey3. */
final class Jersey3 {
    private static final Map<String, Class<?>> POSTED = Map.of(
        "Image", ImageRequest.class, "Audio", AudioRequest.class, "Document", DocumentRequest.class, "Job", JobRequest.class,
        "Survey", SurveyRequest.class, "LetsMeet", LetsMeetRequest.class, "Poll", PollRequest.class);
    private static final Map<String, Class<?>> ANSWERED =
        Map.of("Job", JobResponseRequest.class, "Survey", SurveyResponseRequest.class);

    // The union's own reader takes no whole number for a `Double`.
    private final ObjectMapper mapper = JSON.getDefault().getMapper().addMixIn(Answer.class, ReadAnswer.class);
    private final Client connection;
    private final ListingApi listing;
    private final PostingApi posting;
    private final AnsweringApi answering;
    private final String base;
    private final String token;
    /** The last answer as it came. */
    private ClientResponseContext last;
    private byte[] text;

    private Jersey3(String url, String token) {
        base = url + "/v1";
        this.token = token;
        ApiClient client = new ApiClient();
        client.setBasePath(base);
        client.setApiKey(token);
        // A 308 names a new base and not the whole address, so it must not be followed (D-27).
        client.getHttpClient().property(ClientProperties.FOLLOW_REDIRECTS, false);
        connection = client.getHttpClient().register((ClientResponseFilter) (request, response) -> {
            last = response;
            text = response.hasEntity() ? response.getEntityStream().readAllBytes() : new byte[0];
            response.setEntityStream(new ByteArrayInputStream(text));
        });
        listing = new ListingApi(client);
        posting = new PostingApi(client);
        answering = new AnsweringApi(client);
    }

    public static void main(String[] arguments) throws Exception {
        Scenario scenario = new Scenario(arguments[0], Path.of(arguments[1]));
        scenario.run(new Jersey3(arguments[0], scenario.token())::perform);
    }

    private Outcome perform(Call call) throws IOException {
        if (call.untyped()) {
            return untyped(call);
        }
        try {
            return switch (call.operation()) {
                case "listActions" -> list(call);
                case "postAction" -> outcome(posting.postActionWithHttpInfo(call.group(), action(call.body())));
                case "getAction" -> {
                    JsonElement getDetails = call.query().get("getDetails");
                    Boolean withResponses = getDetails == null ? null : getDetails.getAsBoolean();
                    yield outcome(listing.getActionWithHttpInfo(call.group(), call.action(), withResponses));
                }
                case "respondToAction" -> outcome(answering.respondToActionWithHttpInfo(call.group(), call.action(), response(call.body())));
                default -> throw new IllegalArgumentException(call.operation());
            };
        } catch (ApiException refused) {
            String body = refused.getResponseBody();
            JsonElement error = body == null || body.isEmpty() ? null : tree(mapper.readValue(body, ServiceError.class));
            return new Outcome(refused.getCode(), refused.getResponseHeaders(), error, List.of());
        }
    }

    @JsonDeserialize(using = AnswerReader.class)
    private interface ReadAnswer {}

    /** Chooses by the kind of JSON, as the contract does. */
    static final class AnswerReader extends JsonDeserializer<Answer> {
        @Override
        public Answer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Answer answer = new Answer();
            JsonNode value = parser.readValueAsTree();
            if (value.isTextual()) {
                answer.setActualInstance(value.textValue());
            } else if (value.isNumber()) {
                answer.setActualInstance(value.doubleValue());
            } else if (value.isArray()) {
                List<String> texts = new ArrayList<>();
                value.forEach(text -> texts.add(text.textValue()));
                answer.setActualInstance(texts);
            } else {
                answer.setActualInstance(parser.getCodec().treeToValue(value, AnswerLocation.class));
            }
            return answer;
        }
    }

    /** The class is chosen by the tag: the union's own reader takes a package for every other type too, and then refuses both. */
    private ActionRequest action(JsonObject body) throws JsonProcessingException {
        ActionRequest action = new ActionRequest();
        action.setActualInstance(mapper.readValue(body.toString(), typeOf(body, POSTED, PackageRequest.class)));
        return action;
    }

    private ResponseRequest response(JsonObject body) throws JsonProcessingException {
        ResponseRequest response = new ResponseRequest();
        response.setActualInstance(mapper.readValue(body.toString(), typeOf(body, ANSWERED, PackageResponseRequest.class)));
        return response;
    }

    private static Class<?> typeOf(JsonObject body, Map<String, Class<?>> types, Class<?> otherwise) {
        return body.has("actionType") ? types.get(body.get("actionType").getAsString()) : otherwise;
    }

    private Outcome list(Call call) throws ApiException, IOException {
        ListableActionType type = ListableActionType.fromValue(call.query().get("actionType").getAsString());
        Long fromDate = call.query().has("fromDate") ? Long.valueOf(call.query().get("fromDate").getAsLong()) : null;
        Integer count = call.query().has("count") ? Integer.valueOf(call.query().get("count").getAsInt()) : null;
        try {
            ApiResponse<ActionList> answer = listing.listActionsWithHttpInfo(call.group(), type, fromDate, count);
            List<String> listed = answer.getData().getActions().stream().map(Jersey3::inWords).toList();
            return new Outcome(answer.getStatusCode(), answer.getHeaders(), tree(answer.getData()), listed);
        } catch (ProcessingException unknown) {
            return itemwise();
        }
    }

    /** The whole list fails for one action of a type that the client does not know (D-30), so here its items are read one by one. */
    private Outcome itemwise() throws IOException {
        JsonNode list = mapper.readTree(text);
        List<String> listed = new ArrayList<>();
        for (JsonNode item : list.get("actions")) {
            try {
                listed.add(inWords(mapper.treeToValue(item, ListedAction.class)));
            } catch (IOException | IllegalArgumentException unknown) {
                listed.add("unknown type " + item.get("actionType").textValue());
            }
        }
        return new Outcome(last.getStatus(), last.getHeaders(), tree(list), listed);
    }

    /** Narrows by class, which the tag has chosen. */
    private static String inWords(ListedAction listed) {
        Object action = listed.getActualInstance();
        if (action instanceof ListedImage image) {
            return "Image at " + image.getActionBody().getImageUrl();
        } else if (action instanceof ListedJob job) {
            var body = job.getActionBody();
            return "Job " + body.getTitle() + ": " + body.getResponseCount() + " of " + body.getAssigneeCount();
        } else if (action instanceof ListedSurvey survey) {
            return "Survey " + survey.getActionBody().getTitle() + ": " + survey.getActionBody().getResponseCount();
        } else if (action instanceof ListedPhotoWithLocation photo) {
            var body = photo.getActionBody();
            return "PhotoWithLocation " + body.getImageUrl() + " at " + body.getLatitude() + ", " + body.getLongitude();
        } else if (action instanceof ListedLetsMeet meeting) {
            return "LetsMeet " + meeting.getActionBody().getTitle() + " at " + meeting.getActionBody().getPlace().getName();
        } else if (action instanceof ListedPoll poll) {
            var choices = poll.getActionBody().getChoices();
            String titles = choices.stream().map(ListedPollChoice::getTitle).collect(Collectors.joining(", "));
            return "Poll " + poll.getActionBody().getQuestion() + ": " + titles;
        } else if (action instanceof ListedShareLocation location) {
            return "ShareLocation at " + location.getActionBody().getLatitude() + ", " + location.getActionBody().getLongitude();
        }
        throw new IllegalArgumentException(String.valueOf(action));
    }

    private Outcome outcome(ApiResponse<?> answer) throws JsonProcessingException {
        return new Outcome(answer.getStatusCode(), answer.getHeaders(), tree(answer.getData()), List.of());
    }

    /** As the client's own types write it. */
    private JsonElement tree(Object value) throws JsonProcessingException {
        return com.google.gson.JsonParser.parseString(mapper.writeValueAsString(value));
    }

    /** By the client's connection, around its types. */
    private Outcome untyped(Call call) throws IOException {
        WebTarget target = connection.target(base).path("groups").path(call.group()).path("actions");
        for (Map.Entry<String, JsonElement> parameter : call.query().asMap().entrySet()) {
            target = target.queryParam(parameter.getKey(), parameter.getValue().getAsString());
        }
        var request = target.request().header("accessToken", token);
        try (Response answer = call.body() == null ? request.get() : request.post(Entity.json(call.body().toString()))) {
            JsonElement body = tree(mapper.readValue(answer.readEntity(String.class), ServiceError.class));
            return new Outcome(answer.getStatus(), answer.getStringHeaders(), body, List.of());
        }
    }
}
