package conformance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import conformance.spring.model.ActionRequest;
import conformance.spring.model.AudioRequest;
import conformance.spring.model.DocumentRequest;
import conformance.spring.model.ImageRequest;
import conformance.spring.model.JobRequest;
import conformance.spring.model.JobResponseRequest;
import conformance.spring.model.LetsMeetRequest;
import conformance.spring.model.PackageRequest;
import conformance.spring.model.PackageResponseRequest;
import conformance.spring.model.PollRequest;
import conformance.spring.model.ResponseRequest;
import conformance.spring.model.SurveyRequest;
import conformance.spring.model.SurveyResponseRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads every valid body that a server of openapi-generator's `spring` gets, and writes it again. Argument: EXAMPLES. */
final class Bodies {
    /**
     * What a server has to add: Jackson does not know which class of a union without a discriminator to make.
     *
     * @param types the classes by the tag
     * @param otherwise the class without a tag
     */
    static final class ByTag<T> extends JsonDeserializer<T> {
        private final Map<String, Class<? extends T>> types;
        private final Class<? extends T> otherwise;

        ByTag(Map<String, Class<? extends T>> types, Class<? extends T> otherwise) {
            this.types = types;
            this.otherwise = otherwise;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode body = parser.readValueAsTree();
            boolean isPackage = !body.has("actionType");
            Class<? extends T> type = isPackage ? otherwise : types.get(body.get("actionType").textValue());
            // D-05: exactly one of them.
            if (type == null || body.has("id") != isPackage) {
                return context.reportInputMismatch(this, "neither one action type nor one package");
            }
            return parser.getCodec().treeToValue(body, type);
        }
    }

    private static final Map<String, Class<? extends ActionRequest>> POSTED = Map.of(
        "Image", ImageRequest.class, "Audio", AudioRequest.class, "Document", DocumentRequest.class, "Job", JobRequest.class,
        "Survey", SurveyRequest.class, "LetsMeet", LetsMeetRequest.class, "Poll", PollRequest.class);
    private static final Map<String, Class<? extends ResponseRequest>> ANSWERED =
        Map.of("Job", JobResponseRequest.class, "Survey", SurveyResponseRequest.class);

    /** As Spring Boot makes it, and the two unions. */
    private static final ObjectMapper MAPPER = new ObjectMapper()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .registerModule(new JavaTimeModule())
        .registerModule(new SimpleModule()
            .addDeserializer(ActionRequest.class, new ByTag<ActionRequest>(POSTED, PackageRequest.class))
            .addDeserializer(ResponseRequest.class, new ByTag<ResponseRequest>(ANSWERED, PackageResponseRequest.class)));

    private Bodies() {}

    public static void main(String[] arguments) throws IOException {
        Path valid = Path.of(arguments[0], "valid");
        int count = hold(valid.resolve("post-action.request"), ActionRequest.class)
            + hold(valid.resolve("respond-to-action.request"), ResponseRequest.class);
        Path both = Path.of(arguments[0], "invalid/post-action.request/conflicting-selectors.json");
        try {
            throw new IllegalStateException("taken: " + MAPPER.readValue(both.toFile(), ActionRequest.class));
        } catch (IOException refused) {
            System.out.println(count + " bodies");
        }
    }

    private static int hold(Path folder, Class<?> type) throws IOException {
        List<Path> bodies;
        try (Stream<Path> files = Files.list(folder)) {
            bodies = files.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path path : bodies) {
            Object taken = MAPPER.readValue(path.toFile(), type);
            JsonNode written = MAPPER.valueToTree(taken);
            // Read again, it is the same: dates are not written letter for letter.
            if (!MAPPER.treeToValue(written, type).equals(taken) || written.isEmpty()) {
                throw new IllegalStateException(path + " became " + written);
            }
        }
        return bodies.size();
    }
}
