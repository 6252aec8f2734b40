// region client
import (
	"context"
	"net/http"

	// What oapi-codegen makes.
	"kaizala-actions.invalid/conformance/generated/api"
)

// endregion
// region client
func connect(endpoint, accessToken string) (*api.ClientWithResponses, error) {
	token := func(_ context.Context, request *http.Request) error {
		request.Header.Set("accessToken", accessToken)
		return nil
	}
	return api.NewClientWithResponses(endpoint+"/v1", api.WithRequestEditorFn(token))
}

// endregion
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
