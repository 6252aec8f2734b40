// The page of the sandbox: asks its endpoints, and shows the answers as text.
"use strict";

/** The exchanges that are shown, the latest first. */
const MOST_EXCHANGES = 50;

const find = (id) => document.getElementById(id);

/** The answer of an endpoint; throws what it was refused with. */
async function ask(method, name, body) {
  const token = find("token").value.trim();
  const headers = token === "" ? {} : { accessToken: token };
  const response = await fetch(`/_sandbox/${name}`, { method, headers, body });
  const answer = await response.json();
  // A sandbox that is not well says so in the form of one that is.
  if (!response.ok && answer.message !== undefined) throw new Error(answer.message);
  return answer;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

async function show() {
  const health = await ask("GET", "health");
  find("health").replaceChildren(
    ...Object.entries(health).flatMap(([name, value]) => [element("dt", name), element("dd", value)]),
  );
  const { log } = await ask("GET", "exchanges");
  const latest = log.entries.slice(-MOST_EXCHANGES).reverse();
  find("exchanges").replaceChildren(
    ...latest.map(({ startedDateTime, request, response }) => {
      const row = document.createElement("tr");
      // A connection that was cut has status 0.
      const cells = [startedDateTime, request.method, request.url, response.status || "cut"];
      row.append(...cells.map((cell) => element("td", cell)));
      return row;
    }),
  );
  find("faults").value = JSON.stringify(await ask("GET", "faults"), null, 2);
}

/** Does something, shows what is then, and says what came of it. */
async function run(done, act = () => {}) {
  try {
    await act();
    await show();
    find("status").textContent = done;
  } catch (error) {
    find("status").textContent = error.message;
  }
}

find("access").addEventListener("submit", (event) => {
  event.preventDefault();
  run("");
});
for (const [id, done, ...request] of [
  ["reset", "Back to the seed.", "POST", "reset"],
  ["forget", "The exchanges are forgotten.", "DELETE", "exchanges"],
]) {
  find(id).addEventListener("click", () => run(done, () => ask(...request)));
}
find("set").addEventListener("click", () => run("The faults are set.", () => ask("PUT", "faults", find("faults").value)));
run("");
