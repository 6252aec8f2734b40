// npm run build
//
// Makes dist/: the linter as WebAssembly inside of one script for Node.js, bundlers and browsers, its types, and the types of the
// bodies. Needs cargo with the target wasm32-unknown-unknown.
const { execFileSync } = require("node:child_process");
const { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { deflateRawSync, gzipSync } = require("node:zlib");

const here = __dirname;
const root = join(here, "..", "..");
const dist = join(here, "dist");
const { version } = require("./package.json");

const run = (program, given, options = {}) => execFileSync(program, given, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], ...options });
const cargo = (given, options) => run("cargo", given, options);
const folder = (manifest) => JSON.parse(cargo(["metadata", "--format-version=1", "--no-deps", ...manifest])).target_directory;

const declared = cargo(["metadata", "--format-version=1", "--no-deps"]);
const { packages } = JSON.parse(declared);
const crate = packages.find(({ name }) => name === "kaizala-actions-wasm");
if (crate.version !== version) throw new Error(`package.json has version ${version}, the crate ${crate.version}`);

// Every browser and Node.js that has the rest of what is used here has SIMD.
const flags = `${process.env.RUSTFLAGS ?? ""} -C target-feature=+simd128`.trim();
const target = "wasm32-unknown-unknown";
cargo(["build", "--quiet", "--locked", "--package", crate.name, "--profile", "wasm", "--target", target], { env: { ...process.env, RUSTFLAGS: flags } });
const built = join(JSON.parse(declared).target_directory, target, "wasm", "kaizala_actions_wasm.wasm");

const manifest = ["--manifest-path", join(here, "bindgen", "Cargo.toml")];
cargo(["build", "--quiet", "--locked", ...manifest]);
const scratch = mkdtempSync(join(tmpdir(), "kaizala-actions-"));
run(join(folder(manifest), "debug", "kaizala-actions-bindgen"), [built, scratch]);
const glue = readFileSync(join(scratch, "bindgen.js"), "utf8");
const module_ = readFileSync(join(scratch, "bindgen_bg.wasm"));
rmSync(scratch, { recursive: true });

const source = (name) => readFileSync(join(here, "src", name), "utf8");
const inflate = source("inflate.js");
const packed = deflateRawSync(module_, { level: 9, memLevel: 9 });
const unpacked = new Function("source", "size", `${inflate}; return inflate(source, size);`)(packed, module_.length);
if (Buffer.compare(module_, Buffer.from(unpacked)) !== 0) throw new Error("src/inflate.js does not give back what zlib has compressed");

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
// A script that is neither a module nor CommonJS: a page can load it from a folder, and both kinds of import. Without `document`,
// wasm-bindgen's part does not ask where the script came from.
const engine = `// The linter as WebAssembly, made by kaizala-actions ${version}
((document) => {
"use strict";
const VERSION = "${version}";
const SIZE = ${module_.length};
const MODULE = "${packed.toString("base64")}";
${glue.trim()}
${inflate.trim()}
${source("api.js").trim()}
})();
`;
writeFileSync(join(dist, "engine.js"), engine);
for (const name of ["index.mjs", "index.js", "index.d.mts", "index.d.ts", "command.mjs"]) copyFileSync(join(here, "src", name), join(dist, name));

const { kinds, rules } = require("./dist/index.js");
const union = (names) => names.map((name) => JSON.stringify(name)).join(" | ");
const names = { BodyKind: ["The kinds of bodies: an operation and a direction.", kinds()], RuleId: ["The ids of the rules.", rules().map(({ id }) => id)], RuleName: ["The names of the rules.", rules().map(({ name }) => name)] };
const lines = Object.entries(names).map(([name, [words, all]]) => `/** ${words} */\nexport type ${name} = ${union(all)};\n`);
writeFileSync(join(dist, "names.d.ts"), lines.join("\n"));

const bin = (name) => require.resolve(`${name}/package.json`).replace("package.json", join("bin", "cli.js"));
run(process.execPath, [bin("openapi-typescript"), join(root, "openapi", "kaizala-actions.yaml"), "--output", join(dist, "types.d.ts")]);
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(root, name), join(here, name));

const kilobytes = (bytes) => `${Math.ceil(bytes / 1000)} kB`;
console.log(`engine.js: ${kilobytes(engine.length)}, gzipped ${kilobytes(gzipSync(engine, { level: 9 }).length)}; the module in it: ${kilobytes(module_.length)}, gzipped ${kilobytes(gzipSync(module_, { level: 9 }).length)}`);
