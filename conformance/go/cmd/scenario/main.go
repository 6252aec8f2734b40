// The scenario by the client of oapi-codegen.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"kaizala-actions.invalid/conformance/generated/api"
	"kaizala-actions.invalid/conformance/scenario"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: scenario URL CONFORMANCE-FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(url, folder string) error {
	var steps scenario.Scenario
	if err := scenario.Read(filepath.Join(folder, "scenario.json"), &steps); err != nil {
		return err
	}
	// A 308 names a new base and not the whole address, so it must not be followed (D-27).
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	connection := &http.Client{CheckRedirect: stay}
	token := func(_ context.Context, request *http.Request) error {
		// `Set` would write `Accesstoken`, which HTTP takes for the same.
		request.Header.Set("accessToken", steps.Token)
		return nil
	}
	client, err := api.NewClientWithResponses(url+"/v1", api.WithHTTPClient(connection), api.WithRequestEditorFn(token))
	if err != nil {
		return err
	}
	return steps.Run(url, folder, func(call scenario.Call) (scenario.Outcome, error) { return perform(client, call) })
}

func perform(client *api.ClientWithResponses, call scenario.Call) (scenario.Outcome, error) {
	ctx := context.Background()
	switch call.Operation {
	case "listActions":
		// A Go enum is a string of another name, so it can say what the matrix does not list.
		actionType, _ := call.Query["actionType"].(string)
		params := api.ListActionsParams{ActionType: api.ListableActionType(actionType)}
		if count, ok := call.Query["count"].(float64); ok {
			params.Count = pointer(int(count))
		}
		if fromDate, ok := call.Query["fromDate"].(float64); ok {
			params.FromDate = pointer(int64(fromDate))
		}
		got, err := client.ListActionsWithResponse(ctx, call.Group, &params)
		if err != nil {
			return scenario.Outcome{}, err
		}
		result := outcomeOf(got, got.HTTPResponse)
		if got.JSON200 != nil {
			for _, action := range got.JSON200.Actions {
				words, err := inWords(action)
				if err != nil {
					return scenario.Outcome{}, err
				}
				result.Listed = append(result.Listed, words)
			}
		}
		return result, nil
	case "postAction":
		if call.Untyped {
			got, err := client.PostActionWithBodyWithResponse(ctx, call.Group, "application/json", bytes.NewReader(call.Body))
			if err != nil {
				return scenario.Outcome{}, err
			}
			return outcomeOf(got, got.HTTPResponse), nil
		}
		body, err := newAction(call.Body)
		if err != nil {
			return scenario.Outcome{}, err
		}
		got, err := client.PostActionWithResponse(ctx, call.Group, body)
		if err != nil {
			return scenario.Outcome{}, err
		}
		return outcomeOf(got, got.HTTPResponse), nil
	case "getAction":
		var params api.GetActionParams
		if getDetails, ok := call.Query["getDetails"].(bool); ok {
			params.GetDetails = &getDetails
		}
		got, err := client.GetActionWithResponse(ctx, call.Group, call.Action, &params)
		if err != nil {
			return scenario.Outcome{}, err
		}
		return outcomeOf(got, got.HTTPResponse), nil
	case "respondToAction":
		body, err := newResponse(call.Body)
		if err != nil {
			return scenario.Outcome{}, err
		}
		got, err := client.RespondToActionWithResponse(ctx, call.Group, call.Action, body)
		if err != nil {
			return scenario.Outcome{}, err
		}
		return outcomeOf(got, got.HTTPResponse), nil
	default:
		return scenario.Outcome{}, fmt.Errorf("no operation %q", call.Operation)
	}
}

// answers are the getters that the answers of all operations share.
type answers interface {
	GetJSON429() *api.Throttled
	GetJSONDefault() *api.Failed
}

func outcomeOf(got answers, response *http.Response) scenario.Outcome {
	result := scenario.Outcome{Status: response.StatusCode, Header: response.Header}
	switch {
	case got.GetJSON429() != nil:
		result.Answer = got.GetJSON429()
	case got.GetJSONDefault() != nil:
		result.Answer = got.GetJSONDefault()
	default:
		switch success := got.(type) {
		case *api.ListActionsResponse:
			result.Answer = success.JSON200
		case *api.PostActionResponse:
			result.Answer = success.JSON200
		case *api.GetActionResponse:
			result.Answer = success.JSON200
		case *api.RespondToActionResponse:
			result.Answer = success.JSON200
		}
	}
	return result
}

// inWords narrows by the value of the discriminator. The union keeps the text of what it does not know, so a type that a
// newer service lists (D-30) costs nothing but its own value.
func inWords(action api.ListedAction) (string, error) {
	value, err := action.ValueByDiscriminator()
	if value == nil {
		unknown, err := action.Discriminator()
		return "unknown type " + unknown, err
	}
	if err != nil {
		return "", err
	}
	switch action := value.(type) {
	case api.ListedImage:
		return "Image at " + action.ActionBody.ImageUrl, nil
	case api.ListedJob:
		body := action.ActionBody
		return fmt.Sprintf("Job %s: %d of %d", body.Title, *body.ResponseCount, *body.AssigneeCount), nil
	case api.ListedSurvey:
		return fmt.Sprintf("Survey %s: %d", action.ActionBody.Title, *action.ActionBody.ResponseCount), nil
	case api.ListedPhotoWithLocation:
		body := action.ActionBody
		return fmt.Sprintf("PhotoWithLocation %s at %v, %v", body.ImageUrl, body.Latitude, body.Longitude), nil
	case api.ListedLetsMeet:
		return fmt.Sprintf("LetsMeet %s at %s", action.ActionBody.Title, *action.ActionBody.Place.Name), nil
	case api.ListedPoll:
		var titles []string
		for _, choice := range *action.ActionBody.Choices {
			titles = append(titles, *choice.Title)
		}
		return fmt.Sprintf("Poll %s: %s", action.ActionBody.Question, strings.Join(titles, ", ")), nil
	case api.ListedShareLocation:
		return fmt.Sprintf("ShareLocation at %v, %v", action.ActionBody.Latitude, action.ActionBody.Longitude), nil
	default:
		return "", fmt.Errorf("a type without words: %T", action)
	}
}

// newAction passes a body through the type that its tag names; the union itself would take any text.
func newAction(body []byte) (action api.ActionRequest, err error) {
	actionType, err := tag(body)
	if err != nil {
		return action, err
	}
	switch actionType {
	case "Image":
		err = through(body, action.FromImageRequest)
	case "Audio":
		err = through(body, action.FromAudioRequest)
	case "Document":
		err = through(body, action.FromDocumentRequest)
	case "Job":
		err = through(body, action.FromJobRequest)
	case "Survey":
		err = through(body, action.FromSurveyRequest)
	case "LetsMeet":
		err = through(body, action.FromLetsMeetRequest)
	case "Poll":
		err = through(body, action.FromPollRequest)
	case "":
		err = through(body, action.FromPackageRequest)
	default:
		err = fmt.Errorf("no type %q", actionType)
	}
	return action, err
}

func newResponse(body []byte) (response api.ResponseRequest, err error) {
	actionType, err := tag(body)
	if err != nil {
		return response, err
	}
	switch actionType {
	case "Job":
		err = through(body, response.FromJobResponseRequest)
	case "Survey":
		err = through(body, response.FromSurveyResponseRequest)
	case "":
		err = through(body, response.FromPackageResponseRequest)
	default:
		err = fmt.Errorf("no type %q", actionType)
	}
	return response, err
}

func tag(body []byte) (string, error) {
	var tagged struct {
		ActionType string `json:"actionType"`
	}
	err := json.Unmarshal(body, &tagged)
	return tagged.ActionType, err
}

func through[T any](body []byte, from func(T) error) error {
	var value T
	if err := json.Unmarshal(body, &value); err != nil {
		return err
	}
	return from(value)
}

func pointer[T any](value T) *T {
	return &value
}
