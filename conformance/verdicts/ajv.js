// ajv in strict mode, with the JSON Schemas that the binary prints: <WORK>/<kind>.schema.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { bodies, say, work } from "./bodies.js";

const validators = new Map();
for (const { body, kind, value } of bodies()) {
  if (!validators.has(kind)) validators.set(kind, compile(kind));
  const validate = validators.get(kind);
  const faults = validate(value) ? undefined : validate.errors;
  const messages = faults?.map(({ instancePath, message }) => `${instancePath} ${message}`);
  say("ajv", body, messages?.join("; "), faults?.[0].instancePath);
}

/** In 2020-12 `format` says what a value means and refuses none; where the contract refuses, it has a `pattern`. */
function compile(kind) {
  const ajv = new Ajv2020({ strict: true, validateFormats: false });
  return ajv.compile(JSON.parse(readFileSync(join(work, `${kind}.schema.json`), "utf8")));
}
