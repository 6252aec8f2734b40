#!/usr/bin/env node
// The command of the package: what of the program kaizala-actions needs nothing but the linter. Reports are those of the program.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import "./engine.js";

const { version, lint, lintExchange, explain, kinds, safeJson, safeLine } = globalThis[Symbol.for("kaizala-actions")];

const HELP = `Check recorded bodies and exchanges

Usage: kaizala-actions lint [OPTIONS] [PATH]...
       kaizala-actions explain RULE

A file is one body; one that ends in .ndjson or .jsonl has a body or an exchange on each line. Without a path, or for -, stdin is read.

  --as KIND              Set the kind of body [default: detected from its members]
                         ${kinds().join(", ").replace(/(.{1,90})(, |$)/gu, "$1$2\n                         ").trim()}
  --input INPUT          What the input has: json, ndjson or exchanges, one on each line [default: detected]
  --format FORMAT        concise, json or jsonl [default: concise]
  --allow TYPE:METHOD    Accept a type that the matrix does not list for a method, as in announcement:post
  --ignore RULE          Ignore a rule, by id or name
  --severity RULE=LEVEL  Set the severity of a rule: error, warning, note or off
  --most-findings N      List at most N findings of a body, errors first [default: 1000]
  --survey FILE          Check responses against this survey, as it was posted
  --deny-warnings        Exit with 1 if there are warnings, too
  --exit-zero            Exit with 0 if there are findings
  --version, --help

Exit code: 0 if there are no errors, 1 if there are, 2 if an input could not be read.
The program of the same name reads more, reports more and fixes files; it is built with Rust.`;

const OPTIONS = {
  as: { type: "string" },
  input: { type: "string" },
  format: { type: "string", default: "concise" },
  allow: { type: "string", multiple: true, default: [] },
  ignore: { type: "string", multiple: true, default: [] },
  severity: { type: "string", multiple: true, default: [] },
  "most-findings": { type: "string" },
  survey: { type: "string" },
  "deny-warnings": { type: "boolean", default: false },
  "exit-zero": { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
};
const INPUTS = ["json", "ndjson", "exchanges"];
// How an exchange begins, in this many bytes.
const EXCHANGE = /^\s*\{\s*"request"\s*:/u;
const START = 1024;
const FORMATS = { concise, json, jsonl };

class Refusal extends Error {}

function main() {
  const { values, positionals } = parsed();
  if (values.help) return print(HELP), 0;
  if (values.version) return print(`kaizala-actions ${version}`), 0;
  const [command, ...rest] = positionals;
  if (command === "explain" && rest.length === 1) return process.stdout.write(refusing(() => explain(rest[0]))), 0;
  if (command !== "lint") throw new Refusal("the commands are lint and explain; --help says more");
  const format = FORMATS[oneOf("--format", values.format, Object.keys(FORMATS))]();
  if (values.input !== undefined) oneOf("--input", values.input, INPUTS);
  const options = linterOptions(values);
  const summary = { documents: 0, clean: 0, errors: 0, warnings: 0, notes: 0 };
  let unread = 0;
  for (const path of rest.length > 0 ? rest : ["-"]) {
    const name = path === "-" ? "<stdin>" : path;
    let bytes;
    try {
      bytes = readFileSync(path === "-" ? 0 : path);
    } catch (error) {
      complain(`${name}: ${error.message}`);
      unread += 1;
      continue;
    }
    for (const record of records(bytes, name, values.input)) judge(record, name, options, summary, format);
  }
  format.end(summary);
  if (unread > 0) return 2;
  const fails = summary.errors > 0 || (values["deny-warnings"] && summary.warnings > 0);
  return fails && !values["exit-zero"] ? 1 : 0;
}

function parsed() {
  return refusing(() => parseArgs({ options: OPTIONS, allowPositionals: true }));
}

function refusing(call) {
  try {
    return call();
  } catch (error) {
    throw new Refusal(error.message);
  }
}

function oneOf(option, value, known) {
  if (!known.includes(value)) throw new Refusal(`${option} is one of ${known.join(", ")}`);
  return value;
}

function linterOptions(values) {
  const options = { forCommand: true, kind: values.as, allow: values.allow, rules: {} };
  for (const text of values.severity) {
    const [rule, severity] = text.split("=");
    options.rules[rule] = severity ?? "";
  }
  for (const rule of values.ignore) options.rules[rule] = "off";
  if (values["most-findings"] !== undefined) options.mostFindings = Number(values["most-findings"]);
  if (values.survey !== undefined) options.survey = refusing(() => readFileSync(values.survey));
  // What is wrong with them is said before anything is read.
  refusing(() => lint("{}", options));
  return options;
}

// The records of a file: where each begins, and its number if there can be more than one.
function* records(bytes, name, input) {
  const isExchange = input === "exchanges" || (input === undefined && EXCHANGE.test(new TextDecoder("latin1").decode(bytes.subarray(0, START))));
  if (input === "json" || (input === undefined && !/\.(ndjson|jsonl)$/u.test(name))) {
    return yield { bytes, number: isExchange ? 1 : null, line: 0, offset: 0, isExchange };
  }
  let number = 0;
  for (let line = 0, offset = 0; offset < bytes.length; line += 1) {
    const found = bytes.indexOf(10, offset);
    const end = found < 0 ? bytes.length : found;
    const record = bytes.subarray(offset, end);
    if (record.some((byte) => ![9, 13, 32].includes(byte))) {
      number += 1;
      yield { bytes: record, number, line, offset, isExchange };
    }
    offset = end + 1;
  }
}

function judge(record, path, options, summary, format) {
  const { kind, ...others } = options;
  let parts;
  if (record.isExchange) {
    const report = lintExchange(record.bytes, others);
    if (report.isForeign) {
      summary.foreign = (summary.foreign ?? 0) + 1;
      return;
    }
    ({ parts } = report);
  } else {
    parts = [{ part: null, isAbsent: false, ...lint(record.bytes, options) }];
  }
  summary.documents += 1;
  let clean = true;
  for (const part of parts) {
    if (part.isAbsent) {
      summary.absentBodies = (summary.absentBodies ?? 0) + 1;
      clean = false;
      continue;
    }
    clean &&= part.errors + part.warnings + part.notes === 0;
    for (const severity of ["errors", "warnings", "notes"]) summary[severity] += part[severity];
    for (const finding of part.findings) moved(finding, record);
    format.part(path, record.number, part);
  }
  if (clean) summary.clean += 1;
}

// From the places in a record to those in its file.
function moved(finding, { line, offset }) {
  finding.line += line;
  finding.endLine += line;
  finding.offset += offset;
  for (const edit of finding.fix?.edits ?? []) edit.offset += offset;
}

function concise() {
  return {
    part(path, _, { findings, lines = [] }) {
      findings.forEach(({ line, column }, index) => print(safeLine(`${path}:${line}:${column}: ${lines[index]}`)));
    },
    end() {},
  };
}

function json() {
  const files = [];
  return {
    part(path, record, { kind, part, findings }) {
      files.push({ path, as: kind, ...(record === null ? {} : { record }), ...(part === null ? {} : { part }), findings });
    },
    end(summary) {
      print(safeJson(JSON.stringify({ version: 1, files, summary }, null, 2)));
    },
  };
}

function jsonl() {
  return {
    part(path, record, { kind, part, findings }) {
      for (const finding of findings) print(safeJson(JSON.stringify({ path, record, part, as: kind, ...finding })));
    },
    end(summary) {
      print(JSON.stringify({ summary }));
    },
  };
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

function complain(message) {
  process.stderr.write(`kaizala-actions: ${safeLine(message)}\n`);
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  complain(error.message);
  process.exitCode = 2;
}
