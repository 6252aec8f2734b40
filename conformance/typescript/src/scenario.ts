// Reads ../scenario.json and holds a generated client to it: ../README.md says what a step means. What differs from
// client to client is an `Api`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { components } from "../generated/kaizala-actions.js";

export type Schemas = components["schemas"];
type Operation = "listActions" | "postAction" | "getAction" | "respondToAction";
type Query = Record<string, string | number | boolean>;

/** What a client made of one answer. */
export interface Outcome {
  response: Pick<Response, "status" | "headers">;
  answer: unknown;
  /** The actions of a list, each in words; a list alone has them. */
  listed?: string[];
}

export interface Call {
  operation: Operation;
  group: string;
  action: string;
  query: Query;
  body: unknown;
  /** The client's types cannot say it. */
  untyped: boolean;
  /** Types that know ranges cannot say it. */
  ranged: boolean;
}

/** A generated client. */
export type Api = (call: Call) => Promise<Outcome>;

interface Step {
  name: string;
  control?: { method: string; path: string; body: unknown };
  operation?: Operation;
  action?: string;
  query?: Query;
  body?: string;
  with?: Record<string, unknown>;
  untyped?: boolean;
  ranged?: boolean;
  status: number;
  headers?: Record<string, string>;
  fields?: Record<string, unknown>;
  present?: string[];
  absent?: string[];
  listed?: string[];
  keep?: Record<string, string>;
}

interface Scenario {
  group: string;
  token: string;
  steps: Step[];
}

const [url, folder] = process.argv.slice(2);
assert(url !== undefined && folder !== undefined, "usage: node PROGRAM URL CONFORMANCE-FOLDER");

/** JSON is read into the types of the document, unchecked: that is what these generators promise, and no more. */
function read(path: string): unknown {
  return JSON.parse(readFileSync(`${folder}/${path}`, "utf8"));
}

const scenario = read("scenario.json") as Scenario;

export const client = { baseUrl: `${url}/v1`, headers: { accessToken: scenario.token } };

/** Goes through all steps; prints the name of each that is as it should be, and throws at the first that is not. */
export async function run(api: Api): Promise<void> {
  const kept = new Map<string, unknown>();
  const filled = <T>(value: T): T => (typeof value === "string" && value.startsWith("$") ? kept.get(value.slice(1)) : value) as T;
  const all = <T extends object>(values: T): T => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filled(value)])) as T;

  for (const step of scenario.steps) {
    try {
      if (step.control !== undefined) {
        const { method, path, body } = step.control;
        const response = await fetch(url + path, { method, headers: client.headers, body: JSON.stringify(body) });
        assert.equal(response.status, 200);
      } else {
        assert(step.operation !== undefined);
        const body = step.body === undefined ? undefined : { ...(read(`../openapi/examples/${step.body}.json`) as object), ...all(step.with ?? {}) };
        const { operation, untyped = false, ranged = false } = step;
        const call = { operation, group: scenario.group, action: filled(step.action ?? ""), query: all(step.query ?? {}), body, untyped, ranged };
        const { response, answer, listed } = await api(call);
        assert.equal(response.status, step.status);
        for (const [name, value] of Object.entries(step.headers ?? {})) assert.equal(response.headers.get(name), value, name);
        for (const [pointer, value] of Object.entries(all(step.fields ?? {}))) assert.deepEqual(at(answer, pointer), value, pointer);
        for (const pointer of step.present ?? []) assert(at(answer, pointer) !== undefined, `no ${pointer}`);
        for (const pointer of step.absent ?? []) assert(at(answer, pointer) === undefined, pointer);
        if (step.listed !== undefined) assert.deepEqual(listed, step.listed);
        for (const [name, pointer] of Object.entries(step.keep ?? {})) {
          assert(at(answer, pointer) !== undefined, `no ${pointer}`);
          kept.set(name, at(answer, pointer));
        }
      }
    } catch (error) {
      throw new Error(step.name, { cause: error });
    }
    console.log(step.name);
  }
}

/** The value at a JSON Pointer; the scenario's have no `~`. */
function at(value: unknown, pointer: string): unknown {
  return pointer.split("/").slice(1).reduce((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], value);
}
