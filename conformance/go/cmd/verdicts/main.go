// What kin-openapi says of each body by the document, as a request or as its answer, whichever of its routers finds the
// operation. The document is used as it is, servers included. Arguments: WORK EXAMPLES SPEC, as in ../../../verdicts.
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
	"github.com/getkin/kin-openapi/routers/legacy"
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
	both, err := routersOf(document)
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
		verdicts := make(map[string]bool)
		for _, router := range both {
			verdict := "accept\t\t\"\""
			if fault := judge(router, calls[columns[1]], bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))); fault != nil {
				why := strings.Join(strings.Fields(fault.Error()), " ")
				verdict = fmt.Sprintf("refuse\t%s\t%q", why, placeOf(fault))
			}
			if !verdicts[verdict] {
				fmt.Printf("kin-openapi\t%s\t%s\n", columns[0], verdict)
			}
			verdicts[verdict] = true
		}
		if len(verdicts) != 1 {
			return fmt.Errorf("%s: the routers of kin-openapi lead to different verdicts", columns[0])
		}
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

// routersOf makes both routers of kin-openapi, and sees each find every operation at the address that the document names,
// and nothing beside it.
func routersOf(document *openapi3.T) ([]routers.Router, error) {
	mux, err := gorillamux.NewRouter(document)
	if err != nil {
		return nil, fmt.Errorf("gorillamux: %w", err)
	}
	old, err := legacy.NewRouter(document)
	if err != nil {
		return nil, fmt.Errorf("legacy: %w", err)
	}
	both := []routers.Router{mux, old}
	for _, router := range both {
		for path, item := range document.Paths.Map() {
			for method, operation := range item.Operations() {
				address := host + "/v1" + strings.NewReplacer("{groupId}", "g", "{actionId}", "a").Replace(path)
				found, err := find(router, method, address)
				if err != nil || found.OperationID != operation.OperationID {
					return nil, fmt.Errorf("%T finds no %s at %s: %v", router, operation.OperationID, address, err)
				}
			}
		}
		for _, address := range []string{host + group[len("/v1"):], "https://elsewhere.example.com" + group} {
			if found, err := find(router, http.MethodGet, address); err == nil {
				return nil, fmt.Errorf("%T finds %s at %s", router, found.OperationID, address)
			}
		}
	}
	return both, nil
}

func find(router routers.Router, method, address string) (*openapi3.Operation, error) {
	request, err := http.NewRequest(method, address, nil)
	if err != nil {
		return nil, err
	}
	route, _, err := router.FindRoute(request)
	if err != nil {
		return nil, err
	}
	return route.Operation, nil
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
