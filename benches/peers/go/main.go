// peers DOCUMENT FILE: reads a body on each line and validates it with kin-openapi against the schema ActionRequest of an OpenAPI
// document. Prints how many bodies are invalid.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	document, err := openapi3.NewLoader().LoadFromFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	schema := document.Components.Schemas["ActionRequest"].Value
	file, err := os.Open(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	bodies := bufio.NewReaderSize(file, 256<<10)
	invalid := 0
	for {
		line, err := bodies.ReadBytes('\n')
		if len(line) > 0 && !isValid(schema, line) {
			invalid++
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(invalid)
}

func isValid(schema *openapi3.Schema, text []byte) bool {
	var body any
	return json.Unmarshal(text, &body) == nil && schema.VisitJSON(body, openapi3.FailFast(), openapi3.VisitAsRequest()) == nil
}
