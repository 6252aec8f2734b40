// node snippets.js URL BINARY
//
// Holds what a program with snippets has sent to a sandbox to the examples of the document: one of each kind of body, and each
// the same JSON. Dates are compared as points in time, and phone numbers as the sandbox's record has them: masked.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { recorded } from "./recorded.js";

const [url, binary] = process.argv.slice(2);
assert(binary !== undefined, "usage: node snippets.js URL BINARY");

const { schemas } = JSON.parse(execFileSync(binary, ["spec", "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 26 })).components;
const har = await recorded(url);
const bodies = har.log.entries.map(({ request }) => ({ path: new URL(request.url).pathname, body: JSON.parse(request.postData.text) }));

for (const { request, response } of har.log.entries) assert.equal(response.status, 200, `${request.url}: ${response.content?.text}`);
for (const [union, end] of [["ActionRequest", "/actions"], ["ResponseRequest", "/responses"]]) {
  const examples = schemas[union].oneOf.map(({ $ref }) => schemas[$ref.split("/").at(-1)].example);
  const sent = bodies.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);
  assert.deepEqual(sorted(sent), sorted(examples), union);
}
console.log(`${bodies.length} snippets`);

function sorted(bodies) {
  const key = ({ actionType, id }) => actionType ?? id;
  return bodies.map(comparable).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function comparable(value) {
  if (Array.isArray(value)) return value.map(comparable);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, comparable(inner)]));
  }
  if (/^\+\d+$/.test(value)) return value.replaceAll(/\d/g, "*");
  return /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toISOString() : value;
}
