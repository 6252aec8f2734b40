package conformance;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What networknt's json-schema-validator says of each body by the JSON Schemas that the binary prints. Arguments: WORK
 * EXAMPLES SPEC, as in ../../../../../../../verdicts.
 */
final class Verdicts {
    private Verdicts() {}

    public static void main(String[] arguments) throws IOException {
        Path work = Path.of(arguments[0]);
        Path examples = Path.of(arguments[1]);
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Map<String, Schema> schemas = new HashMap<>();
        for (String line : Files.readAllLines(work.resolve("expected.tsv"))) {
            String[] columns = line.split("\t");
            String body = columns[0];
            String kind = columns[1];
            if (!schemas.containsKey(kind)) {
                schemas.put(kind, registry.getSchema(Files.readString(work.resolve(kind + ".schema.json"))));
            }
            String text = Files.readString(examples.resolve(body)).replaceFirst("^\uFEFF", "");
            List<Error> faults = schemas.get(kind).validate(text, InputFormat.JSON);
            String why = faults.stream().map(Error::toString).collect(Collectors.joining("; ")).replaceAll("\\s+", " ");
            // The names of the contract need no escapes in JSON.
            String place = faults.isEmpty() ? "" : faults.get(0).getInstanceLocation().toString();
            String verdict = faults.isEmpty() ? "accept" : "refuse";
            System.out.println(String.join("\t", "networknt", body, verdict, why, '"' + place + '"'));
        }
    }
}
