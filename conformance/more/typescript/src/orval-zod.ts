// The scenario by zod's schemas of orval, which judge what the functions of orval send and get.
import type { ZodType } from "zod";
import { inWords } from "../../../typescript/src/narrow.js";
import { type Api, type Call, run } from "../../../typescript/src/scenario.js";
import * as zod from "../generated/orval/zod.js";
import { ask } from "./orval-mutator.js";

interface Answer {
  status: number;
  headers: Headers;
  data: unknown;
}

/** Carries out one call; a body that the schemas refuse is sent all the same where the scenario says that they must. */
const api: Api = async ({ operation, group, action, query, body, untyped, ranged }) => {
  const path = `/groups/${group}/actions`;
  const sent = (schema: ZodType): RequestInit => ({
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(untyped || ranged ? refused(schema, body) : schema.parse(body)),
  });
  switch (operation) {
    case "listActions": {
      const judged = untyped ? refused(zod.ListActionsQueryParams, query) : zod.ListActionsQueryParams.parse(query);
      const { status, headers, data } = await ask<Answer>(`${path}?${search(judged as Call["query"])}`, { method: "GET" });
      const response = { status, headers };
      return status === 200 ? { response, ...list(data) } : { response, answer: data };
    }
    case "postAction":
      return outcome(await ask(path, sent(zod.PostActionBody)), zod.PostActionResponse);
    case "getAction": {
      const judged = zod.GetActionQueryParams.parse(query);
      return outcome(await ask(`${path}/${action}?${search(judged)}`, { method: "GET" }), zod.GetActionResponse);
    }
    case "respondToAction":
      return outcome(await ask(`${path}/${action}/responses`, sent(zod.RespondToActionBody)), zod.RespondToActionResponse);
  }
};

function search(query: Call["query"]): URLSearchParams {
  return new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

/** There is no schema of the errors: orval makes them for what goes well. */
function outcome({ status, headers, data }: Answer, schema: ZodType) {
  return { response: { status, headers }, answer: status === 200 ? schema.parse(data) : data };
}

/** The schema is closed, so one type that it does not know fails the whole list (D-30): its items are judged one by one. */
function list(data: unknown) {
  const Item = zod.ListActionsResponse.shape.actions.element;
  const known = new Set<string>(Item.options.flatMap((option) => option.shape.actionType.options));
  const { actions } = data as { actions: { actionType: string }[] };
  const listed = actions.map((item) => (known.has(item.actionType) ? inWords(Item.parse(item)) : `unknown type ${item.actionType}`));
  const parsed = zod.ListActionsResponse.parse({ ...(data as object), actions: actions.filter(({ actionType }) => known.has(actionType)) });
  return { answer: parsed, listed };
}

function refused(schema: ZodType, value: unknown): unknown {
  // D-05: the schemas ignore `not`, and take an action of a type and a package at once.
  const isBoth = typeof value === "object" && value !== null && "id" in value && "actionType" in value;
  if (schema.safeParse(value).success !== isBoth) throw new Error(`the schema takes it: ${JSON.stringify(value)}`);
  return value;
}

await run(api);
