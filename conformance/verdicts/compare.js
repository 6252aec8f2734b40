// node compare.js EXPECTED DIFFERENCES VERDICTS...
//
// Holds the verdicts of the peers to what is expected. DIFFERENCES lists those that are known: peer, body, the peer's verdict
// and the reason, parted by tabs, under a line of headings. One that is not listed, or is listed and is none, fails.
import { readFileSync } from "node:fs";

const [expectedFile, differencesFile, ...verdictFiles] = process.argv.slice(2);
if (verdictFiles.length === 0) {
  console.error("usage: node compare.js EXPECTED DIFFERENCES VERDICTS...");
  process.exit(2);
}

const rows = (file) => readFileSync(file, "utf8").split("\n").filter((line) => line !== "").map((line) => line.split("\t"));
const expected = new Map(rows(expectedFile).map(([body, , verdict]) => [body, verdict]));
const known = new Map();
const wrong = [];
for (const row of rows(differencesFile).slice(1)) {
  const [peer, body, verdict, reason] = row;
  if (row.length !== 4 || reason === "") wrong.push(`${differencesFile}: not four columns: ${row.join("\t")}`);
  if (known.has(`${peer}\t${body}`)) wrong.push(`${differencesFile}: twice: ${peer}\t${body}`);
  known.set(`${peer}\t${body}`, verdict);
}

const counts = new Map();
const judged = new Set();
for (const [peer, body, verdict, why] of verdictFiles.flatMap(rows)) {
  const key = `${peer}\t${body}`;
  judged.add(key);
  const count = counts.get(peer) ?? { all: 0, differ: 0 };
  counts.set(peer, count);
  count.all += 1;
  if (verdict !== expected.get(body)) {
    count.differ += 1;
    if (known.get(key) !== verdict) wrong.push(`${key}\t${verdict}\tis not expected: ${why || "no fault"}`);
  } else if (known.has(key)) {
    wrong.push(`${key}\t${verdict}\tis as expected; take the line out of ${differencesFile}`);
  }
}
for (const [peer, { all }] of counts) {
  if (all !== expected.size) wrong.push(`${peer}: ${all} verdicts, not ${expected.size}`);
}
for (const key of known.keys()) {
  if (counts.has(key.split("\t")[0]) && !judged.has(key)) wrong.push(`${key}\tis listed in ${differencesFile}, and no such body is judged`);
}

for (const line of wrong) console.error(line);
console.log([...counts].map(([peer, { differ }]) => differ === 0 ? peer : `${peer} (but for ${differ})`).join(", "));
process.exitCode = wrong.length === 0 ? 0 : 1;
