// node proxy/scenario.js BINARY COMMAND...
//
// Lets a client go through the scenario behind a proxy: in observe, all bytes pass as they came; in enforce, the calls that the contract
// forbids are refused as the client expects it of the sandbox, and do not reach it. The command is given the address and the folder
// `conformance`, and prints the name of each step that went well. Prints how many calls there were.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Chain } from "./chain.js";
import { isRefused, samePassed } from "./compare.js";
import { sameCounts, sameRecord } from "./counts.js";

const [binary, ...client] = process.argv.slice(2);
assert(client.length > 0, "usage: node proxy/scenario.js BINARY COMMAND...");

const conformance = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const { steps } = JSON.parse(readFileSync(join(conformance, "scenario.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "proxy-"));

/** Goes through the scenario; returns the exchanges before and behind the proxy. */
async function through(mode) {
  const record = join(folder, `${mode}.ndjson`);
  const chain = await Chain.start(binary, { proxy: [`--${mode}`, "--record", record] });
  let samples;
  try {
    await run(chain.url);
    samples = await chain.metrics();
  } finally {
    await chain.stop();
  }
  const [outside, inside] = [chain.outer.exchanges(), chain.inner.exchanges()];
  samePassed(outside, inside, mode === "observe");
  sameCounts(samples, outside, inside);
  const { lines, rows } = sameRecord(samples, binary, record);
  const failing = new Set(rows.filter(({ severity }) => severity === "error").map(({ record }) => record));
  const forbidden = lines.map(({ response, outcome }) => response?.status === 400 || outcome === "request-refused");
  assert.deepEqual(forbidden.flatMap((is, at) => (is ? [at + 1] : [])), [...failing].sort((a, b) => a - b), "calls with errors");
  return { outside, inside };
}

async function run(url) {
  const [program, ...args] = client;
  const child = spawn(program, [...args, url, conformance], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  assert.equal(code, 0, `after the step "${printed.trim().split("\n").at(-1)}"`);
  assert.deepEqual(printed.trim().split("\n"), steps.map(({ name }) => name));
}

try {
  const observed = await through("observe");
  assert(!observed.outside.some(isRefused), "an exchange is refused in observe");
  const enforced = await through("enforce");
  // Each step that gets 400 is one that the proxy refuses itself; what it passes is as before.
  const forbidden = steps.filter(({ status }) => status === 400).length;
  assert.equal(enforced.outside.filter(isRefused).length, forbidden);
  assert.equal(enforced.outside.length, observed.outside.length);
  for (const [index, { request, response }] of enforced.outside.entries()) {
    const expected = observed.outside[index];
    assert.equal(request.start, expected.request.start);
    assert.equal(response.status, expected.response.status, request.start);
    if (response.status < 400) continue;
    const [code, wanted] = [response, expected.response].map(({ body }) => JSON.parse(body.toString()).errorCode);
    assert.equal(code, wanted, request.start);
  }
  console.log(`${observed.outside.length} calls, ${forbidden} of them refused in enforce`);
} finally {
  rmSync(folder, { recursive: true });
}
