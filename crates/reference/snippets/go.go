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
// region NewImage
image := api.NewImage{
	ActionType: api.NewImageActionTypeImage,
	ActionBody: api.NewMediaBody{
		MediaResource: "opaque-text-that-uploading-the-picture-returned",
		Caption:       new("The new fire door"),
	},
}
var action api.NewAction
if err := action.FromNewImage(image); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewAudio
audio := api.NewAudio{
	ActionType: api.Audio,
	ActionBody: api.NewMediaBody{
		MediaResource: "opaque-text-that-uploading-the-recording-returned",
		Caption:       new("Briefing of Monday"),
	},
}
var action api.NewAction
if err := action.FromNewAudio(audio); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewDocument
document := api.NewDocument{
	ActionType: api.Document,
	ActionBody: api.NewMediaBody{
		MediaResource: "opaque-text-that-uploading-the-document-returned",
		Caption:       new("Safety rules"),
	},
}
var action api.NewAction
if err := action.FromNewDocument(document); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewJob
job := api.NewJob{
	ActionType: api.NewJobActionTypeJob,
	ActionBody: api.NewJobBody{
		Title:      "Check the fire extinguishers",
		AssignedTo: []string{"+911234500001", "+911234500002"},
		DueDate:    new(int64(10)),
	},
}
var action api.NewAction
if err := action.FromNewJob(job); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewJobResponse
done := api.NewJobResponse{
	ActionType: api.NewJobResponseActionTypeJob,
	ActionBody: api.NewJobResponseBody{IsCompleted: true},
}
var response api.NewResponse
if err := response.FromNewJobResponse(done); err != nil {
	return nil, err
}
return client.PostActionResponseWithResponse(ctx, group, action, response)
// endregion
// region NewSurvey
survey := api.NewSurvey{
	ActionType: api.NewSurveyActionTypeSurvey,
	ActionBody: api.NewSurveyBody{
		Title: "How was the training?",
		Questions: []api.NewQuestion{
			{Title: "What did you like best?", Type: api.QuestionTypeText},
		},
	},
}
var action api.NewAction
if err := action.FromNewSurvey(survey); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewSurveyResponse
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
answered := api.NewSurveyResponse{
	ActionType: api.NewSurveyResponseActionTypeSurvey,
	ActionBody: api.NewAnswersBody{Answers: answers},
}
var response api.NewResponse
if err := response.FromNewSurveyResponse(answered); err != nil {
	return nil, err
}
return client.PostActionResponseWithResponse(ctx, group, action, response)
// endregion
// region NewLetsMeet
meeting := api.NewLetsMeet{
	ActionType: api.NewLetsMeetActionTypeLetsMeet,
	ActionBody: api.NewLetsMeetBody{
		Title:        "Kick-off",
		StartingTime: time.Date(2018, time.January, 1, 9, 0, 0, 0, time.UTC),
		Duration:     new(45),
	},
}
var action api.NewAction
if err := action.FromNewLetsMeet(meeting); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewPoll
poll := api.NewPoll{
	ActionType: api.NewPollActionTypePoll,
	ActionBody: api.NewPollBody{
		Question: "Where shall we eat?",
		Choices:  []api.NewPollChoice{{Title: "At the office"}, {Title: "Outside"}},
	},
}
var action api.NewAction
if err := action.FromNewPoll(poll); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewPackage
hall := api.NewProperty{Name: "hall", Value: "2"}
if err := hall.Type.FromPropertyTypeName(api.PropertyTypeNameNumeric); err != nil {
	return nil, err
}
inspection := api.NewPackage{
	Id: "com.example.inspection.3",
	ActionBody: api.NewPackageBody{
		Title:      new("Inspection of hall 2"),
		Properties: &[]api.NewProperty{hall},
	},
}
var action api.NewAction
if err := action.FromNewPackage(inspection); err != nil {
	return nil, err
}
return client.PostActionWithResponse(ctx, group, action)
// endregion
// region NewPackageResponse
answers := make([]api.Answer, 1)
if err := answers[0].FromAnswer0("Yes"); err != nil {
	return nil, err
}
answered := api.NewPackageResponse{
	Id:         "com.example.inspection.3",
	ActionBody: api.NewAnswersBody{Answers: answers},
}
var response api.NewResponse
if err := response.FromNewPackageResponse(answered); err != nil {
	return nil, err
}
return client.PostActionResponseWithResponse(ctx, group, action, response)
// endregion
