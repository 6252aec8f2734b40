// The scenario by the functions that orval makes over fetch.
import { inWords } from "../../../typescript/src/narrow.js";
import { type Api, run } from "../../../typescript/src/scenario.js";
import { type ActionRequest, type ListActionsParams, type ResponseRequest } from "../generated/orval/fetch.js";
import { getAction, listActions, postAction, respondToAction } from "../generated/orval/fetch.js";

const api: Api = async ({ operation, group, action, query, body }) => {
  // The scenario's parameters and bodies are data, so the compiler takes our word for them here.
  switch (operation) {
    case "listActions": {
      const { status, headers, data } = await listActions(group, query as unknown as ListActionsParams);
      // The types of its lists and those of openapi-typescript are each other's.
      return { response: { status, headers }, answer: data, ...(status === 200 ? { listed: data.actions.map(inWords) } : {}) };
    }
    case "postAction":
      return outcome(await postAction(group, body as ActionRequest));
    case "getAction":
      return outcome(await getAction(group, action, query));
    case "respondToAction":
      return outcome(await respondToAction(group, action, body as ResponseRequest));
  }
};

function outcome({ status, headers, data }: { status: number; headers: Headers; data: unknown }) {
  return { response: { status, headers }, answer: data };
}

await run(api);
