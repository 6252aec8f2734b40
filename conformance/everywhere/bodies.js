// The bodies of `everywhere`, as bytes: all examples, the fixtures of the rules, and mutations of these, the same in every run.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const PIECES = ['"', "\\", "\\u", "\\ud83d", "\\ude00", "\\u0000", "\u{1F44D}", "\u{1}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\t", "\r\n", ",", ":", "{", "}", "[", "]", "1", "0", "-", ".", "e", "'", "//", "null", "true", '"title":"x",', '"Title":1,', '"actionType":"Job",', '"options":[{"title":"a"}],', '"responseId":"x",', '"":{},', "+911234500001", "accessToken", "1e400", "10.0", "9223372036854775808", "2017-12-20T09:00:00Z"].map((text) => Buffer.from(text));
const BYTES = [Buffer.of(0xff), Buffer.of(0xc0, 0xaf), Buffer.of(0xed, 0xa0, 0x80), Buffer.of(0xf0, 0x9f), Buffer.of(0)];

// Numbers below `limit`, by xorshift.
function random(seed) {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

function mutated(body, others, below) {
  let text = body;
  for (let times = 1 + below(3); times > 0; times -= 1) {
    const at = below(text.length + 1);
    const end = Math.min(at + below(1 + below(40)), text.length);
    const other = others[below(others.length)];
    const from = below(other.length + 1);
    const middle = [
      () => PIECES[below(PIECES.length)],
      () => PIECES[below(PIECES.length)],
      () => (below(4) === 0 ? BYTES[below(BYTES.length)] : Buffer.alloc(0)),
      () => other.subarray(from, from + below(60)),
      () => Buffer.concat([text.subarray(at, end), text.subarray(at, end)]),
      () => Buffer.of(below(128)),
      () => Buffer.from(text.subarray(at, end).toString("latin1").toUpperCase(), "latin1"),
    ][below(7)]();
    text = Buffer.concat([text.subarray(0, at), middle, text.subarray(end)]);
  }
  return text;
}

function isDocument(text) {
  try {
    return typeof JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text)) === "object";
  } catch {
    return false;
  }
}

// Groups of bodies that are judged with the same options.
export function groups(command, examples, count) {
  const files = readdirSync(examples, { recursive: true }).sort();
  const read = (ending) => files.filter((name) => name.endsWith(ending)).map((name) => readFileSync(join(examples, name)));
  const rules = JSON.parse(execFileSync(command, ["rules", "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 24 }));
  const fixtures = rules.flatMap(({ bad, good }) => [bad, good]);
  const ofBody = fixtures.filter(({ body }) => body !== "exchange");
  const bodies = [...read(".json"), ...ofBody.map(({ text }) => Buffer.from(text))];
  const exchanges = read(".ndjson").flatMap((text) => text.toString("latin1").split("\n")).filter((line) => line.trim() !== "").map((line) => Buffer.from(line, "latin1"));
  exchanges.push(...fixtures.filter(({ body }) => body === "exchange").map(({ text }) => Buffer.from(text)));
  const below = random(20171220);
  const mutations = Array.from({ length: count }, () => mutated(bodies[below(bodies.length)], bodies, below));
  // The command looks for where the next exchange begins in a text that is no JSON.
  const mutatedExchanges = [];
  while (mutatedExchanges.length < count / 20) {
    const text = mutated(exchanges[below(exchanges.length)], exchanges, below);
    if (isDocument(text)) mutatedExchanges.push(text);
  }
  const kinds = [...new Set(rules.flatMap(({ bad }) => bad.body ?? []))].filter((kind) => kind !== "exchange");
  return [
    { name: "bodies", options: {}, texts: [...bodies, ...mutations] },
    ...kinds.map((kind, index) => ({ name: `bodies as ${kind}`, options: { kind }, texts: [...bodies, ...mutations.filter((_, number) => number % (4 * kinds.length) === index)] })),
    ...ofBody.filter(({ survey }) => survey !== undefined).map(({ text, survey }) => ({ name: "responses to a survey", options: { survey }, texts: [Buffer.from(text)] })),
    { name: "exchanges", isExchange: true, options: {}, texts: [...exchanges, ...mutatedExchanges] },
  ];
}
