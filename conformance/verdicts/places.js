// node places.js EXPECTED README VERDICTS
//
// Of the bodies that a validator refuses as the linter does: how often its first error is where the linter has one. Fails below 90 %
// for those that judge by the JSON Schemas, and if the rows of the table in README are not these.
import { readFileSync } from "node:fs";

const [expectedFile, readme, verdictFile] = process.argv.slice(2);
if (verdictFile === undefined) {
  console.error("usage: node places.js EXPECTED README VERDICTS");
  process.exit(2);
}

/** The least part of the bodies. kin-openapi judges by the document, whose unions are `oneOf`; nothing is asked of it. */
const LEAST = new Map([["ajv", 0.9], ["jsonschema", 0.9], ["jsonschema-rs", 0.9], ["networknt", 0.9], ["kin-openapi", 0]]);

const rows = (file) => readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => line.split("\t"));
const expected = new Map(rows(expectedFile).map(([body, , verdict, places]) => [body, verdict === "refuse" ? JSON.parse(places) : undefined]));
const counts = new Map([...LEAST.keys()].map((peer) => [peer, { all: 0, same: 0 }]));
const elsewhere = [];
for (const [peer, body, verdict, why, place] of rows(verdictFile)) {
  const count = counts.get(peer);
  const places = expected.get(body);
  if (count === undefined || verdict !== "refuse" || places === undefined) continue;
  count.all += 1;
  if (places.includes(JSON.parse(place))) count.same += 1;
  else elsewhere.push(`${peer}\t${body}\tat ${place}, not ${places.join(" or ")}: ${why}`);
}

const wrong = [];
const text = readFileSync(readme, "utf8");
for (const [peer, { all, same }] of counts) {
  const row = `| ${peer} | ${same} of ${all} | ${Math.floor((100 * same) / all)} % |`;
  if (!text.includes(row)) wrong.push(`${readme} lacks the row ${row}`);
  if (same < LEAST.get(peer) * all) {
    wrong.push(`${peer}: only ${same} of ${all} first errors are where the linter has one`);
    wrong.push(...elsewhere.filter((line) => line.startsWith(`${peer}\t`)));
  }
}
for (const line of wrong) console.error(line);
console.log([...counts].map(([peer, { all, same }]) => `${peer} ${same} of ${all}`).join(", "));
process.exitCode = wrong.length === 0 ? 0 : 1;
