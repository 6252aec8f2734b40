// The scenario by openapi-fetch, with the types of openapi-typescript.
import createClient from "openapi-fetch";
import type { paths } from "../generated/kaizala-actions.js";
import { inWords } from "./narrow.js";
import { type Api, type Schemas, client, run } from "./scenario.js";

type ListQuery = paths["/groups/{groupId}/actions"]["get"]["parameters"]["query"];

// A 308 names a new base and not the whole address, so it must not be followed (D-27).
const { GET, POST } = createClient<paths>({ ...client, redirect: "manual" });

const api: Api = async ({ operation, group, action, query, body }) => {
  const groupId = group;
  const actionId = action;
  // The scenario's parameters and bodies are data, so the compiler takes our word for them here; narrow.ts lets it judge.
  switch (operation) {
    case "listActions": {
      const params = { path: { groupId }, query: query as ListQuery };
      const { data, error, response } = await GET("/groups/{groupId}/actions", { params });
      return data === undefined ? { answer: error, response } : { answer: data, response, listed: data.actions.map(inWords) };
    }
    case "postAction": {
      const params = { path: { groupId } };
      const { data, error, response } = await POST("/groups/{groupId}/actions", { params, body: body as Schemas["ActionRequest"] });
      return { answer: data ?? error, response };
    }
    case "getAction": {
      const params = { path: { groupId, actionId }, query };
      const { data, error, response } = await GET("/groups/{groupId}/actions/{actionId}", { params });
      return { answer: data ?? error, response };
    }
    case "respondToAction": {
      const params = { path: { groupId, actionId } };
      const path = "/groups/{groupId}/actions/{actionId}/responses";
      const { data, error, response } = await POST(path, { params, body: body as Schemas["ResponseRequest"] });
      return { answer: data ?? error, response };
    }
  }
};

await run(api);
