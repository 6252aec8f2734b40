// A sandbox, a proxy before it, and a tap on each side of the proxy.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isDeepStrictEqual } from "node:util";
import { token } from "../recorded.js";
import { Tap } from "./tap.js";

export class Chain {
  #binary;
  #closing = [];

  /** Starts all, with these options of `serve` and of `proxy`. */
  static async start(binary, { serve = [], proxy }) {
    const chain = new Chain();
    chain.#binary = binary;
    try {
      const sandbox = ["serve", "--listen", "127.0.0.1:0", "--quiet", "--deterministic", "1", "--token", token, ...serve];
      const [url] = await chain.#server(sandbox, 1);
      chain.inner = await chain.#tap(url);
      const options = ["proxy", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--quiet", "--no-config", ...proxy];
      const [own, admin] = await chain.#server([...options, "--upstream", chain.inner.url], 2);
      chain.admin = admin;
      chain.outer = await chain.#tap(own);
    } catch (error) {
      await chain.stop();
      throw error;
    }
    return chain;
  }

  /** Where the client goes. */
  get url() {
    return this.outer.url;
  }

  async #tap(url) {
    const tap = await Tap.to(Number(new URL(url).port));
    this.#closing.push(() => tap.close());
    return tap;
  }

  /** Starts a server, and returns the URLs that it prints. */
  async #server(args, count) {
    const child = spawn(this.#binary, args, { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    this.#closing.push(async () => {
      child.kill();
      const [code, signal] = await ended;
      assert.equal(code, 0, `${args[0]} ended with ${code ?? signal}`);
    });
    const lines = [];
    for await (const line of createInterface({ input: child.stdout })) {
      if (lines.push(line) === count) return lines;
    }
    throw new Error(`${args[0]} printed ${lines.length} lines`);
  }

  /** The samples of /metrics, once all exchanges are over and recorded. */
  async metrics() {
    for (let last; ; ) {
      const response = await fetch(`${this.admin}/metrics`);
      assert.equal(response.status, 200);
      const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      const samples = lines.map((line) => /^kaizala_proxy_(\w+)(?:\{(.*)\})? (\S+)$/.exec(line).slice(1));
      const told = samples.map(([name, labels, value]) => ({ name, labels: labelled(labels), value: Number(value) }));
      if (sum(told, "in_flight") === 0 && isDeepStrictEqual(told, last)) return told;
      last = told;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Ends all in reverse: the proxy writes what is left of its record. */
  async stop() {
    for (const close of this.#closing.splice(0).reverse()) await close();
  }
}

function labelled(text = "") {
  return Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

/** The sum of the samples with this name and these labels. */
export function sum(samples, name, labels = {}) {
  const wanted = Object.entries(labels);
  const found = samples.filter((sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value));
  return found.reduce((all, { value }) => all + value, 0);
}

/** The lines of a record, and the rows that the linter reports about it. */
export function linted(binary, file) {
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line));
  const args = ["lint", "--no-config", "--input", "exchanges", "--format", "jsonl", "--exit-zero", file];
  const { status, stdout, stderr } = spawnSync(binary, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  assert.equal(status, 0, stderr);
  // The last row is a summary.
  const rows = stdout.split("\n").slice(0, -2).map((line) => JSON.parse(line));
  return { lines, rows };
}
