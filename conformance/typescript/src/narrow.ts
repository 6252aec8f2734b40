// Compiled, never run: proves that TypeScript tells the alternatives of the contract's unions apart. Adding an
// action type to the document makes `unreachable` fail here until it has a case.
import type { components, operations } from "./generated/kaizala-actions.js";

type Schemas = components["schemas"];

function unreachable(value: never): never {
  throw new Error(`not a type of the contract: ${JSON.stringify(value)}`);
}

/** A list's actions narrow by the value of `actionType`. */
export function listed(action: Schemas["ListedAction"]): string {
  switch (action.actionType) {
    case "Image":
      return action.actionBody.imageUrl;
    case "Job":
      return `${action.actionBody.title}: ${action.actionBody.responseCount ?? 0}`;
    case "Survey":
      return action.actionBody.expiryDate ?? action.actionBody.title;
    case "PhotoWithLocation":
      return `${action.actionBody.imageUrl} ${action.actionBody.latitude}`;
    case "LetsMeet":
      return action.actionBody.place?.name ?? action.actionBody.title;
    case "Poll":
      return action.actionBody.choices?.[0]?.title ?? action.actionBody.question;
    case "ShareLocation":
      return `${action.actionBody.latitude} ${action.actionBody.longitude}`;
    default:
      return unreachable(action);
  }
}

/** A request's actions narrow by the presence of `actionType`, then by its value. */
export function posted(action: Schemas["NewAction"]): string {
  if (!("actionType" in action)) {
    return `${action.id} ${action.actionBody.properties?.[0]?.value ?? ""}`;
  }
  switch (action.actionType) {
    case "Image":
    case "Audio":
    case "Document":
      return action.actionBody.mediaResource;
    case "Job":
      return action.actionBody.assignedTo.join();
    case "Survey":
      return action.actionBody.questions.map((question) => question.type).join();
    case "LetsMeet":
      return action.actionBody.startingTime;
    case "Poll":
      return action.actionBody.choices.map((choice) => choice.title).join();
    default:
      return unreachable(action);
  }
}

/** So do the answers. */
export function answered(response: Schemas["NewResponse"]): string {
  if (!("actionType" in response)) {
    return `${response.id} ${response.actionBody.Answers.map(answer).join()}`;
  }
  switch (response.actionType) {
    case "Job":
      return String(response.actionBody.isCompleted);
    case "Survey":
      return response.actionBody.Answers.map(answer).join();
    default:
      return unreachable(response);
  }
}

/** One answer is told apart by its JSON type. */
function answer(value: Schemas["Answer"]): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toFixed();
  if (Array.isArray(value)) return value.join();
  return value.n ?? `${value.lt} ${value.lg}`;
}

/** The query names the types of the matrix's GET column as the matrix spells them. */
export const listable: operations["listActions"]["parameters"]["query"]["actionType"][] = ["letsmeet", "image"];
// @ts-expect-error: audio cannot be listed
export const notListable: operations["listActions"]["parameters"]["query"]["actionType"] = "audio";
// @ts-expect-error: bodies spell it otherwise
export const notTheBodyValue: operations["listActions"]["parameters"]["query"]["actionType"] = "LetsMeet";
// @ts-expect-error: a location cannot be posted
export const notPostable: Schemas["NewAction"] = { actionType: "ShareLocation", actionBody: {} };
// @ts-expect-error: a request's due date is in hours
export const notADate: Schemas["NewJobBody"] = { title: "", assignedTo: [], dueDate: "2018-01-01T00:00:00Z" };
