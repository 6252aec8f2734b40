// node exchanges.js URL FOLDER BINARY
//
// Has the linter judge what a sandbox recorded: a call that was refused with 400 has an error, every other has none.
// Prints how many there were.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recorded } from "./recorded.js";

const [url, folder, binary] = process.argv.slice(2);
if (binary === undefined) {
  console.error("usage: node exchanges.js URL FOLDER BINARY");
  process.exit(2);
}

const har = await recorded(url);
const refused = har.log.entries.filter(({ response }) => response.status === 400);
const taken = har.log.entries.filter(({ response }) => response.status !== 400);

// One archive each: the linter numbers what it finds by entry, and every refused one must have something.
for (const entry of refused) judge([entry], 1);
judge(taken, 0);
console.log(`${taken.length} exchanges without an error, ${refused.length} with`);

function judge(entries, expected) {
  const path = join(folder, "exchanges.har");
  writeFileSync(path, JSON.stringify({ log: { ...har.log, entries } }));
  // Without errors, not without notes: a sandbox says more than the contract declares, and lists types that it lacks.
  const { status, stdout, stderr } = spawnSync(binary, ["lint", "--input", "har", path], { encoding: "utf8" });
  if (status !== expected || entries.length === 0) {
    const calls = entries.map(({ request, response }) => `${request.method} ${request.url}: ${response.status}`).join("\n");
    console.error(`the linter's exit code is ${status}, not ${expected}, for\n${calls}\n${stdout}${stderr}`);
    process.exit(1);
  }
}
