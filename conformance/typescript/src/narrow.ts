// Proves that TypeScript tells the alternatives of the contract's unions apart; all but `inWords` is compiled, never run.
// Adding an action type to the document makes `unreachable` fail here until it has a case.
import type { components, operations } from "../generated/kaizala-actions.js";
import type { AnyListedAction, UnknownAction } from "./open.js";

type Schemas = components["schemas"];

function unreachable(value: never): never {
  throw new Error(`not a type of the contract: ${JSON.stringify(value)}`);
}

/** A list's actions narrow by the value of `actionType`; what a newer service lists comes through as the default. */
export function inWords(action: AnyListedAction): string {
  switch (action.actionType) {
    case "Image":
      return `Image at ${action.actionBody.imageUrl}`;
    case "Job":
      return `Job ${action.actionBody.title}: ${action.actionBody.responseCount} of ${action.actionBody.assigneeCount}`;
    case "Survey":
      return `Survey ${action.actionBody.title}: ${action.actionBody.responseCount}`;
    case "PhotoWithLocation":
      return `PhotoWithLocation ${action.actionBody.imageUrl} at ${action.actionBody.latitude}, ${action.actionBody.longitude}`;
    case "LetsMeet":
      return `LetsMeet ${action.actionBody.title} at ${action.actionBody.place?.name}`;
    case "Poll":
      return `Poll ${action.actionBody.question}: ${action.actionBody.choices?.map((choice) => choice.title).join(", ")}`;
    case "ShareLocation":
      return `ShareLocation at ${action.actionBody.latitude}, ${action.actionBody.longitude}`;
    default:
      return unknown(action);
  }
}

/** Takes no type that the contract knows, so that the compiler wants a case for each. */
function unknown(action: UnknownAction): string {
  return `unknown type ${action.actionType}`;
}

/** Whoever wants only some types needs no case for the others. */
export function jobs(list: Schemas["ActionList"]): string[] {
  const actions: AnyListedAction[] = list.actions;
  return actions.flatMap((action) => (action.actionType === "Job" ? action.actionBody.title : []));
}

/** Without these types there is nothing left after all cases. */
export function closed(action: Schemas["ListedAction"]): void {
  switch (action.actionType) {
    case "Image":
    case "Job":
    case "Survey":
    case "PhotoWithLocation":
    case "LetsMeet":
    case "Poll":
    case "ShareLocation":
      return;
    default:
      unreachable(action);
  }
}

/** With them the default is what is unknown, and never one that is known. */
export function open(action: AnyListedAction): void {
  if (action.actionType === "Image") return;
  // @ts-expect-error: there are cases left
  unknown(action);
}

/** A request's actions narrow by the presence of `actionType`, then by its value. */
export function posted(action: Schemas["ActionRequest"]): string {
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
export function answered(response: Schemas["ResponseRequest"]): string {
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
export const notPostable: Schemas["ActionRequest"] = { actionType: "ShareLocation", actionBody: {} };
// @ts-expect-error: a request's due date is in hours
export const notADate: Schemas["JobRequestBody"] = { title: "", assignedTo: [], dueDate: "2018-01-01T00:00:00Z" };
