// node docs/playground.js FOLDER URL
//
// The playground in Chromium, from the folder and from the sandbox: typing, examples, fixes, an address that has the text, the keyboard,
// axe-core, and that the page can open no connection.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, url] = process.argv.slice(2);
assert(url !== undefined, "usage: node docs/playground.js FOLDER URL");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-server=direct://"] });
const NARROW = { width: 360, height: 640 };
const WIDE = { width: 1280, height: 900 };
const JOB = '{"actionType": "job", "actionBody": {"title": "Check the doors"}}';
const looks = [];

for (const [place, base] of Object.entries({ folder: pathToFileURL(`${folder}/`).href, sandbox: `${url}/` })) {
  for (const settings of [{ viewport: WIDE }, { viewport: NARROW, colorScheme: "dark" }]) {
    const context = await browser.newContext(settings);
    const page = await context.newPage();
    const troubles = [];
    const requests = [];
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    const look = async (what) => {
      const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
      assert(wide <= room, `${place}, ${what}: ${wide} px wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ["violations"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`), [], `${place}, ${what}`);
      looks.push(what);
    };
    await page.goto(`${base}index.html`);
    await page.getByRole("link", { name: "Playground" }).click();
    await page.waitForURL("**/playground.html");
    const text = page.getByLabel("Text", { exact: true });
    const verdict = page.locator("#verdict");
    const rules = () => page.locator("#found li").evaluateAll((items) => items.map((it) => it.querySelector("a").textContent.slice(0, 5)));
    await look("empty");

    // As it is typed, by keyboard.
    await text.focus();
    await page.keyboard.type(JOB);
    assert.equal(await verdict.innerText(), "post-action.request: 1 error, 1 warning, 0 notes");
    assert.deepEqual(await rules(), ["KZ106", "KZ301"]);
    assert.deepEqual(await page.locator("#marks mark").evaluateAll((marks) => marks.map((mark) => [mark.className, mark.textContent])), [["warning", '"job"'], ["error", "{"]]);
    // The copy is where the text is.
    const boxes = await page.evaluate(() => ["#marks", "#text"].map((it) => (({ x, y, width }) => [x, y, width])(document.querySelector(it).getBoundingClientRect())));
    assert.deepEqual(boxes[0], boxes[1]);
    const forms = await page.evaluate(() => ["#marks", "#text"].map((it) => (({ font, padding, whiteSpace, letterSpacing }) => ({ font, padding, whiteSpace, letterSpacing }))(getComputedStyle(document.querySelector(it)))));
    assert.deepEqual(forms[0], forms[1]);
    await look("findings");
    // To a finding and its fix by keyboard, which the keyboard also leaves the text by.
    await text.focus();
    const stops = [];
    for (let stop = 0; stop < 8; stop += 1) {
      await page.keyboard.press("Tab");
      stops.push(await page.evaluate(() => document.activeElement.textContent.slice(0, 20)));
      if (stops.at(-1).startsWith("Fix:")) break;
    }
    assert(stops.at(-1).startsWith("Fix:"), stops.join());
    await page.keyboard.press("Enter");
    assert.equal(await text.inputValue(), JOB.replace("job", "Job"));
    assert.deepEqual(await rules(), ["KZ301"]);
    await page.keyboard.press("Control+z");
    assert.equal(await text.inputValue(), JOB, "a fix can be undone");
    await page.getByRole("button", { name: "line 1" }).first().click();
    assert.equal(await page.evaluate(() => getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), '"job"');
    // Beyond ASCII an offset in bytes is not one in the text.
    await text.fill('{"é👍": 1, "actionType": "job", "actionBody": {}}');
    assert((await page.locator("#marks mark").allInnerTexts()).includes('"job"'));
    await page.getByRole("button", { name: "Apply all fixes" }).click();
    assert.match(await text.inputValue(), /"é👍": 1, "actionType": "Job"/u);
    await text.fill("<b>{</b>");
    assert.equal(await page.locator("#marks b, #found b").count(), 0, "what is pasted is text");

    // An exchange, and a call of curl.
    await page.getByLabel("Input").selectOption("exchange");
    await text.fill('{"request": {"method": "GET", "url": "/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=audio", "headers": {"accessToken": "a-secret-token"}}}');
    assert.deepEqual(await rules(), ["KZ201"]);
    await page.getByLabel("Input").selectOption("curl");
    await text.fill(`curl -X POST 'https://api.kaiza.la/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions' \\\n  -H 'accessToken: a-secret-token' -H "Content-Type: application/json" \\\n  -d '${JOB}'`);
    assert.deepEqual(await rules(), ["KZ106", "KZ301"]);
    assert.deepEqual(await page.locator("#marks mark").allInnerTexts(), ['"job"', "{"]);
    await text.fill("wget x");
    assert.match(await verdict.innerText(), /a call begins with curl/u);

    // Every example says what it is for.
    const options = await page.getByLabel("Example").locator("option").evaluateAll((all) => all.map(({ value, parentElement }) => [value, parentElement.label ?? ""]).filter(([value]) => value !== ""));
    assert(options.length > 150, `${options.length} examples`);
    if (place === "folder" && settings.viewport === WIDE) {
      for (const [value, group] of options) {
        await page.getByLabel("Example").selectOption(value);
        const said = await verdict.innerText();
        assert(!said.startsWith("This cannot"), said);
        if (!group.startsWith("Rules")) assert(!/[1-9]\d* errors?/u.test(said), `${group}: ${said}`);
      }
    }

    // The address has the text, and another page reads it from there.
    await page.getByLabel("Input").selectOption("body");
    await text.fill(JOB);
    await page.getByRole("button", { name: "Put it into the address" }).click();
    assert.match(page.url(), /#text=/u);
    const other = await context.newPage();
    await other.goto(page.url());
    assert.equal(await other.locator("#text").inputValue(), JOB);
    assert.equal(await other.locator("#found li").count(), 2);
    await other.close();
    assert.deepEqual(troubles, [], place);
    for (const request of requests) assert(request.startsWith(base), `a request to ${request}`);

    // Nothing leaves the page.
    const left = await page.evaluate(async (address) => {
      const fetched = await fetch(address).then(() => "fetch", () => "nothing");
      const socket = await new Promise((resolve) => {
        const made = new WebSocket("ws://127.0.0.1:9/");
        made.onopen = () => resolve("socket");
        made.onerror = () => resolve("nothing");
      }).catch(() => "nothing");
      const image = await new Promise((resolve) => {
        const made = new Image();
        made.onload = () => resolve("image");
        made.onerror = () => resolve("nothing");
        made.src = `${address}/icon.svg`;
      });
      return [fetched, socket, image];
    }, url.replace("127.0.0.1", "localhost"));
    assert.deepEqual(left, ["nothing", "nothing", "nothing"]);
    for (const directive of ["connect-src", "img-src"]) assert(troubles.some((trouble) => trouble.includes(directive) || trouble.includes("default-src")), troubles.join("\n"));
    await context.close();
  }
}
await browser.close();
console.log(`the playground: ${looks.length} looks without a complaint of the browser or of axe-core, every example, and no connection`);
