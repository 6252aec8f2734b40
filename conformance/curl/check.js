// node curl/check.js BINARY URL
//
// Runs each call of calls.sh against a sandbox, and compares the findings of the linter about the text of the call with those about the
// request that the sandbox recorded: the linter must understand curl and wget as they behave.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [binary, url] = process.argv.slice(2);
assert(url !== undefined, "usage: node curl/check.js BINARY URL");

const folder = mkdtempSync(join(tmpdir(), "curl-"));
const text = readFileSync(new URL("calls.sh", import.meta.url), "utf8").replaceAll("http://127.0.0.1:4010", url);
const calls = text.split(/\n\n+/u).filter((call) => !call.startsWith("#"));

// The findings about requests, each as its part, rule and place.
function findings(input, content) {
  const file = join(folder, `call.${input}`);
  writeFileSync(file, content);
  const { stdout, stderr, status } = spawnSync(binary, ["lint", "--input", input, "--format", "jsonl", file], { encoding: "utf8" });
  assert(status === 0 || status === 1, stderr);
  const rows = stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  // A text can lack a body that was sent, as that of a form in parts (KZ010).
  return rows.filter(({ part, rule }) => part?.startsWith("request.") && rule !== "KZ010").map(({ part, rule, pointer }) => `${part} ${rule} ${pointer}`).sort();
}

let requests = 0;
try {
  for (const call of calls) {
    await fetch(`${url}/_sandbox/exchanges`, { method: "DELETE" });
    spawnSync("bash", ["-c", call], { stdio: "ignore", timeout: 20_000 });
    const archive = await (await fetch(`${url}/_sandbox/exchanges`)).json();
    const { length } = archive.log.entries;
    assert(length > 0, `nothing was sent by ${call}`);
    requests += length;
    assert.deepEqual(findings("curl", call), findings("har", JSON.stringify(archive)), call);
  }
} finally {
  rmSync(folder, { recursive: true });
}
const version = (name) => execFileSync(name, ["--version"], { encoding: "utf8" }).match(/\d+(\.\d+)+/u)[0];
console.log(`${requests} requests of ${calls.length} commands by curl ${version("curl")} and wget ${version("wget")} have the findings of their text`);
