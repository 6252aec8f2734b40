// node sandbox/har.js BINARY URL
//
// Lets Chromium make calls of a page that the sandbox serves, and record them as an HTTP archive. The linter must report about it what it
// reports about the archive that the sandbox recorded.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [binary, url] = process.argv.slice(2);
assert(url !== undefined, "usage: node sandbox/har.js BINARY URL");

const JOB = { actionType: "Job", actionBody: { title: "A", assignedTo: ["+911234500001"] } };
const CALLS = [
  ["POST", "/v1/groups/g/actions", JOB],
  ["POST", "/v1/groups/g/actions", { ...JOB, actionType: "job" }],
  ["POST", "/v1/groups/g/actions", { actionType: "Job", actionBody: { title: "A" } }],
  ["POST", "/v1/groups/g/actions", { actionType: "Announcement", actionBody: { title: "ä 🙏" } }],
  ["GET", "/v1/groups/g/actions?actionType=job&count=1"],
  ["GET", "/v1/groups/g/actions?actionType=audio"],
  ["GET", "/v1/groups/g/actions/none"],
];

function findings(file) {
  const { stdout, stderr, status } = spawnSync(binary, ["lint", "--input", "har", "--format", "jsonl", file], { encoding: "utf8" });
  assert(status === 0 || status === 1, stderr);
  const rows = stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  return rows.map(({ part, rule, pointer }) => `${part} ${rule} ${pointer}`).sort();
}

const folder = mkdtempSync(join(tmpdir(), "har-"));
try {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-server=direct://"],
  });
  const file = join(folder, "chromium.har");
  const context = await browser.newContext({ recordHar: { path: file, urlFilter: "**/v1/**" } });
  const page = await context.newPage();
  await page.goto(`${url}/`);
  await page.evaluate(async (calls) => {
    for (const [method, path, body] of calls) {
      const headers = { accessToken: "t", ...(body === undefined ? {} : { "content-type": "application/json" }) };
      const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
      await response.text();
    }
  }, CALLS);
  await context.close();
  const version = browser.version();
  await browser.close();
  const own = join(folder, "sandbox.har");
  writeFileSync(own, await (await fetch(`${url}/_sandbox/exchanges`)).text());
  const found = findings(file);
  assert.deepEqual(found, findings(own));
  assert(found.length > 3, String(found));
  console.log(`${CALLS.length} calls that Chromium ${version} recorded have the same ${found.length} findings as the sandbox's archive`);
} finally {
  rmSync(folder, { recursive: true });
}
