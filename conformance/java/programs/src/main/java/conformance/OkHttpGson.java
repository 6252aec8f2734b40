package conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSerializer;
import conformance.Scenario.Call;
import conformance.Scenario.Outcome;
import conformance.client.ApiClient;
import conformance.client.ApiException;
import conformance.client.ApiResponse;
import conformance.client.JSON;
import conformance.client.api.AnsweringApi;
import conformance.client.api.ListingApi;
import conformance.client.api.PostingApi;
import conformance.client.model.ActionList;
import conformance.client.model.Answer;
import conformance.client.model.ListableActionType;
import conformance.client.model.ListedAction;
import conformance.client.model.ListedImage;
import conformance.client.model.ListedJob;
import conformance.client.model.ListedLetsMeet;
import conformance.client.model.ListedPhotoWithLocation;
import conformance.client.model.ListedPoll;
import conformance.client.model.ListedPollChoice;
import conformance.client.model.ListedShareLocation;
import conformance.client.model.ListedSurvey;
import conformance.client.model.ActionRequest;
import conformance.client.model.ResponseRequest;
import conformance.client.model.ServiceError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The scenario by the client of openapi-generator with the library okhttp-gson. */
final class OkHttpGson {
    private final ApiClient connection;
    private final ListingApi listing;
    private final PostingApi posting;
    private final AnsweringApi answering;
    private final String url;
    private final String token;

    private OkHttpGson(String url, String token) {
        this.url = url;
        this.token = token;
        // A 308 names a new base and not the whole address, so it must not be followed (D-27), as OkHttp would.
        connection = new ApiClient(new OkHttpClient.Builder().followRedirects(false).build());
        connection.setBasePath(url + "/v1");
        connection.setApiKey(token);
        listing = new ListingApi(connection);
        posting = new PostingApi(connection);
        answering = new AnsweringApi(connection);
        // The generated code takes a list among the alternatives of a union for a primitive, and throws when it writes one.
        JsonSerializer<Answer> written = (answer, type, context) -> context.serialize(answer.getActualInstance());
        JSON.setGson(JSON.getGson().newBuilder().registerTypeAdapter(Answer.class, written).create());
    }

    public static void main(String[] arguments) throws Exception {
        Scenario scenario = new Scenario(arguments[0], Path.of(arguments[1]));
        scenario.run(new OkHttpGson(arguments[0], scenario.token())::perform);
    }

    private Outcome perform(Call call) throws Exception {
        if (call.untyped()) {
            return untyped(call);
        }
        try {
            return switch (call.operation()) {
                case "listActions" -> list(call);
                case "postAction" -> outcome(posting.postActionWithHttpInfo(call.group(), ActionRequest.fromJson(call.body().toString())));
                case "getAction" -> {
                    JsonElement getDetails = call.query().get("getDetails");
                    Boolean withResponses = getDetails == null ? null : getDetails.getAsBoolean();
                    yield outcome(listing.getActionWithHttpInfo(call.group(), call.action(), withResponses));
                }
                case "respondToAction" -> outcome(
                    answering.respondToActionWithHttpInfo(call.group(), call.action(), ResponseRequest.fromJson(call.body().toString())));
                default -> throw new IllegalArgumentException(call.operation());
            };
        } catch (ApiException refused) {
            String body = refused.getResponseBody();
            JsonElement error = body == null || body.isEmpty() ? null : tree(ServiceError.fromJson(body));
            return new Outcome(refused.getCode(), refused.getResponseHeaders(), error, List.of());
        }
    }

    private Outcome list(Call call) throws ApiException, IOException {
        ListableActionType type = ListableActionType.fromValue(call.query().get("actionType").getAsString());
        Long fromDate = call.query().has("fromDate") ? Long.valueOf(call.query().get("fromDate").getAsLong()) : null;
        Integer count = call.query().has("count") ? Integer.valueOf(call.query().get("count").getAsInt()) : null;
        // The whole list would fail for one action of a type that the client does not know (D-30), so its items are decoded
        // one by one here.
        try (Response response = listing.listActionsCall(call.group(), type, fromDate, count, null).execute()) {
            String body = response.body().string();
            if (!response.isSuccessful()) {
                throw new ApiException(response.message(), response.code(), response.headers().toMultimap(), body);
            }
            JsonObject list = JsonParser.parseString(body).getAsJsonObject();
            List<String> listed = new ArrayList<>();
            boolean allKnown = true;
            for (JsonElement item : list.getAsJsonArray("actions")) {
                String tag = item.getAsJsonObject().get("actionType").getAsString();
                boolean isKnown = KNOWN.contains(tag);
                allKnown &= isKnown;
                listed.add(isKnown ? inWords(ListedAction.fromJson(item.toString())) : "unknown type " + tag);
            }
            return new Outcome(response.code(), response.headers().toMultimap(), allKnown ? tree(ActionList.fromJson(body)) : list, listed);
        }
    }

    private static final Set<String> KNOWN =
        Set.of("Image", "Job", "Survey", "PhotoWithLocation", "LetsMeet", "Poll", "ShareLocation");

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

    private static Outcome outcome(ApiResponse<?> response) {
        return new Outcome(response.getStatusCode(), response.getHeaders(), tree(response.getData()), List.of());
    }

    /** As the client's own types write it. */
    private static JsonElement tree(Object value) {
        return JSON.getGson().toJsonTree(value);
    }

    /** By the client's connection, around its types. */
    private Outcome untyped(Call call) throws IOException {
        HttpUrl.Builder address = HttpUrl.get(url).newBuilder().addPathSegments("v1/groups").addPathSegment(call.group());
        address.addPathSegment("actions");
        call.query().asMap().forEach((name, value) -> address.addQueryParameter(name, value.getAsString()));
        Request.Builder request = new Request.Builder().url(address.build()).header("accessToken", token);
        if (call.body() != null) {
            request.post(RequestBody.create(call.body().toString(), MediaType.get("application/json")));
        }
        try (Response response = connection.getHttpClient().newCall(request.build()).execute()) {
            JsonElement error = tree(ServiceError.fromJson(response.body().string()));
            return new Outcome(response.code(), response.headers().toMultimap(), error, List.of());
        }
    }
}
