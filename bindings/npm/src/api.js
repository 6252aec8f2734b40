// What the package does, over what wasm-bindgen made.
const NO_OPTIONS = Object.freeze({});
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const MOST_SESSIONS = 32;
const SHORT = 32;

let names;
let memory;
let view;
const sessions = new Map();

// The module is compiled when it is first needed: importing it costs nothing.
function start() {
  if (names !== undefined) return;
  const packed = Uint8Array.from(atob(MODULE), (letter) => letter.charCodeAt(0));
  ({ memory } = wasm_bindgen.initSync({ module: new WebAssembly.Module(inflate(packed, SIZE)) }));
  view = new Uint8Array(memory.buffer);
  names = JSON.parse(wasm_bindgen.kinds());
}

// A linter for these options. Those of a page or a program are few; they are freed if there are ever many.
function session({ survey, ...rest } = NO_OPTIONS) {
  start();
  const key = JSON.stringify({ ...rest, survey: survey === undefined ? undefined : text(survey) });
  let found = sessions.get(key);
  if (found === undefined) {
    found = asking(() => new wasm_bindgen.Session(key));
    if (sessions.size >= MOST_SESSIONS) {
      for (const old of sessions.values()) old.free();
      sessions.clear();
      ofKind.clear();
      plain = undefined;
    }
    sessions.set(key, found);
  }
  return found;
}

// A document as text.
function text(document) {
  if (typeof document === "string") return document;
  return document instanceof Uint8Array ? decoder.decode(document) : JSON.stringify(document);
}

let plain;
const ofKind = new Map();

// The same for the options that most calls have: none, or the kind alone.
function linter(options) {
  if (options === undefined) return (plain ??= session());
  for (const name in options) if (name !== "kind") return session(options);
  let found = ofKind.get(options.kind);
  if (found === undefined) {
    found = session(options);
    ofKind.set(options.kind, found);
  }
  return found;
}

// What Rust refuses is a text.
function asking(call) {
  try {
    return call();
  } catch (refusal) {
    throw typeof refusal === "string" ? new TypeError(refusal) : refusal;
  }
}

// Writes a text to where Rust reads it; the number of its bytes.
function write(body) {
  if (typeof body === "string") {
    if (body.length <= SHORT && writeLetters(body)) return body.length;
    if (!isUnicode(body)) return writeBytes(withSurrogates(body));
    // Each unit of UTF-16 takes three bytes at most.
    const at = room(3 * body.length);
    return encoder.encodeInto(body, view.subarray(at, at + 3 * body.length)).written;
  }
  if (body instanceof Uint8Array) return writeBytes(body);
  throw new TypeError("a body is a string or a Uint8Array");
}

// Writes a short text of ASCII, for which the encoder takes longer to begin; `false` if it is not ASCII.
function writeLetters(text) {
  const at = room(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charCodeAt(index);
    if (letter > 0x7f) return false;
    view[at + index] = letter;
  }
  return true;
}

function writeBytes(bytes) {
  const at = room(bytes.length);
  view.set(bytes, at);
  return bytes.length;
}

function room(length) {
  const at = wasm_bindgen.room(length);
  // Memory that has grown is another buffer.
  if (view.buffer !== memory.buffer) view = new Uint8Array(memory.buffer);
  return at;
}

const isUnicode = typeof "".isWellFormed === "function" ? (text) => text.isWellFormed() : (text) => !/\p{Surrogate}/u.test(text);

// A string that is no Unicode becomes bytes that are no UTF-8, which is a finding.
function withSurrogates(text) {
  const parts = text.split(/(\p{Surrogate})/u).map((part, index) => {
    if (index % 2 === 0) return encoder.encode(part);
    const unit = part.charCodeAt(0);
    return Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  });
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function lint(body, options) {
  const judge = linter(options);
  const index = judge.judge(write(body));
  if (index < 0) return report(JSON.parse(judge.report()));
  return { kind: names[index], errors: 0, warnings: 0, notes: 0, findings: [], unlisted: [] };
}

// Rust leaves the names of members out, which would be a third of the JSON.
function report([kind, errors, warnings, notes, rows, unlisted, lines]) {
  const named = { kind, errors, warnings, notes, findings: rows.map(finding), unlisted };
  if (lines.length > 0) named.lines = lines;
  return named;
}

function finding([rule, name, severity, message, pointer, line, column, endLine, endColumn, offset, length, expected, found, help, fix, inPart]) {
  const named = { rule, name, severity, message, pointer, line, column, endLine, endColumn, offset, length, expected, found, help, fix };
  if (inPart !== null) named.inPart = inPart;
  return named;
}

function lintExchange(exchange, options) {
  const isText = typeof exchange === "string" || exchange instanceof Uint8Array;
  return JSON.parse(linter(options).exchange(write(isText ? exchange : JSON.stringify(exchange))));
}

function fix(body, options) {
  const { text, bytes: fixed, applied, report } = JSON.parse(linter(options).fix(write(body)));
  if (text === null && fixed === null) return { body, applied, report };
  if (typeof body === "string") return { body: text ?? decoder.decode(Uint8Array.from(fixed)), applied, report };
  return { body: text === null ? Uint8Array.from(fixed) : encoder.encode(text), applied, report };
}

// Calls a function of the module.
const call = (name, ...given) => (start(), asking(() => wasm_bindgen[name](...given)));

globalThis[Symbol.for("kaizala-actions")] = Object.freeze({
  version: VERSION,
  lint,
  lintExchange,
  fix,
  kinds: () => JSON.parse(call("kinds")),
  rules: () => JSON.parse(call("rules")),
  explain: (rule) => call("explain", rule),
  matrix: () => JSON.parse(call("matrix")),
  schema: (kind, { draft = "2020-12" } = NO_OPTIONS) => JSON.parse(call("schema", kind, draft)),
  contract: ({ form = "3.0" } = NO_OPTIONS) => JSON.parse(call("contract", form)),
  // For the command.
  safeJson: (text) => call("safe_json", text),
  safeLine: (text) => call("safe_line", text),
});
