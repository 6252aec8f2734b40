// node everywhere/check.js BINARY ENGINE PYTHON [COUNT]
//
// The same verdict everywhere: the findings about each text as JSON, byte for byte as the command has them. ENGINE is the script of the
// npm package, PYTHON has the Python package, COUNT is the number of mutated bodies.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { chromium as browsers } from "playwright-core";
import { groups } from "./bodies.js";
import { chromium, command, node, plain, wheel } from "./judges.js";

const [binary, engine, python, count = "20000"] = process.argv.slice(2);
createRequire(import.meta.url)(engine);
const linter = globalThis[Symbol.for("kaizala-actions")];
const browser = await browsers.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
const page = await browser.newPage();
await page.addScriptTag({ path: engine });

const reference = command(binary);
const same = [node(linter), chromium(page)];
const others = [plain(linter), wheel(python, "lint"), wheel(python, "column")];

let texts = 0;
let findings = 0;
for (const group of groups(binary, "../openapi/examples", Number(count))) {
  const expected = reference.judge(group);
  const compare = (name, found, wanted = expected) => {
    const index = wanted.findIndex((line, at) => line !== found[at]);
    assert(index < 0, `${group.name}, ${name}: ${JSON.stringify(group.texts[index]?.toString("latin1"))}\n  expected ${wanted[index]}\n  found    ${found[index]}`);
    assert.equal(found.length, wanted.length, `${group.name}, ${name}`);
  };
  for (const { name, judge } of same) compare(name, await judge(group));
  for (const { name, judge, inItsTerms } of others) {
    const found = judge(group);
    if (found !== null) compare(name, found, expected.map(inItsTerms));
  }
  texts += expected.length;
  for (const line of expected) for (const part of JSON.parse(line)) findings += part.findings.length;
}
await browser.close();
const names = (judges) => judges.map(({ name }) => name).join(", ");
console.log(`${names([reference, ...same])}: the same ${findings} findings about ${texts} texts, byte for byte; ${names(others)}: the same in their terms`);
