package conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads scenario.json and holds a client to it: ../README.md says what a step means. */
final class Scenario {
    /** What a client is to do. */
    record Call(String operation, String group, String action, JsonObject query, JsonObject body, boolean untyped) {}

    /**
     * What a client made of one answer.
     *
     * @param answer as JSON again, written by the client's own types
     * @param listed the actions of a list, each in words
     */
    record Outcome(int status, Map<String, List<String>> headers, JsonElement answer, List<String> listed) {}

    /** A generated client. */
    interface Client {
        Outcome perform(Call call) throws Exception;
    }

    private final String url;
    private final Path folder;
    private final JsonObject scenario;
    private final Map<String, JsonElement> kept = new HashMap<>();

    Scenario(String url, Path folder) throws IOException {
        this.url = url;
        this.folder = folder;
        scenario = read(folder.resolve("scenario.json"));
    }

    String token() {
        return scenario.get("token").getAsString();
    }

    /** Goes through all steps; prints the name of each that is as it should be, and throws at the first that is not. */
    void run(Client client) throws Exception {
        for (JsonElement element : scenario.getAsJsonArray("steps")) {
            JsonObject step = element.getAsJsonObject();
            String name = step.get("name").getAsString();
            try {
                if (step.has("control")) {
                    control(step.getAsJsonObject("control"));
                } else {
                    run(step, client);
                }
            } catch (Exception exception) {
                throw new IllegalStateException(name, exception);
            }
            System.out.println(name);
        }
    }

    private void control(JsonObject control) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(control.get("body").toString());
        URI uri = URI.create(url + control.get("path").getAsString());
        HttpRequest request = HttpRequest.newBuilder(uri).header("accessToken", token()).method(control.get("method").getAsString(), body).build();
        HttpResponse<Void> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        expect("status", response.statusCode(), 200);
    }

    private void run(JsonObject step, Client client) throws Exception {
        JsonObject body = null;
        if (step.has("body")) {
            body = read(folder.resolve("../openapi/examples/" + step.get("body").getAsString() + ".json"));
            for (Map.Entry<String, JsonElement> member : object(step, "with").entrySet()) {
                body.add(member.getKey(), filled(member.getValue()));
            }
        }
        JsonObject query = new JsonObject();
        object(step, "query").asMap().forEach((name, value) -> query.add(name, filled(value)));
        String action = step.has("action") ? filled(step.get("action")).getAsString() : "";
        String group = scenario.get("group").getAsString();
        Outcome outcome = client.perform(
            new Call(step.get("operation").getAsString(), group, action, query, body, step.has("untyped")));

        expect("status", outcome.status(), step.get("status").getAsInt());
        for (Map.Entry<String, JsonElement> header : object(step, "headers").entrySet()) {
            expect(header.getKey(), header(outcome, header.getKey()), header.getValue().getAsString());
        }
        for (Map.Entry<String, JsonElement> field : object(step, "fields").entrySet()) {
            expect(field.getKey(), normal(at(outcome.answer(), field.getKey())), normal(filled(field.getValue())));
        }
        for (String pointer : strings(step, "present")) {
            expect("presence of " + pointer, at(outcome.answer(), pointer) != null, true);
        }
        for (String pointer : strings(step, "absent")) {
            expect(pointer, at(outcome.answer(), pointer), null);
        }
        if (step.has("listed")) {
            expect("list", outcome.listed(), strings(step, "listed"));
        }
        for (Map.Entry<String, JsonElement> keep : object(step, "keep").entrySet()) {
            String pointer = keep.getValue().getAsString();
            kept.put(keep.getKey(), Objects.requireNonNull(at(outcome.answer(), pointer), pointer));
        }
    }

    /** Headers are compared without case. */
    private static String header(Outcome outcome, String name) {
        return outcome.headers().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .map(header -> header.getValue().get(0))
            .findFirst()
            .orElse(null);
    }

    private JsonElement filled(JsonElement value) {
        boolean isName = value instanceof JsonPrimitive text && text.isString() && text.getAsString().startsWith("$");
        return isName ? kept.get(value.getAsString().substring(1)) : value;
    }

    private static void expect(String what, Object found, Object expected) {
        if (!Objects.equals(found, expected)) {
            throw new IllegalStateException(what + " is " + found + ", not " + expected);
        }
    }

    /** A number as a double: Gson tells 123 from 123.0. */
    private static JsonElement normal(JsonElement value) {
        boolean isNumber = value instanceof JsonPrimitive primitive && primitive.isNumber();
        return isNumber ? new JsonPrimitive(value.getAsDouble()) : value;
    }

    /** The value at a JSON Pointer, null if there is none; the scenario's have no `~`. */
    private static JsonElement at(JsonElement root, String pointer) {
        JsonElement value = root;
        for (String name : pointer.substring(1).split("/")) {
            if (value instanceof JsonObject object) {
                value = object.get(name);
            } else if (value instanceof JsonArray array && Integer.parseInt(name) < array.size()) {
                value = array.get(Integer.parseInt(name));
            } else {
                return null;
            }
        }
        return value instanceof JsonNull ? null : value;
    }

    private static JsonObject object(JsonObject step, String name) {
        return step.has(name) ? step.getAsJsonObject(name) : new JsonObject();
    }

    private static List<String> strings(JsonObject step, String name) {
        List<String> strings = new ArrayList<>();
        if (step.has(name)) {
            step.getAsJsonArray(name).forEach(text -> strings.add(text.getAsString()));
        }
        return strings;
    }

    private static JsonObject read(Path path) throws IOException {
        return JsonParser.parseString(Files.readString(path)).getAsJsonObject();
    }
}
