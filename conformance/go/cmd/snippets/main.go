// How each body is sent with oapi-codegen: what the reference of the contract shows lies between the comments `region` and
// `endregion`. Usage: snippets URL TOKEN GROUP
package main

// region client
import (
	"context"
	"net/http"

	// What oapi-codegen makes.
	"kaizala-actions.invalid/conformance/generated/api"
)

// endregion

import (
	"errors"
	"fmt"
	"os"
	"time"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// region client
func connect(endpoint, accessToken string) (*api.ClientWithResponses, error) {
	token := func(_ context.Context, request *http.Request) error {
		request.Header.Set("accessToken", accessToken)
		return nil
	}
	return api.NewClientWithResponses(endpoint+"/v1", api.WithRequestEditorFn(token))
}

// endregion

func run(ctx context.Context, endpoint, accessToken, group string) error {
	client, err := connect(endpoint, accessToken)
	if err != nil {
		return err
	}
	type (
		post   = func(context.Context, *api.ClientWithResponses, string) (*api.PostActionResponse, error)
		answer = func(context.Context, *api.ClientWithResponses, string, string) (*api.RespondToActionResponse, error)
	)
	for _, step := range []struct {
		post   post
		answer answer
	}{
		{postImage, nil},
		{postAudio, nil},
		{postDocument, nil},
		{postJob, answerJob},
		{postSurvey, answerSurvey},
		{postMeeting, nil},
		{postPoll, nil},
		{postPackage, answerPackage},
	} {
		posted, err := step.post(ctx, client, group)
		if err != nil {
			return err
		}
		if posted.JSON200 == nil {
			return fmt.Errorf("%s: %s", posted.Status(), posted.Body)
		}
		if step.answer == nil {
			continue
		}
		answered, err := step.answer(ctx, client, group, *posted.JSON200.ActionId)
		if err != nil {
			return err
		}
		if answered.JSON200 == nil {
			return fmt.Errorf("%s: %s", answered.Status(), answered.Body)
		}
	}
	return nil
}

func postImage(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region ImageRequest
	image := api.ImageRequest{
		ActionType: api.ImageRequestActionTypeImage,
		ActionBody: api.MediaRequestBody{
			MediaResource: "opaque-text-that-uploading-the-picture-returned",
			Caption:       new("The new fire door"),
		},
	}
	var action api.ActionRequest
	if err := action.FromImageRequest(image); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func postAudio(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region AudioRequest
	audio := api.AudioRequest{
		ActionType: api.Audio,
		ActionBody: api.MediaRequestBody{
			MediaResource: "opaque-text-that-uploading-the-recording-returned",
			Caption:       new("Briefing of Monday"),
		},
	}
	var action api.ActionRequest
	if err := action.FromAudioRequest(audio); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func postDocument(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region DocumentRequest
	document := api.DocumentRequest{
		ActionType: api.Document,
		ActionBody: api.MediaRequestBody{
			MediaResource: "opaque-text-that-uploading-the-document-returned",
			Caption:       new("Safety rules"),
		},
	}
	var action api.ActionRequest
	if err := action.FromDocumentRequest(document); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func postJob(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region JobRequest
	job := api.JobRequest{
		ActionType: api.JobRequestActionTypeJob,
		ActionBody: api.JobRequestBody{
			Title:      "Check the fire extinguishers",
			AssignedTo: []string{"+911234500001", "+911234500002"},
			DueDate:    new(int64(10)),
		},
	}
	var action api.ActionRequest
	if err := action.FromJobRequest(job); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func answerJob(ctx context.Context, client *api.ClientWithResponses, group, action string) (*api.RespondToActionResponse, error) {
	// region JobResponseRequest
	done := api.JobResponseRequest{
		ActionType: api.JobResponseRequestActionTypeJob,
		ActionBody: api.JobResponseRequestBody{IsCompleted: true},
	}
	var response api.ResponseRequest
	if err := response.FromJobResponseRequest(done); err != nil {
		return nil, err
	}
	return client.RespondToActionWithResponse(ctx, group, action, response)
	// endregion
}

func postSurvey(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region SurveyRequest
	survey := api.SurveyRequest{
		ActionType: api.SurveyRequestActionTypeSurvey,
		ActionBody: api.SurveyRequestBody{
			Title: "How was the training?",
			Questions: []api.Question{
				{Title: "What did you like best?", Type: api.QuestionTypeText},
			},
		},
	}
	var action api.ActionRequest
	if err := action.FromSurveyRequest(survey); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func answerSurvey(ctx context.Context, client *api.ClientWithResponses, group, action string) (*api.RespondToActionResponse, error) {
	// region SurveyResponseRequest
	answers := make([]api.Answer, 4)
	err := errors.Join(
		answers[0].FromAnswer0("It went well"),
		answers[1].FromAnswer0("Opt1"),
		answers[2].FromAnswer2([]string{"MOpt1", "MOpt2"}),
		answers[3].FromAnswer1(123),
	)
	if err != nil {
		return nil, err
	}
	answered := api.SurveyResponseRequest{
		ActionType: api.SurveyResponseRequestActionTypeSurvey,
		ActionBody: api.AnswersRequestBody{Answers: answers},
	}
	var response api.ResponseRequest
	if err := response.FromSurveyResponseRequest(answered); err != nil {
		return nil, err
	}
	return client.RespondToActionWithResponse(ctx, group, action, response)
	// endregion
}

func postMeeting(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region LetsMeetRequest
	meeting := api.LetsMeetRequest{
		ActionType: api.LetsMeetRequestActionTypeLetsMeet,
		ActionBody: api.LetsMeetRequestBody{
			Title:        "Kick-off",
			StartingTime: time.Date(2018, time.January, 1, 9, 0, 0, 0, time.UTC),
			Duration:     new(45),
		},
	}
	var action api.ActionRequest
	if err := action.FromLetsMeetRequest(meeting); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func postPoll(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region PollRequest
	poll := api.PollRequest{
		ActionType: api.PollRequestActionTypePoll,
		ActionBody: api.PollRequestBody{
			Question: "Where shall we eat?",
			Choices:  []api.PollChoice{{Title: "At the office"}, {Title: "Outside"}},
		},
	}
	var action api.ActionRequest
	if err := action.FromPollRequest(poll); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func postPackage(ctx context.Context, client *api.ClientWithResponses, group string) (*api.PostActionResponse, error) {
	// region PackageRequest
	hall := api.PackageProperty{Name: "hall", Value: "2"}
	if err := hall.Type.FromPropertyTypeName(api.PropertyTypeNameNumeric); err != nil {
		return nil, err
	}
	inspection := api.PackageRequest{
		Id: "com.example.inspection.3",
		ActionBody: api.PackageRequestBody{
			Title:      new("Inspection of hall 2"),
			Properties: &[]api.PackageProperty{hall},
		},
	}
	var action api.ActionRequest
	if err := action.FromPackageRequest(inspection); err != nil {
		return nil, err
	}
	return client.PostActionWithResponse(ctx, group, action)
	// endregion
}

func answerPackage(ctx context.Context, client *api.ClientWithResponses, group, action string) (*api.RespondToActionResponse, error) {
	// region PackageResponseRequest
	answers := make([]api.Answer, 1)
	if err := answers[0].FromAnswer0("Yes"); err != nil {
		return nil, err
	}
	answered := api.PackageResponseRequest{
		Id:         "com.example.inspection.3",
		ActionBody: api.AnswersRequestBody{Answers: answers},
	}
	var response api.ResponseRequest
	if err := response.FromPackageResponseRequest(answered); err != nil {
		return nil, err
	}
	return client.RespondToActionWithResponse(ctx, group, action, response)
	// endregion
}
