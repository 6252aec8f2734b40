// The scenario by the client of swagger-typescript-api, from the document with its responses and parameters in place.
import { inWords } from "../../../typescript/src/narrow.js";
import { type Api, client as settings, run } from "../../../typescript/src/scenario.js";
import { Api as Client, type ActionRequest, type HttpResponse, type ListableActionType, type ResponseRequest } from "../generated/swagger-typescript-api/api.js";

const { groups } = new Client<never>({
  baseUrl: settings.baseUrl,
  // A 308 names a new base and not the whole address, so it must not be followed (D-27).
  baseApiParams: { headers: settings.headers, redirect: "manual" },
});

const api: Api = async ({ operation, group, action, query, body }) => {
  // The scenario's parameters and bodies are data, so the compiler takes our word for them here.
  switch (operation) {
    case "listActions": {
      const response = await groups.listActions(group, query as { actionType: ListableActionType });
      // The types of its lists and those of openapi-typescript are each other's.
      return { ...outcome(response), ...(response.ok ? { listed: response.data.actions.map(inWords) } : {}) };
    }
    case "postAction":
      return outcome(await groups.postAction(group, body as ActionRequest));
    case "getAction":
      return outcome(await groups.getAction(group, action, query));
    case "respondToAction":
      return outcome(await groups.respondToAction(group, action, body as ResponseRequest));
  }
};

function outcome(response: HttpResponse<unknown, unknown>) {
  return { response, answer: response.ok ? response.data : response.error };
}

await run(api);
