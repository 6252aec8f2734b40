// Compares what a proxy got with what it passed on.
import assert from "node:assert/strict";
import { field } from "./tap.js";

/** Fields for one connection alone, besides those that `Connection` names; and the one that names the server. */
const OWN = ["connection", "keep-alive", "proxy-connection", "te", "upgrade", "host"];

/** Whether the proxy answered by itself: the sandbox has no such type. */
export function isRefused(exchange) {
  return field(exchange.response.fields, "content-type") === "application/problem+json" || isUnreadable(exchange);
}

/** Whether the proxy could not read the head of a request: the sandbox sends no such response, without a body. */
export function isUnreadable({ response }) {
  return response.status === 400 && field(response.fields, "content-length") === "0";
}

/** Holds all exchanges on the side of the upstream to those on the side of the client, of which it lacks those that were refused. */
export function samePassed(outside, inside, isFramed) {
  const passed = outside.filter((exchange) => !isRefused(exchange));
  const starts = (exchanges) => exchanges.map(({ request }) => request.start);
  assert.deepEqual(starts(inside), starts(passed), "requests that reached the upstream");
  for (const [index, came] of passed.entries()) {
    const went = inside[index];
    const { start } = came.request;
    for (const side of ["request", "response"]) {
      const [expected, found] = [came[side], went[side]];
      assert.equal(found.start, expected.start);
      assert.deepEqual(passing(found.fields, isFramed), passing(expected.fields, isFramed), `${side} of ${start}`);
      assert(found.body.equals(expected.body), `the bodies of the ${side} of ${start} differ`);
    }
  }
}

/** The fields that a proxy leaves as they are, with the case of their names. Only the order of those with the same name means something. */
function passing(fields, isFramed) {
  const named = (field(fields, "connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  // A body that is read before it passes may get another length.
  const own = new Set([...OWN, ...named, ...(isFramed ? [] : ["transfer-encoding", "content-length"])]);
  const passed = fields.filter(([name]) => !own.has(name.toLowerCase()));
  const key = ([name]) => name.toLowerCase();
  return passed.sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b)))).map((pair) => pair.join(": "));
}
