// How each body is sent with openapi-fetch and the types of openapi-typescript: what the reference of the contract shows lies
// between the comments `region` and `endregion`. Usage: node snippets.js URL TOKEN GROUP
import assert from "node:assert/strict";

// region client
import createClient from "openapi-fetch";
// What openapi-typescript makes.
import type { paths } from "../generated/kaizala-actions.js";
// endregion

const [endpoint, accessToken, groupId] = process.argv.slice(2);
assert(endpoint !== undefined && accessToken !== undefined && groupId !== undefined);

// region client
const { POST } = createClient<paths>({
  baseUrl: `${endpoint}/v1`,
  headers: { accessToken },
  redirect: "manual", // a 308 names a new endpoint, to which the caller decides to go
});
// endregion

{
  // region ImageRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "Image",
      actionBody: { mediaResource: "opaque-text-that-uploading-the-picture-returned", caption: "The new fire door" },
    },
  });
  // endregion
  posted(data, error);
}
{
  // region AudioRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "Audio",
      actionBody: { mediaResource: "opaque-text-that-uploading-the-recording-returned", caption: "Briefing of Monday" },
    },
  });
  // endregion
  posted(data, error);
}
{
  // region DocumentRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "Document",
      actionBody: { mediaResource: "opaque-text-that-uploading-the-document-returned", caption: "Safety rules" },
    },
  });
  // endregion
  posted(data, error);
}
{
  // region JobRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "Job",
      actionBody: {
        title: "Check the fire extinguishers",
        assignedTo: ["+911234500001", "+911234500002"],
        dueDate: 10,
      },
    },
  });
  // endregion
  const actionId = posted(data, error);
  // region JobResponseRequest
  const answered = await POST("/groups/{groupId}/actions/{actionId}/responses", {
    params: { path: { groupId, actionId } },
    body: { actionType: "Job", actionBody: { isCompleted: true } },
  });
  // endregion
  assert(answered.data);
}
{
  // region SurveyRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "Survey",
      actionBody: {
        title: "How was the training?",
        questions: [{ title: "What did you like best?", type: "Text" }],
      },
    },
  });
  // endregion
  const actionId = posted(data, error);
  // region SurveyResponseRequest
  const answered = await POST("/groups/{groupId}/actions/{actionId}/responses", {
    params: { path: { groupId, actionId } },
    body: {
      actionType: "Survey",
      actionBody: { Answers: ["It went well", "Opt1", ["MOpt1", "MOpt2"], 123] },
    },
  });
  // endregion
  assert(answered.data);
}
{
  // region LetsMeetRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "LetsMeet",
      actionBody: { title: "Kick-off", startingTime: "2018-01-01T09:00:00Z", duration: 45 },
    },
  });
  // endregion
  posted(data, error);
}
{
  // region PollRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      actionType: "Poll",
      actionBody: {
        question: "Where shall we eat?",
        choices: [{ title: "At the office" }, { title: "Outside" }],
      },
    },
  });
  // endregion
  posted(data, error);
}
{
  // region PackageRequest
  const { data, error } = await POST("/groups/{groupId}/actions", {
    params: { path: { groupId } },
    body: {
      id: "com.example.inspection.3",
      actionBody: {
        title: "Inspection of hall 2",
        properties: [{ name: "hall", type: "Numeric", value: "2" }],
      },
    },
  });
  // endregion
  const actionId = posted(data, error);
  // region PackageResponseRequest
  const answered = await POST("/groups/{groupId}/actions/{actionId}/responses", {
    params: { path: { groupId, actionId } },
    body: { id: "com.example.inspection.3", actionBody: { Answers: ["Yes"] } },
  });
  // endregion
  assert(answered.data);
}

/** The action id of what was posted, empty if it has none. */
function posted(data: { actionId?: string } | undefined, error: unknown): string {
  assert(data !== undefined, JSON.stringify(error));
  return data.actionId ?? "";
}
