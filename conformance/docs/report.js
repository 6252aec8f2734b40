// node docs/report.js FILE
//
// Reads a page of lint --format html in Chromium as its users do: wide and on a small screen, in light and dark, by keyboard.
// axe-core judges what people who cannot see or point would find.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file] = process.argv.slice(2);
assert(file !== undefined, "usage: node docs/report.js FILE");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const url = pathToFileURL(file).href;
const NARROW = { width: 360, height: 640 };
const WIDE = { width: 1280, height: 900 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Nothing can be reached, whatever the page or the browser itself may want.
  args: ["--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=direct://"],
});

let looks = 0;
for (const viewport of [WIDE, NARROW]) {
  for (const colorScheme of ["light", "dark"]) {
    const where = `${viewport.width} px, ${colorScheme}`;
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    const troubles = [];
    const requests = [];
    page.on("console", (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(url);
    // The policy admits the stylesheet.
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("table")).borderCollapse), "collapse", where);
    const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
    assert(wide <= room, `${where}: ${wide} px wide`);

    // By keyboard alone: past the frame by the first stop, then through every link and what can be opened.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**#content");
    const stops = await page.locator("main :is(a, summary)").count();
    for (let stop = 0; stop < stops; stop += 1) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(() => {
        const it = document.activeElement;
        return { name: it.localName, outline: getComputedStyle(it).outlineStyle };
      });
      assert(["a", "summary"].includes(focus.name), `${where}: ${focus.name} takes the focus`);
      assert.equal(focus.outline, "solid", `${where}: the focus is seen`);
      if (focus.name === "summary") await page.keyboard.press("Enter");
    }
    assert.equal(await page.locator("details:not([open])").count(), 0, "all is open");

    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { preload: false, resultTypes: ["violations"] }));
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html).join(" ")}`);
    assert.deepEqual(told, [], where);
    assert.deepEqual(troubles, [], where);
    assert(requests.every((request) => request.startsWith(url)), `requests to ${requests}`);
    looks += 1;
    await context.close();
  }
}
await browser.close();
console.log(`the page of a report, ${looks} times: by keyboard, and axe-core finds nothing`);
