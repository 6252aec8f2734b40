// made by kaizala-actions
// A module: its names are not those of reference.js.

// Sends what is in the forms to the sandbox that serves the pages, and shows the request, the response and the findings.

// What a call names next: the group that is used, and the action that was posted last. Tokens are not kept.
const kept = {
  get: (name) => sessionStorage.getItem(`kaizala-actions ${name}`),
  set: (name, value) => sessionStorage.setItem(`kaizala-actions ${name}`, value),
};

function made(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// A part of the exchange, as text: nothing of it is read as HTML.
function part(title, text) {
  const pre = made("pre", { role: "group", "aria-label": title, tabindex: "0" }, made("code", {}, text));
  return [made("p", { class: "title" }, made("strong", {}, title)), pre];
}

function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function request(form) {
  const fields = [...form.querySelectorAll("[data-in]")].filter((field) => field.value !== "");
  const of = (place) => fields.filter((field) => field.dataset.in === place);
  let path = form.dataset.path;
  // A group has an @, which needs no escape.
  for (const { name, value } of of("path")) path = path.replace(`{${name}}`, () => encodeURIComponent(value).replaceAll("%40", "@"));
  const query = new URLSearchParams(of("query").map(({ name, value }) => [name, value])).toString();
  const headers = Object.fromEntries(of("header").map(({ name, value }) => [name, value]));
  const body = form.querySelector("textarea")?.value;
  if (body !== undefined) headers["content-type"] = "application/json";
  return { method: form.dataset.method, url: query === "" ? path : `${path}?${query}`, headers, body };
}

function asText({ method, url, headers, body }) {
  // The token is not for the screen.
  const lines = Object.keys(headers).map((name) => `${name}: ${name === "content-type" ? headers[name] : "…"}`);
  return [`${method} ${url}`, ...lines, ...(body === undefined ? [] : ["", body])].join("\n");
}

// What is between backticks is code.
function words(text) {
  return text.split("`").map((piece, index) => (index % 2 === 1 ? made("code", {}, piece) : piece));
}

// The rule, what it found and where, and what to do.
function row({ rule, name, severity, message, pointer, part: where, help }) {
  const page = `rules-kz${rule.slice(2, 3)}.html#${rule}`;
  const place = [where, pointer].filter((it) => it).join(" ");
  return made(
    "li",
    {},
    made("span", { class: `severity ${severity}` }, severity),
    " ",
    made("a", { href: page }, `${rule} ${name}`),
    " ",
    ...words(message),
    ...(place === "" ? [] : [" at ", made("code", {}, place)]),
    ...(help ? [": ", ...words(help)] : []),
  );
}

// The rules in the header field of a call that was accepted: `KZ106;name=value-casing;severity=warning;count=2, …`.
function noted(field) {
  return field.split(", ").map((item) => {
    const [rule, ...parameters] = item.split(";");
    const { name, severity, count } = Object.fromEntries(parameters.map((parameter) => parameter.split("=")));
    return { rule, name, severity, message: count === "1" ? "once" : `${count} times` };
  });
}

function follow(form, { headers }, answer) {
  for (const field of form.querySelectorAll("[data-in=path]")) kept.set(field.name, field.value);
  if (typeof answer?.actionId === "string") kept.set("actionId", answer.actionId);
  fill(headers.accessToken);
  samples();
}

// Whoever has said a group, an action or a token once need not say it again.
function fill(token) {
  for (const field of document.querySelectorAll("form.try [data-in=path]")) field.value = kept.get(field.name) ?? field.value;
  if (token === undefined) return;
  for (const field of document.querySelectorAll("form.try [data-in=header]")) field.value = token;
}

// The samples for curl run here as they are pasted: they call this sandbox, with the token of the forms and the action that was posted
// last. A token that was typed is not for the screen.
const action = { shown: document.querySelector("form.try [name=actionId]")?.defaultValue };

function samples() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const posted = kept.get("actionId") ?? action.shown;
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    const pre = node.parentElement.closest("pre");
    if (!pre?.textContent.startsWith("curl ")) continue;
    let text = node.data.replaceAll("$KAIZALA_ENDPOINT", location.origin).replaceAll("$KAIZALA_ACCESS_TOKEN", "any");
    if (action.shown !== undefined) text = text.replaceAll(action.shown, posted);
    if (text !== node.data) node.data = text;
  }
  action.shown = posted;
}

async function send(form) {
  const sent = request(form);
  const { url, ...options } = sent;
  const state = made("p", { role: "status" }, "Waiting …");
  const shown = form.querySelector(".exchange");
  shown.replaceChildren(state, ...part("Request", asText(sent)));
  try {
    // A move would lead elsewhere, where this page may not go.
    const response = await fetch(url, { ...options, redirect: "manual", credentials: "omit", cache: "no-store" });
    if (response.type === "opaqueredirect") {
      state.textContent = "The endpoint has moved (status 308). A browser does not tell a page where to.";
      return;
    }
    const text = await response.text();
    const fields = ["content-type", "retry-after", "allow"].filter((name) => response.headers.has(name));
    const head = [`${response.status} ${response.statusText}`, ...fields.map((name) => `${name}: ${response.headers.get(name)}`)];
    shown.append(...part("Response", [...head, ...(text === "" ? [] : ["", laidOut(text)])].join("\n")));
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      answer = undefined;
    }
    const field = response.headers.get("sandbox-findings");
    const findings = answer?.findings ?? (field === null ? [] : noted(field));
    const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
    state.textContent = response.ok ? `Accepted: ${field === null ? "the linter reports nothing" : "the linter reports no error"}.` : `Refused with status ${response.status}, ${count}.`;
    if (findings.length > 0) state.after(made("ul", { class: "findings" }, ...findings.map(row)));
    if (response.ok) follow(form, sent, answer);
  } catch (error) {
    state.textContent = `There is no answer: the connection was cut, or the sandbox has ended (${error.message}).`;
  }
}

for (const form of document.querySelectorAll("form.try")) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
fill();
samples();
