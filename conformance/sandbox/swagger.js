// node sandbox/swagger.js BINARY
//
// Tries in Chromium what developers do with a sandbox that has a token and lets the pages of one origin call it: Swagger UI on such a
// page, calls of an app there, and the sandbox's own page. A page of a third origin gets nothing.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { call, launch } from "./browser.js";

const [binary] = process.argv.slice(2);
assert(binary !== undefined, "usage: node sandbox/swagger.js BINARY");

const token = "conformance";
const { resolve } = createRequire(import.meta.url);
const swagger = join(resolve("swagger-ui-dist/package.json"), "..");
const TYPES = { ".js": "text/javascript", ".css": "text/css" };

/** The address of a server of pages: Swagger UI, which reads the document of the sandbox. */
async function pages() {
  const server = createServer((request, response) => {
    const type = TYPES[extname(request.url)];
    if (type === undefined) response.setHeader("content-type", "text/html; charset=utf-8").end(index());
    else response.setHeader("content-type", `${type}; charset=utf-8`).end(readFileSync(join(swagger, request.url)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { server, address: `http://localhost:${server.address().port}` };
}
const index = () => `<!doctype html><title>Swagger UI</title><link rel="stylesheet" href="/swagger-ui.css"><link rel="icon" href="data:,">
  <div id="ui"></div><script src="/swagger-ui-bundle.js"></script>
  <script>SwaggerUIBundle({ url: "${url}/openapi.json", dom_id: "#ui" })</script>`;
const [app, third] = [await pages(), await pages()];

const options = ["--listen", "127.0.0.1:0", "--quiet", "--deterministic", "1", "--token", token, "--cors", app.address];
const sandbox = spawn(binary, ["serve", ...options], { stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => sandbox.kill());
const [line] = await once(sandbox.stdout, "data");
const url = String(line).trim();
const control = (method, path, body) => fetch(`${url}/_sandbox/${path}`, { method, headers: { accessToken: token }, body });

const browser = await launch();
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
const troubles = [];
page.on("pageerror", (error) => troubles.push(String(error)));

// Swagger UI reads the document from the sandbox, and so knows where the API is.
await page.goto(app.address);
const servers = page.locator(".servers select");
assert.equal(await servers.inputValue(), `${url}/v1`);
await page.locator(".scheme-container .authorize").click();
await page.locator(".auth-container input").fill(token);
await page.locator(".auth-btn-wrapper .authorize").click();
await page.locator(".auth-btn-wrapper .btn-done").click();

/** Tries an operation out; the status and the body that Swagger UI shows. */
async function tryOut(operationId, parameters, body) {
  const block = page.locator(`.opblock[id$="-${operationId}"]`);
  if ((await block.locator(".try-out").count()) === 0) {
    await block.locator(".opblock-summary-control").click();
    await block.locator(".try-out__btn").click();
  }
  for (const [name, value] of Object.entries(parameters)) {
    // Beside the field may be a choice of examples for it.
    const field = block.locator(`tr[data-param-name="${name}"]`).locator("input, select:not(.examples-select-element)").first();
    if ((await field.evaluate(({ tagName }) => tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  if (body !== undefined) await block.locator(".body-param__text").fill(JSON.stringify(body));
  const answered = page.waitForResponse((response) => response.url().startsWith(`${url}/v1/`) && response.request().method() !== "OPTIONS");
  await block.locator(".execute").click();
  await answered;
  const live = block.locator(".live-responses-table .response");
  // While a call is under way, the answer to the one before is still shown.
  await block.locator(".loading-container").waitFor({ state: "detached" });
  return { status: (await live.locator(".response-col_status").innerText()).trim(), body: await live.locator(".response-col_description").innerText() };
}
const group = { groupId: "g" };
const job = { actionType: "Job", actionBody: { title: "Check the doors", assignedTo: ["+911234500001"] } };
const posted = await tryOut("postAction", group, job);
assert.match(`${posted.status} ${posted.body}`, /^200[^]*referenceId/);
const listed = await tryOut("listActions", { ...group, actionType: "job" });
assert.match(`${listed.status} ${listed.body}`, /^200[^]*Check the doors/);
const refused = await tryOut("postAction", group, { actionBody: {} });
assert.match(`${refused.status} ${refused.body}`, /^400[^]*missing-selector/);

// An app of that origin reads what the contract has in headers, and nothing of the sandbox's own.
const actions = `${url}/v1/groups/g/actions`;
await control("PUT", "faults", '[{"kind": "throttled", "retryAfter": 7}]');
const post = { method: "POST", headers: { accessToken: token, "content-type": "application/json" }, body: JSON.stringify(job) };
const waits = await page.evaluate(async ([target, options]) => (await fetch(target, options)).headers.get("retry-after"), [actions, post]);
assert.equal(waits, "7");
await control("PUT", "faults", "[]");
const own = [
  ["/_sandbox/health", {}],
  ["/_sandbox/snapshot", { headers: { accessToken: token } }],
  ["/_sandbox/reset", { method: "POST", headers: { accessToken: token } }],
  ["/_sandbox/faults", { method: "PUT", headers: { accessToken: token }, body: "[]" }],
];
for (const [path, options] of own) assert.equal(await call(page, url + path, options), "nothing", path);
await page.goto(third.address);
for (const [path, options] of [...own, ["/openapi.json", {}], ["/v1/groups/g/actions", post]]) {
  assert.equal(await call(page, url + path, options), "nothing", path);
}

// The sandbox's own page needs no token, and what it asks for does.
await page.goto(`${url}/_sandbox`);
const status = page.locator("#status");
await status.filter({ hasText: "token" }).waitFor();
assert.equal(await page.locator("#exchanges tr").count(), 0);
await page.locator("#token").fill(token);
await page.getByRole("button", { name: "Show" }).click();
await page.locator("#exchanges tr").first().waitFor();
const row = await page.locator("#exchanges tr").first().innerText();
assert.match(row, /POST[^]*\/actions[^]*429/);
// As the browser's user, whom the policy of the page does not bind.
await page.evaluate(readFileSync(resolve("axe-core/axe.min.js"), "utf8"));
const { violations } = await page.evaluate(() => globalThis.axe.run());
assert.deepEqual(violations.map(({ id }) => id), []);
await page.locator("#faults").fill('[{"kind": "?"}]');
await page.getByRole("button", { name: "Set faults" }).click();
await status.filter({ hasText: "unknown variant" }).waitFor();
await page.locator("#faults").fill('[{"kind": "failure"}]');
await page.getByRole("button", { name: "Set faults" }).click();
await status.filter({ hasText: "are set" }).waitFor();
assert.equal((await fetch(actions, post)).status, 500);
await page.getByRole("button", { name: "Reset" }).click();
await status.filter({ hasText: "Back to the seed" }).waitFor();
assert.match(await page.locator("#health").innerText(), /actions\s+0/);
assert.deepEqual(troubles, []);
await browser.close();
for (const { server } of [app, third]) server.close();
sandbox.kill();
console.log("Swagger UI and an app of an invited origin call the API and nothing else; the sandbox's page is used with a token");
