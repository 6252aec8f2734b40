// What kin-openapi says of each body by the document, as a request or as its answer. Arguments: WORK EXAMPLES SPEC, as in
// ../../../verdicts.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

const (
	host  = "https://api.kaiza.la"
	group = "/v1/groups/g/actions"
)

type call struct {
	method, path string
	// The status of an answer; 0 for a request.
	status int
}

var calls = map[string]call{
	"list-actions.response":      {"GET", group + "?actionType=job", 200},
	"post-action.request":        {"POST", group, 0},
	"post-action.response":       {"POST", group, 200},
	"get-action.response":        {"GET", group + "/a", 200},
	"respond-to-action.request":  {"POST", group + "/a/responses", 0},
	"respond-to-action.response": {"POST", group + "/a/responses", 200},
	"error.response":             {"GET", group + "/a", 400},
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: verdicts WORK EXAMPLES SPEC")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(work, examples, spec string) error {
	document, err := openapi3.NewLoader().LoadFromFile(spec)
	if err != nil {
		return err
	}
	if err := document.Validate(context.Background()); err != nil {
		return err
	}
	// The router takes no address that begins with a variable.
	document.Servers = openapi3.Servers{{URL: host + "/v1"}}
	router, err := gorillamux.NewRouter(document)
	if err != nil {
		return err
	}
	expected, err := os.ReadFile(filepath.Join(work, "expected.tsv"))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(expected)) {
		columns := strings.Split(line, "\t")
		text, err := os.ReadFile(filepath.Join(examples, columns[0]))
		if err != nil {
			return err
		}
		verdict, why, place := "accept", "", ""
		if fault := judge(router, calls[columns[1]], bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))); fault != nil {
			verdict, why = "refuse", strings.Join(strings.Fields(fault.Error()), " ")
			place = placeOf(fault)
		}
		fmt.Printf("kin-openapi\t%s\t%s\t%s\t%q\n", columns[0], verdict, why, place)
	}
	return nil
}

// placeOf is the JSON Pointer of the first error.
func placeOf(fault error) string {
	var schemaError *openapi3.SchemaError
	if !errors.As(fault, &schemaError) {
		return ""
	}
	place := ""
	for _, name := range schemaError.JSONPointer() {
		place += "/" + name
	}
	return place
}

func judge(router routers.Router, call call, text []byte) error {
	request, err := http.NewRequest(call.method, host+call.path, nil)
	if err != nil {
		return err
	}
	if call.status == 0 {
		request, err = http.NewRequest(call.method, host+call.path, bytes.NewReader(text))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
	}
	request.Header.Set("accessToken", "t")
	route, parameters, err := router.FindRoute(request)
	if err != nil {
		return err
	}
	input := openapi3filter.RequestValidationInput{
		Request:    request,
		PathParams: parameters,
		Route:      route,
		// Anything goes for a token.
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	if call.status == 0 {
		return openapi3filter.ValidateRequest(context.Background(), &input)
	}
	answer := openapi3filter.ResponseValidationInput{
		RequestValidationInput: &input,
		Status:                 call.status,
		Header:                 http.Header{"Content-Type": {"application/json"}},
		Options:                input.Options,
	}
	return openapi3filter.ValidateResponse(context.Background(), answer.SetBodyBytes(text))
}
