// The scenario by the client of openapi-generator's `typescript-fetch`.
import { inWords } from "../../../typescript/src/narrow.js";
import { type Api, type Call, client as settings, run } from "../../../typescript/src/scenario.js";
import { AnsweringApi, Configuration, ListingApi, PostingApi, ResponseError, ServiceErrorFromJSON } from "../generated/typescript-fetch/index.js";
import { type ActionRequest, type ApiResponse, type ListActionsRequest, type ResponseRequest } from "../generated/typescript-fetch/index.js";

const configuration = new Configuration({
  basePath: settings.baseUrl,
  apiKey: settings.headers.accessToken,
  // A 308 names a new base and not the whole address, so it must not be followed (D-27).
  fetchApi: (url, init) => fetch(url, { ...init, redirect: "manual" }),
});
const listing = new ListingApi(configuration);
const posting = new PostingApi(configuration);
const answering = new AnsweringApi(configuration);

const api: Api = async (call) => {
  if (call.untyped && call.body !== undefined) return untyped(call);
  const { group: groupId, action: actionId, query, body } = call;
  // The scenario's parameters and bodies are data, so the compiler takes our word for them here.
  try {
    switch (call.operation) {
      case "listActions": {
        const answer = await listing.listActionsRaw({ groupId, ...query } as unknown as ListActionsRequest);
        const list = await answer.value();
        // The types of its lists and those of openapi-typescript are each other's.
        return { response: answer.raw, answer: list, listed: list.actions.map(inWords) };
      }
      case "postAction":
        return await outcome(posting.postActionRaw({ groupId, actionRequest: body as ActionRequest }));
      case "getAction":
        return await outcome(listing.getActionRaw({ groupId, actionId, ...query }));
      case "respondToAction":
        return await outcome(answering.respondToActionRaw({ groupId, actionId, responseRequest: body as ResponseRequest }));
    }
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    return failure(error.response);
  }
};

async function outcome(answered: Promise<ApiResponse<unknown>>) {
  const { raw, value } = await answered.then((answer) => ({ raw: answer.raw, value: answer.value() }));
  return { response: raw, answer: await value };
}

/** What was refused is thrown as it came; its type is in the document, but the client does not read it. */
async function failure(response: Response) {
  const text = await response.text();
  return { response, answer: text === "" ? undefined : ServiceErrorFromJSON(JSON.parse(text)) };
}

/** Around its types: it would send `{}` for a body that is of no alternative. */
async function untyped({ group, body }: Call) {
  const url = `${settings.baseUrl}/groups/${group}/actions`;
  const headers = { ...settings.headers, "Content-Type": "application/json" };
  return failure(await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

await run(api);
