// node bench.js [FILE]
//
// The time that the package takes for each body of a file, one on each line, in units of what native code takes in the same run; by
// default the examples of the contract. Fails if it is more than three times as long for the median, or six times for one: a string has to
// become UTF-8 first, which native code does not do, and the machine may be busy.
const { execFileSync } = require("node:child_process");
const { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { lint } = require("./dist/index.js");

const MEDIAN = 3;
const MOST = 6;
const ROUNDS = 7;
const ROUND = 1;
const root = join(__dirname, "..", "..");

function examples() {
  const folder = join(root, "openapi", "examples");
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json"));
  // White space within a line: each is to be one.
  return names.map((name) => readFileSync(join(folder, name)).map((byte) => (byte === 10 ? 32 : byte)));
}

const scratch = mkdtempSync(join(tmpdir(), "kaizala-actions-"));
let file = process.argv[2];
if (file === undefined) {
  file = join(scratch, "bodies");
  writeFileSync(file, Buffer.concat(examples().flatMap((body, index) => (index === 0 ? [body] : [Buffer.from("\n"), body]))));
}
const content = readFileSync(file);
const bodies = [];
for (let at = 0; at <= content.length; ) {
  const end = content.indexOf(10, at);
  bodies.push(content.subarray(at, end < 0 ? content.length : end));
  if (end < 0) break;
  at = end + 1;
}

execFileSync("cargo", ["build", "--quiet", "--locked", "--release", "--package", "kaizala-actions-wasm", "--example", "native"], { cwd: root, stdio: "inherit" });
const { target_directory: target } = JSON.parse(execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps"], { cwd: root }));
const native = execFileSync(join(target, "release", "examples", "native"), [file], { encoding: "utf8" }).trim().split("\n").map(Number);
rmSync(scratch, { recursive: true });

function measure(body) {
  for (let time = 0; time < 5; time += 1) lint(body);
  let begun = performance.now();
  lint(body);
  const times = Math.min(Math.max(Math.floor(ROUND / (performance.now() - begun)), 1), 100_000);
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    begun = performance.now();
    for (let time = 0; time < times; time += 1) lint(body);
    least = Math.min(least, ((performance.now() - begun) * 1e6) / times);
  }
  return least;
}

for (let time = 0; time < 20; time += 1) for (const body of bodies.slice(0, 1000)) lint(body);
const decoder = new TextDecoder();
const forms = { "Uint8Array": (body) => new Uint8Array(body), string: (body) => decoder.decode(body) };
let slow = false;
for (const [name, form] of Object.entries(forms)) {
  const rows = bodies.map((body, index) => ({ body, ratio: measure(form(body)) / native[index], native: native[index] })).sort((one, other) => one.ratio - other.ratio);
  const at = (part) => rows[Math.min(Math.floor(rows.length * part), rows.length - 1)].ratio.toFixed(2);
  console.log(`${name}: ${rows.length} bodies, times native: median ${at(0.5)}, of 95 % at most ${at(0.95)}, at most ${at(1)}`);
  const worst = rows.at(-1);
  console.log(`  the slowest, natively ${worst.native} ns: ${JSON.stringify(worst.body.toString("latin1", 0, 100))}`);
  slow ||= rows[Math.floor(rows.length / 2)].ratio > MEDIAN || worst.ratio > MOST;
}
process.exitCode = slow ? 1 : 0;
