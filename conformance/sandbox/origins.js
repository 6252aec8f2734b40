// node sandbox/origins.js URL
//
// Tries in Chromium what a page of another origin may try with a sandbox that takes any token: to change something, to read, to load
// what it says as a script, and all of that under a name that has been made to lead to the sandbox (DNS rebinding).
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { call, launch } from "./browser.js";

const [url] = process.argv.slice(2);
assert(url !== undefined, "usage: node sandbox/origins.js URL");
const { port } = new URL(url);
const actions = "/v1/groups/g/actions";
const posted = {
  method: "POST",
  headers: { accessToken: "any", "content-type": "application/json" },
  body: JSON.stringify({ actionType: "Image", actionBody: { mediaResource: "m" } }),
};
const remembered = async () => [await (await fetch(`${url}/_sandbox/snapshot`)).text(), await (await fetch(`${url}/_sandbox/exchanges`)).text()];
assert.equal((await fetch(url + actions, posted)).status, 200);
const before = await remembered();

const elsewhere = createServer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html><title>elsewhere</title>"));
await new Promise((listening) => elsewhere.listen(0, "127.0.0.1", listening));

const browser = await launch("rebound.example");
const page = await browser.newPage();
const statuses = [];
page.on("response", (response) => response.url().includes("/_sandbox/") || response.url().includes("/v1/") ? statuses.push(response.status()) : 0);

const calls = [
  ["/_sandbox/reset", { method: "POST" }],
  ["/_sandbox/restore", { method: "POST", body: '{"groups": {}}' }],
  ["/_sandbox/exchanges", { method: "DELETE" }],
  ["/_sandbox/faults", { method: "PUT", body: '[{"kind": "failure"}]' }],
  ["/_sandbox/snapshot", {}],
  ["/_sandbox/exchanges", {}],
  ["/_sandbox/health", {}],
  [`${actions}?actionType=image`, { headers: { accessToken: "any" } }],
  [actions, posted],
];

// A page of another port of this machine, in every mode that a page can choose.
await page.goto(`http://localhost:${elsewhere.address().port}/`);
for (const host of ["127.0.0.1", "localhost"]) {
  for (const [path, options] of calls) {
    assert.equal(await call(page, `http://${host}:${port}${path}`, options), "nothing", path);
    const method = ["GET", "POST"].includes(options.method ?? "GET") ? options.method : "POST";
    const blind = await call(page, `http://${host}:${port}${path}`, { ...options, method, mode: "no-cors" });
    assert.match(blind, /^(opaque 0 $|nothing)/, path);
  }
  const loaded = await page.evaluate(
    (source) =>
      new Promise((done) => {
        const script = Object.assign(document.createElement("script"), { src: source });
        script.onload = () => done("loaded");
        script.onerror = () => done("refused");
        document.head.append(script);
      }),
    `http://${host}:${port}/_sandbox/snapshot`,
  );
  assert.equal(loaded, "refused");
}

// A page whose own name leads here by now: to the browser it is of the same origin.
await page.goto(`http://rebound.example:${port}/nothing`);
assert.equal(new URL(page.url()).hostname, "rebound.example");
for (const [path, options] of calls) {
  const answer = await call(page, path, options);
  assert.match(answer, /^basic 403 .*rebound\.example/, path);
  assert(!answer.includes("mediaResource") && !answer.includes('"actions"'), answer);
}
assert(statuses.length > 20 && statuses.every((status) => status === 403), String(statuses));
assert.deepEqual(await remembered(), before, "nothing has changed");

// Its user may, and a page of its own.
assert.equal((await page.goto(`${url}/_sandbox/health`)).status(), 200);
for (const [path, options] of [["/_sandbox/snapshot", {}], ["/_sandbox/reset", { method: "POST" }]]) {
  assert.match(await call(page, path, options), /^basic 200 /, path);
}
await browser.close();
elsewhere.close();
console.log(`${statuses.length} requests of pages of other origins and of a rebound name get nothing`);
