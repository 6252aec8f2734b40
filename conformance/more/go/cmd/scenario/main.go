// The scenario by the client of ogen.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ogen-go/ogen/ogenerrors"

	"kaizala-actions.invalid/conformance/more/generated/api"
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

// A 308 names a new base and not the whole address, so it must not be followed (D-27).
var connection = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

type token string

// AccessToken is called for each request, whose header is then `Accesstoken`, which HTTP takes for the same.
func (t token) AccessToken(context.Context, api.OperationName, *api.Client) (api.AccessToken, error) {
	return api.AccessToken{APIKey: string(t)}, nil
}

func run(url, folder string) error {
	var steps scenario.Scenario
	if err := scenario.Read(filepath.Join(folder, "scenario.json"), &steps); err != nil {
		return err
	}
	base := url + "/v1"
	client, err := api.NewClient(base, token(steps.Token), api.WithClient(connection))
	if err != nil {
		return err
	}
	return steps.Run(url, folder, func(call scenario.Call) (scenario.Outcome, error) {
		if call.Untyped {
			return untyped(base, steps.Token, call)
		}
		if call.Ranged {
			if err := refused(call); err != nil {
				return scenario.Outcome{}, err
			}
			return untyped(base, steps.Token, call)
		}
		return perform(client, call)
	})
}

func perform(client *api.Client, call scenario.Call) (scenario.Outcome, error) {
	ctx := context.Background()
	switch call.Operation {
	case "listActions":
		actionType, _ := call.Query["actionType"].(string)
		params := api.ListActionsParams{GroupId: call.Group, ActionType: api.ListableActionType(actionType)}
		if count, ok := call.Query["count"].(float64); ok {
			params.Count.SetTo(int(count))
		}
		if fromDate, ok := call.Query["fromDate"].(float64); ok {
			params.FromDate.SetTo(int64(fromDate))
		}
		got, err := client.ListActions(ctx, params)
		if decoding := new(ogenerrors.DecodeBodyError); errors.As(err, &decoding) {
			return itemwise(decoding.Body)
		}
		return outcome(got, err)
	case "postAction":
		var body api.ActionRequest
		if err := json.Unmarshal(call.Body, &body); err != nil {
			return scenario.Outcome{}, err
		}
		got, err := client.PostAction(ctx, body, api.PostActionParams{GroupId: call.Group})
		return outcome(got, err)
	case "getAction":
		params := api.GetActionParams{GroupId: call.Group, ActionId: call.Action}
		if getDetails, ok := call.Query["getDetails"].(bool); ok {
			params.GetDetails.SetTo(getDetails)
		}
		got, err := client.GetAction(ctx, params)
		return outcome(got, err)
	case "respondToAction":
		var body api.ResponseRequest
		if err := json.Unmarshal(call.Body, &body); err != nil {
			return scenario.Outcome{}, err
		}
		got, err := client.RespondToAction(ctx, body, api.RespondToActionParams{GroupId: call.Group, ActionId: call.Action})
		return outcome(got, err)
	default:
		return scenario.Outcome{}, fmt.Errorf("no operation %q", call.Operation)
	}
}

// outcome tells the answers apart by type: statuses with a meaning of their own are results, all others are errors.
func outcome(got any, err error) (scenario.Outcome, error) {
	if failed := new(api.FailedStatusCode); errors.As(err, &failed) {
		return scenario.Outcome{Status: failed.StatusCode, Answer: &failed.Response}, nil
	}
	if err != nil {
		return scenario.Outcome{}, err
	}
	switch got := got.(type) {
	case *api.EndpointMoved:
		return scenario.Outcome{Status: http.StatusPermanentRedirect, Header: http.Header{"Location": {got.Location.Value}}}, nil
	case *api.ThrottledHeaders:
		header := http.Header{"Retry-After": {strconv.Itoa(got.RetryAfter.Value)}}
		return scenario.Outcome{Status: http.StatusTooManyRequests, Header: header, Answer: &got.Response}, nil
	case *api.ActionList:
		result := scenario.Outcome{Status: http.StatusOK, Answer: got}
		for _, action := range got.Actions {
			result.Listed = append(result.Listed, inWords(action))
		}
		return result, nil
	default:
		return scenario.Outcome{Status: http.StatusOK, Answer: got}, nil
	}
}

// itemwise decodes the items of a list one by one: one type that the client does not know fails the whole (D-30), and the error
// has its text.
func itemwise(text []byte) (scenario.Outcome, error) {
	var list struct {
		Actions []json.RawMessage `json:"actions"`
	}
	if err := json.Unmarshal(text, &list); err != nil {
		return scenario.Outcome{}, err
	}
	result := scenario.Outcome{Status: http.StatusOK, Answer: json.RawMessage(text)}
	for _, item := range list.Actions {
		var tagged struct {
			ActionType api.ListedActionType `json:"actionType"`
		}
		if err := json.Unmarshal(item, &tagged); err != nil {
			return scenario.Outcome{}, err
		}
		var action api.ListedAction
		if err := json.Unmarshal(item, &action); err != nil {
			result.Listed = append(result.Listed, "unknown type "+string(tagged.ActionType))
		} else {
			result.Listed = append(result.Listed, inWords(action))
		}
	}
	return result, nil
}

// inWords narrows by the field that says which of the others is set.
func inWords(action api.ListedAction) string {
	switch action.Type {
	case api.ListedImageListedAction:
		return "Image at " + action.ListedImage.ActionBody.ImageUrl
	case api.ListedJobListedAction:
		body := action.ListedJob.ActionBody
		return fmt.Sprintf("Job %s: %d of %d", body.Title, body.ResponseCount.Value, body.AssigneeCount.Value)
	case api.ListedSurveyListedAction:
		body := action.ListedSurvey.ActionBody
		return fmt.Sprintf("Survey %s: %d", body.Title, body.ResponseCount.Value)
	case api.ListedPhotoWithLocationListedAction:
		body := action.ListedPhotoWithLocation.ActionBody
		return fmt.Sprintf("PhotoWithLocation %s at %v, %v", body.ImageUrl, body.Latitude, body.Longitude)
	case api.ListedLetsMeetListedAction:
		body := action.ListedLetsMeet.ActionBody
		return fmt.Sprintf("LetsMeet %s at %s", body.Title, body.Place.Value.Name.Value)
	case api.ListedPollListedAction:
		body := action.ListedPoll.ActionBody
		var titles []string
		for _, choice := range body.Choices {
			titles = append(titles, choice.Title.Value)
		}
		return fmt.Sprintf("Poll %s: %s", body.Question, strings.Join(titles, ", "))
	case api.ListedShareLocationListedAction:
		body := action.ListedShareLocation.ActionBody
		return fmt.Sprintf("ShareLocation at %v, %v", body.Latitude, body.Longitude)
	default:
		panic("a type without words: " + string(action.Type))
	}
}

// refused is an error if the client would send the body.
func refused(call scenario.Call) error {
	var body api.ActionRequest
	if err := json.Unmarshal(call.Body, &body); err != nil {
		return nil
	}
	if body.Validate() == nil {
		return fmt.Errorf("the types take %s", call.Body)
	}
	return nil
}

// untyped goes by the client's connection, around its types.
func untyped(base, token string, call scenario.Call) (scenario.Outcome, error) {
	query := url.Values{}
	for name, value := range call.Query {
		query.Set(name, fmt.Sprint(value))
	}
	method := http.MethodPost
	if call.Body == nil {
		method = http.MethodGet
	}
	address := base + "/groups/" + call.Group + "/actions?" + query.Encode()
	request, err := http.NewRequest(method, address, bytes.NewReader(call.Body))
	if err != nil {
		return scenario.Outcome{}, err
	}
	request.Header.Set("accessToken", token)
	request.Header.Set("Content-Type", "application/json")
	response, err := connection.Do(request)
	if err != nil {
		return scenario.Outcome{}, err
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return scenario.Outcome{}, errors.Join(err, response.Body.Close())
	}
	var failure api.ServiceError
	err = json.Unmarshal(text, &failure)
	return scenario.Outcome{Status: response.StatusCode, Header: response.Header, Answer: &failure}, errors.Join(err, response.Body.Close())
}
