// node expected.js EXAMPLES [EXEMPT]...
//
// Prints what a validator is to say of each body below openapi/examples: the body, its kind, `accept` or `refuse`, and as a JSON
// list where the linter has errors, parted by tabs. A body is to be accepted if and only if its findings hold no error. EXEMPT are rules about which a schema
// has no say, by name or by the beginning of their ids: a body with a finding of theirs is left out.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [examples, ...exempt] = process.argv.slice(2);
if (examples === undefined) {
  console.error("usage: node expected.js EXAMPLES [EXEMPT]...");
  process.exit(2);
}

const wrong = [];
for (const set of ["valid", "lenient", "invalid"]) {
  const rows = [];
  for (const kind of readdirSync(join(examples, set)).sort()) {
    for (const name of readdirSync(join(examples, set, kind)).sort()) {
      if (name.endsWith(".json")) rows.push(...expected(set, kind, name.slice(0, -".json".length)));
    }
  }
  if (rows.length === 0) wrong.push(`${set}: no body can be judged`);
  for (const row of rows) console.log(row.join("\t"));
}
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;

/** The row of a body, if there is to be one. */
function expected(set, kind, name) {
  const path = join(examples, set, kind, name);
  const body = `${set}/${kind}/${name}.json`;
  const findings = read(set, `${path}.findings`, body);
  const refused = findings.some(({ severity }) => severity === "error");
  if (refused !== (set === "invalid")) {
    wrong.push(`${body}: ${refused ? "an error" : "no error"} among its findings, but it lies in ${set}`);
  }
  const places = findings.filter(({ severity }) => severity === "error").map(({ pointer }) => pointer);
  return findings.some(isExempt) ? [] : [[body, kind, refused ? "refuse" : "accept", JSON.stringify(places)]];
}

/** The findings beside a body; a valid body may have none. */
function read(set, path, body) {
  if (!existsSync(path)) {
    if (set !== "valid") wrong.push(`${body}: no findings beside it`);
    return set === "invalid" ? [{ id: "", name: "", severity: "error" }] : [];
  }
  const lines = readFileSync(path, "utf8").split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [id, name, severity, pointer, row, column] = line.split("\t");
    if (column === undefined) wrong.push(`${body}: not six columns in its findings: ${line} (${pointer}, ${row})`);
    return { id, name, severity, pointer };
  });
}

function isExempt({ id, name }) {
  return exempt.some((rule) => (/^KZ[0-9]+$/.test(rule) ? id.startsWith(rule) : name === rule));
}
