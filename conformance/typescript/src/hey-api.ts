// The scenario by the client of @hey-api/openapi-ts.
import { createClient } from "../generated/hey-api/client/index.js";
import { getAction, listActions, postAction, respondToAction } from "../generated/hey-api/sdk.gen.js";
import type { ListActionsData, ActionRequest, ResponseRequest } from "../generated/hey-api/types.gen.js";
import { inWords } from "./narrow.js";
import { type Api, type Outcome, client as settings, run } from "./scenario.js";

const client = createClient({
  baseUrl: settings.baseUrl,
  auth: settings.headers.accessToken,
  // A 308 names a new base and not the whole address, so it must not be followed (D-27).
  redirect: "manual",
});

const api: Api = async ({ operation, group, action, query, body }) => {
  const path = { groupId: group, actionId: action };
  // The scenario's parameters and bodies are data, so the compiler takes our word for them here; narrow.ts lets it judge.
  switch (operation) {
    case "listActions": {
      const result = await listActions({ client, path, query: query as ListActionsData["query"] });
      // Its types and those of openapi-typescript are each other's.
      return { ...outcome(result), ...(result.data === undefined ? {} : { listed: result.data.actions.map(inWords) }) };
    }
    case "postAction":
      return outcome(await postAction({ client, path, body: body as ActionRequest }));
    case "getAction":
      return outcome(await getAction({ client, path, query }));
    case "respondToAction":
      return outcome(await respondToAction({ client, path, body: body as ResponseRequest }));
  }
};

function outcome({ data, error, response }: { data?: unknown; error?: unknown; response?: Response }): Outcome {
  if (response === undefined) throw error;
  return { answer: data ?? error, response };
}

await run(api);
