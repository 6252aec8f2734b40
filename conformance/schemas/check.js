// node check.js SCHEMAS EXAMPLES [EXEMPT]...
//
// Asks another validator, ajv in strict mode, whether the JSON Schemas that the binary prints agree with the linter.
// SCHEMAS holds <operation>.<direction>.schema.json, EXAMPLES is openapi/examples. A body is to be accepted if and
// only if its findings hold no error. EXEMPT are rules about which a schema has no say, by name or by the beginning
// of their ids: a body with a finding of theirs is skipped and counted.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";

const [schemas, examples, ...exempt] = process.argv.slice(2);
if (examples === undefined) {
  console.error("usage: node check.js SCHEMAS EXAMPLES [EXEMPT]...");
  process.exit(2);
}

const wrong = [];
const checked = { valid: 0, lenient: 0, invalid: 0 };
let skipped = 0;
const validators = compile();
for (const set of Object.keys(checked)) {
  for (const kind of readdirSync(join(examples, set)).sort()) {
    for (const name of readdirSync(join(examples, set, kind)).sort()) {
      if (name.endsWith(".json")) check(set, kind, name.slice(0, -".json".length));
    }
  }
  if (checked[set] === 0) wrong.push(`${set}: no body was checked`);
}

for (const line of wrong) console.error(line);
const counts = Object.entries(checked).map(([set, count]) => `${count} ${set}`);
console.log(`${validators.size} schemas, ${counts.join(", ")}, ${skipped} skipped, ${wrong.length} wrong`);
process.exitCode = wrong.length === 0 ? 0 : 1;

/** The validators by kind of body. */
function compile() {
  const found = new Map();
  for (const file of readdirSync(schemas).sort()) {
    if (!file.endsWith(".schema.json")) continue;
    // In 2020-12 `format` says what a value means and refuses none; where the contract refuses, it has a `pattern`.
    const ajv = new Ajv2020({ strict: true, validateFormats: false });
    try {
      found.set(file.slice(0, -".schema.json".length), ajv.compile(JSON.parse(readFileSync(join(schemas, file), "utf8"))));
    } catch (error) {
      wrong.push(`${file}: ${error.message}`);
    }
  }
  return found;
}

function check(set, kind, name) {
  const path = join(examples, set, kind, name);
  const body = `${set}/${kind}/${name}.json`;
  const findings = read(set, `${path}.findings`, body);
  const refused = findings.some(({ severity }) => severity === "error");
  if (refused !== (set === "invalid")) {
    wrong.push(`${body}: ${refused ? "an error" : "no error"} among its findings, but it lies in ${set}`);
  } else if (findings.some(isExempt)) {
    skipped += 1;
  } else {
    checked[set] += 1;
    const validate = validators.get(kind);
    if (validate === undefined) {
      wrong.push(`${body}: no schema for ${kind}`);
    } else if (validate(JSON.parse(readFileSync(`${path}.json`, "utf8"))) === refused) {
      const faults = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
      wrong.push(`${body}: ${refused ? "accepted" : `refused: ${faults.join("; ")}`}`);
    }
  }
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
    return { id, name, severity };
  });
}

function isExempt({ id, name }) {
  return exempt.some((rule) => (/^KZ[0-9]+$/.test(rule) ? id.startsWith(rule) : name === rule));
}
