// node proxy/schemathesis.js BINARY DOCUMENT [OPTION OF SERVE]...
//
// Lets Schemathesis test the sandbox behind a proxy that observes: it must find no fault, all bytes must pass as they came, and the metrics
// and the record must have all of its calls. Prints how many there were.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Chain } from "./chain.js";
import { isRefused, samePassed } from "./compare.js";
import { sameCounts, sameRecord } from "./counts.js";

const [binary, document, ...judging] = process.argv.slice(2);
assert(document !== undefined, "usage: node proxy/schemathesis.js BINARY DOCUMENT [OPTION OF SERVE]...");

const folder = mkdtempSync(join(tmpdir(), "proxy-"));
try {
  const record = join(folder, "calls.ndjson");
  // Masks would hide from the linter what the proxy found.
  const unmasked = ["--record-secrets", "--record-secrets"];
  const chain = await Chain.start(binary, { serve: judging, proxy: ["--observe", "--record", record, ...unmasked] });
  let samples;
  try {
    await test(`${chain.url}/v1`);
    samples = await chain.metrics();
  } finally {
    await chain.stop();
  }
  const [outside, inside] = [chain.outer.exchanges(), chain.inner.exchanges()];
  samePassed(outside, inside, true);
  sameCounts(samples, outside, inside);
  const { rows } = sameRecord(samples, binary, record);
  console.log(`${outside.length} calls, ${outside.filter(isRefused).length} with a head that cannot pass, ${rows.length} findings`);
} finally {
  rmSync(folder, { recursive: true });
}

async function test(url) {
  const args = ["--config-file", "schemathesis.toml", "run", "--no-color", "--url", url, resolve(document)];
  const cwd = fileURLToPath(new URL("../sandbox", import.meta.url));
  const child = spawn("schemathesis", args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  assert.equal(code, 0, printed);
}
