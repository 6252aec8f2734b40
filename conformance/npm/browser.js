// node npm/browser.js PROJECT
//
// Opens the page that Vite has built, and one that imports the package as it is, in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const [project] = process.argv.slice(2);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };
const PAGE = `<!doctype html><html lang="en"><title>-</title><link rel="icon" href="data:,"><script type="module">
  import { lint } from "/node_modules/kaizala-actions/dist/index.mjs";
  document.title = lint('{"actionType": "job", "actionBody": {}}').findings.map(({ rule }) => rule).join();
</script></html>`;
// Compiling a module is all that it asks of a policy.
const policy = "default-src 'none'; img-src data:; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";

const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, "http://127.0.0.1").pathname);
  try {
    const text = path === "/plain" ? PAGE : readFileSync(join(project, path.startsWith("/node_modules") ? "" : "dist", path));
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html", "content-security-policy": policy }).end(text);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
const page = await browser.newPage();
const troubles = [];
page.on("console", (message) => troubles.push(message.text()));
page.on("pageerror", (error) => troubles.push(String(error)));
for (const path of ["/index.html", "/plain"]) {
  await page.goto(base + path);
  await page.waitForFunction(() => document.title.startsWith("KZ"), null, { timeout: 10_000 }).catch(() => assert.fail(`${path}: ${troubles}`));
  assert.equal(await page.title(), "KZ106,KZ301,KZ301", path);
}
assert.deepEqual(troubles, []);
await browser.close();
server.close();
console.log("bundled and not");
