// node docs/browse.js FOLDER URL
//
// Reads the reference in Chromium as its users do: each page from the folder and from the sandbox, wide and on a small screen, in
// light and dark, by keyboard. axe-core judges what people who cannot see or point would find.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { recorded, token } from "../recorded.js";

const [folder, url] = process.argv.slice(2);
assert(url !== undefined, "usage: node docs/browse.js FOLDER URL");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const run = promisify(execFile);
const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
const places = { folder: pathToFileURL(`${folder}/`).href, sandbox: `${url}/` };
const NARROW = { width: 360, height: 640 };
const WIDE = { width: 1280, height: 900 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Nothing but this machine can be reached, whatever a page or the browser itself may want.
  args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-server=direct://"],
});

// A page whose every complaint and every request is noted.
async function open(settings) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const troubles = [];
  const requests = [];
  page.on("console", (message) => troubles.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("requestfailed", (request) => {
    // Aborted is what was still on its way when the next page was opened.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") troubles.push(`${request.url()}: ${reason}`);
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return { context, page, troubles, requests };
}

let looks = 0;
for (const [place, base] of Object.entries(places)) {
  // What the sandbox serves is the same.
  const others = place === "folder" ? [{ viewport: NARROW }, { viewport: WIDE, colorScheme: "dark" }] : [];
  for (const settings of [{ viewport: WIDE }, ...others]) {
    const { context, page, troubles, requests } = await open(settings);
    for (const name of pages) {
      const where = `${place}, ${settings.viewport.width} px, ${settings.colorScheme ?? "light"}: ${name}`;
      const response = await page.goto(base + name);
      assert(response?.ok() ?? place === "folder", where);
      const styled = await page.evaluate(() => [...document.styleSheets].map((sheet) => sheet.href?.split("/").at(-1)));
      assert.deepEqual(styled, ["style.css"], where);
      const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
      assert(wide <= room, `${where}: ${wide} px wide`);
      if (settings.viewport === NARROW) {
        const sideways = await page.evaluate(() =>
          [...document.querySelectorAll(".scroll")].filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.getAttribute("aria-label")),
        );
        assert.deepEqual(sideways, [], `${where}: tables that have to be moved sideways`);
      }
      looks += 1;
      // axe-core takes its time.
      if (place !== "folder") continue;
      // The browser's own way in, past the policy of the page.
      await page.evaluate(axe);
      // `preload` would fetch the stylesheet anew, which the policy does not let it.
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ["violations"] }));
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`);
      assert.deepEqual(told, [], where);
    }
    assert.deepEqual(troubles, [], place);
    for (const request of requests) assert(request.startsWith(base), `a request to ${request}`);
    await context.close();
  }
}

// By keyboard alone: past the frame by the first stop, to the languages, and through them. A browser may follow a link a moment after the key.
const { context, page, troubles } = await open({ viewport: NARROW });
await page.goto(`${places.sandbox}type-job.html`);
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
await page.waitForURL("**#content");
const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
for (let stop = 0; (await focused()) !== "JobRequest-json"; stop += 1) {
  assert(stop < 60, "the languages are not reached");
  await page.keyboard.press("Tab");
}
const languages = await page.locator("input[name=JobRequest-language]").count();
const shown = [];
for (let language = 0; language < languages; language += 1) {
  const visible = page.locator("fieldset:has(#JobRequest-json) pre:visible");
  assert.equal(await visible.count(), 1, "one language at a time");
  shown.push(await visible.innerText());
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement.nextElementSibling).outlineStyle);
  assert.equal(outline, "solid", "the focus is seen");
  await page.keyboard.press("ArrowRight");
}
assert.equal(new Set(shown).size, languages, "each language has its own text");
assert.equal(await focused(), "JobRequest-json", "and after the last comes the first");
await page.keyboard.press("Tab");
const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
assert.equal(label, "JobRequest in JSON", "what is wide can be scrolled by keyboard");

// The questions of a reader, and where the first answer is.
const QUESTIONS = {
  "how to post a survey with curl": "type-survey.html#post",
  "why KZ302 is reported": "rules-kz3.html#KZ302",
  "which types can be listed": "index.html#matrix",
  "how to generate a TypeScript client": "start.html#typescript",
  "what --fix touches": "guide-fixes.html",
  dueDate: "type-job.html#JobRequestBody.dueDate",
};
for (const base of Object.values(places)) {
  for (const [question, answer] of Object.entries(QUESTIONS)) {
    await page.goto(`${base}index.html`);
    await page.keyboard.press("/");
    await page.keyboard.type(question);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${answer}`);
    const hash = new URL(page.url()).hash.slice(1);
    assert(hash === "" || (await page.locator(`[id="${hash}"]`).isVisible()), question);
  }
}

// A language is chosen once, by a link or by hand, and the pages remember it.
await page.goto(`${places.sandbox}type-survey.html#SurveyRequest-curl`);
assert.match(await page.locator("fieldset:has(#SurveyRequest-curl) pre:visible").innerText(), /^curl /u);
await page.locator("label[for=SurveyRequest-go]").click();
await page.waitForURL("**#SurveyRequest-go");
await page.goto(`${places.sandbox}type-job.html`);
assert(await page.locator("#JobRequest-go").isChecked(), "the language is remembered");
// What is copied is what is shown.
await context.grantPermissions(["clipboard-read", "clipboard-write"]);
const block = page.locator("fieldset:has(#JobRequest-go) .code:has(pre:visible)");
await block.hover();
await block.getByRole("button", { name: "Copy" }).click();
await block.getByRole("button", { name: "Copied" }).waitFor();
assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await block.locator("pre").textContent());
// Sources are shown on demand, and that is remembered too.
assert.equal(await page.locator("main td.source:visible").count(), 0);
await page.getByLabel("Show sources").check();
await page.goto(`${places.sandbox}type-poll.html`);
assert(await page.locator("main td.source a:visible").first().isVisible());
// The rules by a word.
await page.goto(`${places.sandbox}rules.html`);
await page.getByLabel("Filter").fill("byte order");
assert.deepEqual(await page.locator("tbody th:visible").allInnerTexts(), ["KZ005"]);

// On a small screen the headings and the types are behind buttons, which stay in view; a menu closes when it has been used.
await page.goto(`${places.sandbox}type-job.html`);
await page.getByRole("button", { name: "On this page" }).click();
await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "JobResponseRequestBody" }).click();
await page.waitForURL("**#JobResponseRequestBody");
assert.equal(await page.locator(".menu:visible").count(), 0);
await page.getByRole("button", { name: "Types" }).click();
await page.getByRole("navigation", { name: "Types" }).getByRole("link", { name: "Survey" }).click();
await page.waitForURL("**/type-survey.html");

// Without scripts all texts are there, and in colour.
const plain = await open({ javaScriptEnabled: false });
await plain.page.goto(`${places.folder}type-job.html`);
assert.equal(await plain.page.locator(".menu:visible").count(), 2, "where there is room, nothing is behind a button");
const colour = (selector) => plain.page.locator(selector).first().evaluate((it) => getComputedStyle(it).color);
assert.notEqual(await colour("#JobRequest-json ~ .panel pre b"), await colour("#JobRequest-json ~ .panel pre i"));
assert.equal(await plain.page.locator("fieldset:has(#JobRequest-json) pre:visible").count(), 1);
assert(await plain.page.locator("main td.source a").first().isVisible());
await plain.context.close();

// Links of all kinds: to a page, to a place on it, and back.
await page.goto(places.sandbox);
await page.locator("main").getByRole("link", { name: "Quick Poll" }).click();
await page.waitForURL("**/type-poll.html");
await page.locator("main a[href^='rulings.html#D-']").first().click();
await page.waitForURL("**/rulings.html#D-*");
assert(await page.locator("tr:target").isVisible());
await page.goBack();
await page.waitForURL("**/type-poll.html");
assert.deepEqual(troubles, []);
// Reading is no call of the API.
const calls = async () => (await recorded(url)).log.entries.map(({ request, response }) => `${request.method} ${new URL(request.url).pathname} ${response.status}`);
assert.deepEqual(await calls(), []);

// Calls can be tried where the sandbox serves the pages: one is posted, read by the id that came back, and one is refused.
await page.goto(`${places.folder}type-job.html`);
assert.equal(await page.locator("form").count(), 0, "no form in a folder");
await page.goto(`${places.sandbox}type-job.html`);
const form = (operation) => page.locator(`form.try[data-operation=${operation}]`);
const send = async (operation) => {
  const it = form(operation);
  if (!(await it.locator("details").evaluate((details) => details.open))) await it.getByText("Try it").click();
  await it.getByRole("button", { name: "Send" }).click();
  await it.getByRole("status").filter({ hasText: /Accepted|Refused|no answer/u }).waitFor();
  return it.locator(".exchange").innerText();
};
assert.match(await send("postAction"), /Refused with status 401/u);
await form("postAction").locator("[name=accessToken]").fill(token);
const posted = await send("postAction");
assert.match(posted, /Accepted/u);
assert(!posted.includes(token), "the token is not shown");
const { actionId } = JSON.parse(await form("postAction").getByLabel("Response").innerText().then((text) => text.slice(text.indexOf("{"))));
assert.equal(await form("getAction").locator("[name=actionId]").inputValue(), actionId);
assert.match(await send("getAction"), new RegExp(actionId, "u"));
assert.match(await send("respondToAction"), /Accepted/u);
assert.match(await send("listActions"), /"actionType": "Job"/u);
// The samples for curl run as they are pasted, with the action that was posted; this sandbox needs a token of its own.
const pasted = async (name) => {
  const sample = await page.getByLabel(`${name} in curl`, { exact: true }).evaluate((block) => block.textContent);
  const { stdout } = await run("bash", ["-c", sample.replace("accessToken: any", `accessToken: ${token}`)]);
  return JSON.parse(stdout);
};
assert.equal(typeof (await pasted("JobRequest")).actionId, "string");
assert.equal(typeof (await pasted("JobResponseRequest")).responseId, "string");
assert.equal((await pasted("List of ListedJob")).actions.length, 2);
await form("postAction").locator("textarea").fill('{"actionType": "job", "actionBody": {"title": "A", "assignedTo": ["+911234500001"]}}');
const warned = await send("postAction");
assert.match(warned, /Accepted/u);
assert.match(warned, /warning KZ106 value-casing once/u);
await form("postAction").locator("textarea").fill('{"actionType": "Announcement", "actionBody": {"title": "<b>x</b>"}}');
assert.match(await send("postAction"), /Refused with status 400/u);
assert.equal(await form("postAction").locator(".exchange b").count(), 0, "what comes back is text");
await page.evaluate(axe);
const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ["violations"] }));
assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`), []);
// The rule of a finding is a link to where it is explained.
await form("postAction").locator(".findings a").first().click();
await page.waitForURL("**/rules-kz2.html#KZ201");
const group = "/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions";
assert.deepEqual(await calls(), [
  `POST ${group} 401`,
  `POST ${group} 200`,
  `GET ${group}/${actionId} 200`,
  `POST ${group}/${actionId}/responses 200`,
  `GET ${group} 200`,
  `POST ${group} 200`,
  `POST ${group}/${actionId}/responses 200`,
  `GET ${group} 200`,
  `POST ${group} 200`,
  `POST ${group} 400`,
]);
// A browser notes each status of refusal.
assert.deepEqual(troubles.filter((trouble) => !/status of 40[01]/u.test(trouble)), []);
await context.close();
await browser.close();

console.log(`${pages.length} pages, ${looks} looks without a complaint of the browser, axe-core finds nothing; ${languages} languages by keyboard; ${Object.keys(QUESTIONS).length} questions lead to their answers`);
