// node blocks.mjs FILE...
//
// Runs the blocks of JavaScript in these files, each as a module of this project, and compares what it prints with the block of text
// that follows it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

let count = 0;
for (const file of process.argv.slice(2)) {
  for (const [, code, , printed] of readFileSync(file, "utf8").matchAll(/^```js\n([^]*?)^```\n(\n```text\n([^]*?)^```\n)?/gmu)) {
    writeFileSync("block.mjs", code);
    const output = execFileSync(process.execPath, ["block.mjs"], { encoding: "utf8" });
    assert.equal(output, printed ?? "", `${file}: ${code}`);
    count += 1;
  }
}
assert(count > 0, "there is no block");
console.log(`${count} blocks of the documentation`);
