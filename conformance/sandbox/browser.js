// A browser for what is tried with the sandbox: nothing but this machine can be reached, whatever a page or the browser itself
// may want.
import { chromium } from "playwright-core";

/** Starts Chromium; `rebound` is a name that has been made to lead to this machine. */
export function launch(rebound) {
  const rules = [...(rebound === undefined ? [] : [`MAP ${rebound} 127.0.0.1`]), "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"];
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [`--host-resolver-rules=${rules.join(", ")}`, "--proxy-server=direct://"],
  });
}

/** What a call gives a page: a status and a text, or that the browser kept the answer from it. */
export function call(page, target, options = {}) {
  return page.evaluate(
    async ([target, options]) => {
      try {
        const response = await fetch(target, options);
        return `${response.type} ${response.status} ${await response.text()}`;
      } catch {
        return "nothing";
      }
    },
    [target, options],
  );
}
