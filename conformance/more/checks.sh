# Sourced by ../run: the checks that take minutes, and so are for `conformance/run all` or by name.
MORE=(more-typescript more-python more-go more-java specmatic npm everywhere speed wheel spark release)
OPENAPI_GENERATOR=org.openapitools:openapi-generator-cli:7.25.0

more_node_tools() {
  node_tools
  if ! cmp -s more/package-lock.json more/node_modules/.installed; then
    # orval asks for a newer Node.js than there is, and does without it.
    quietly npm --prefix more ci --ignore-scripts --no-audit --no-fund
    cp more/package-lock.json more/node_modules/.installed
  fi
  PATH="$PWD/more/node_modules/.bin:$PATH"
}

# generate NAME FOLDER [OPTION]...: what openapi-generator makes of the document, or of another in $document; its warnings must be
# the known ones.
generate() {
  local jar=more/generators/openapi-generator-cli-${OPENAPI_GENERATOR##*:}.jar
  if [[ ! -f $jar ]]; then
    quietly mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
      -Dartifact="$OPENAPI_GENERATOR" -DoutputDirectory="$PWD/more/generators"
  fi
  rm -rf "$2"
  quietly java -jar "$jar" generate --input-spec "${document:-$SPEC}" --generator-name "$1" --output "$2" "${@:3}"
  # The one means the answers without a body; of the other there is no loss but an example.
  if grep -E ' (WARN|ERROR) ' "$temporary/output" | grep -vE 'Failed to get the schema name: null$|Ignoring complex example on request body$'; then
    echo "failed: openapi-generator $1 warns" >&2
    return 1
  fi
}

check_more-typescript() {
  more_node_tools
  quietly openapi-typescript "$SPEC" --output typescript/generated/kaizala-actions.ts
  quietly orval --config more/typescript/orval.config.js
  quietly swagger-typescript-api generate --silent --path "$DIST-dereferenced.json" --enum-style union --disable-throw-on-error \
    --output more/typescript/generated/swagger-typescript-api --name api.ts
  # Dates stay texts, and names as the document has them: `Answers` would be `answers`.
  local fetch=more/typescript/generated/typescript-fetch
  generate typescript-fetch $fetch --additional-properties dateLibrary=string,modelPropertyNaming=original,importFileExtension=.js
  # Its own code is not made for `noUnusedLocals` and `exactOptionalPropertyTypes`; its types are checked where we use them.
  find $fetch -name '*.ts' -exec sed --in-place '1i // @ts-nocheck' {} +
  quietly tsc --project more/typescript
  local client
  for client in orval-fetch orval-zod swagger-typescript-api typescript-fetch; do
    scenario $client node more/typescript/generated/build/more/typescript/src/$client.js
  done
  echo "more-typescript: tsc --strict, $passed"
}

check_more-go() {
  (
    cd more/go
    quietly go tool ogen --target generated/api --package api --clean --config ogen.yaml ../../../openapi/kaizala-actions.yaml
    quietly go vet ./...
    quietly go build -o generated/ ./cmd/...
    # Staticcheck is a tool of the other module.
    cd ../../go
    quietly go build -o ../more/go/generated/ honnef.co/go/tools/cmd/staticcheck
  )
  (cd more/go && quietly generated/staticcheck ./cmd/...)
  scenario ogen more/go/generated/scenario
  echo "more-go: go vet and staticcheck, $passed"
}

check_more-python() {
  node_tools
  python_tools
  if ! cmp -s more/python/requirements.txt .venv/installed-more; then
    quietly pip install --disable-pip-version-check --requirement more/python/requirements.txt
    cp more/python/requirements.txt .venv/installed-more
  fi
  generate python more/python/generated/openapi_generator
  (
    cd more/python
    quietly mypy with_openapi_generator.py
    quietly pyright --project .
  )
  PYTHONPATH=more/python/generated/openapi_generator:python \
    scenario openapi-generator python more/python/with_openapi_generator.py
  echo "more-python: mypy and pyright strict, $passed"
}

check_more-java() {
  generate java more/java/generated/jersey3 --library jersey3 --invoker-package conformance.jersey \
    --api-package conformance.jersey.api --model-package conformance.jersey.model \
    --additional-properties "useOneOfDiscriminatorLookup=true,disallowAdditionalPropertiesIfNotPresent=false" \
    --additional-properties "containerDefaultToNull=true,openApiNullable=false,useJakartaEe=true,hideGenerationTimestamp=true"
  quietly mvn --quiet --batch-mode --file more/java/jersey3/pom.xml compile
  local target=more/java/jersey3/target
  local classes="$target/classes:$target/lib/*"
  # The scenario is not compiled again for another module, but with the program.
  quietly javac -Xlint:all -Werror --release 17 -cp "$classes" -d $target/programs more/java/jersey3/src/Jersey3.java \
    java/programs/src/main/java/conformance/Scenario.java
  scenario jersey3 java -classpath "$target/programs:$classes" conformance.Jersey3
  passed+="; spring reads and writes $(spring)"
  echo "more-java: javac -Xlint:all -Werror, $passed"
}

# The interfaces of a server in Spring.
spring() {
  # A class is generated for each tag, an enum of one value, and of a discriminator a method that returns a string: they do not
  # compile together. So the list has no discriminator here; a server only writes lists.
  jq 'del(.components.schemas.ListedAction.discriminator)' "$DIST.json" >"$temporary/document.json"
  # A union of what is no object would be an empty interface, which no string implements.
  document=$temporary/document.json generate spring more/java/generated/spring --api-package conformance.spring.api \
    --model-package conformance.spring.model --additional-properties configPackage=conformance.spring \
    --schema-mappings Answer=com.fasterxml.jackson.databind.JsonNode,PropertyType=com.fasterxml.jackson.databind.JsonNode \
    --additional-properties "interfaceOnly=true,useSpringBoot3=true,useOneOfInterfaces=true,openApiNullable=false" \
    --additional-properties "documentationProvider=none,hideGenerationTimestamp=true,containerDefaultToNull=true" \
    --additional-properties "generateJsonIncludeAnnotations=true,generateJsonSetterNullsAnnotations=false"
  quietly mvn --quiet --batch-mode --file more/java/spring/pom.xml compile
  local target=more/java/spring/target
  quietly javac -Xlint:all -Werror --release 17 -cp "$target/classes:$target/lib/*" -d $target/programs more/java/spring/src/Bodies.java
  java -classpath "$target/programs:$target/classes:$target/lib/*" conformance.Bodies "$EXAMPLES"
}

check_specmatic() {
  more_node_tools
  # As for Schemathesis, the sandbox is to judge as a JSON Schema does.
  serve_openly --seed more/specmatic/seed.json --ignore options-required --ignore conflicting-duration --deny null-member --deny value-casing
  mkdir -p more/specmatic/generated
  cp "$DIST.yaml" more/specmatic/generated/
  # Whether an answer fits the action is no matter of the schema but of what was posted: the sandbox refuses an answer to a survey
  # that is one to a job (409), so of answers only those that must be refused are tried.
  (
    cd more/specmatic
    quietly java -jar ../node_modules/specmatic/specmatic.jar test --testBaseURL="$url/v1" \
      --filter "PATH!='/groups/{groupId}/actions/{actionId}/responses' || STATUS!='200'"
  )
  stop
  echo "specmatic: $(grep -E '^Tests run' "$temporary/output")"
}

check_spark() {
  # Optimized, so that the figures mean something; the command is that of the wheel, which need not be built, too.
  quietly env WHEEL_REQUIREMENTS=../more/python/requirements-spark.txt wheel/run --release test_speed.py test_spark.py
  echo "spark: $(grep --only-matching '{"bodies".*}' "$temporary/output" | tr '\n' ' ')"
}

check_release() {
  npm_package
  local tried
  tried=$(release/run "$PACKAGE")
  echo "release: ${tried//$'\n'/; }"
}
