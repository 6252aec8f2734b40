// What the programs here share: which bodies to judge, and how a verdict is printed.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const [work, examples, spec] = process.argv.slice(2);
if (spec === undefined) {
  console.error("usage: node PROGRAM WORK EXAMPLES SPEC");
  process.exit(2);
}

/** The bodies, and their kinds: `{ body, kind, value }`. */
export function bodies() {
  const lines = readFileSync(join(work, "expected.tsv"), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [body, kind] = line.split("\t");
    return { body, kind, value: JSON.parse(readFileSync(join(examples, body), "utf8").replace(/^\uFEFF/, "")) };
  });
}

/**
 * Prints a verdict; `fault` says why a body is refused, and is undefined if it is accepted. `place` is that of the first error, as a
 * JSON Pointer into the body, where the peer says one.
 */
export function say(peer, body, fault, place = "") {
  const why = fault === undefined ? "" : fault.replaceAll(/\s+/g, " ");
  console.log([peer, body, fault === undefined ? "accept" : "refuse", why, JSON.stringify(place)].join("\t"));
}
