// made by kaizala-actions
"use strict";

// What the pages do with a script: search, copy, a language for all examples, a filter of the rules, and sources on demand.
// Without one, all that they say is there.

const remembered = {
  get(key) {
    try {
      return localStorage.getItem(`kaizala-actions ${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`kaizala-actions ${key}`, value);
    } catch {
      // A browser may refuse to remember.
    }
  },
};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Search.

// Words that are everywhere; search.js names them.
let ignored = new Set();

// A word without the endings that say no more about what it is.
function stem(word) {
  return word.length > 3 && !/\d/.test(word) ? word.replace(/(?:ies|ing|ed|es|s|e)$/u, "") : word;
}

function words(text) {
  const all = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return all.filter((word) => !ignored.has(word)).map(stem);
}

const places = [];
// Of how many places a word is, so that a rare word says more.
const frequency = new Map();

// search.js calls this. A place is found by its own title and by those above it.
globalThis.searchIn = (everywhere, pages) => {
  ignored = new Set(everywhere);
  for (const [file, rows] of pages) {
    let path = [];
    for (const [level, id, heading, text] of rows) {
      path = [...path.filter((above) => above.level < level), { level, heading }];
      const title = path.map((above) => above.heading).join(" › ");
      const address = id === "" ? file : `${file}#${id}`;
      places.push({ address, title, inTitle: words(title), inText: words(text) });
    }
  }
  for (const place of places) {
    for (const word of new Set([...place.inTitle, ...place.inText])) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  offerSearch();
};

function found(query) {
  const wanted = words(query);
  if (wanted.length === 0) return [];
  const scored = places.map((place) => {
    let score = 0;
    let matched = 0;
    for (const word of wanted) {
      const fits = (other) => other === word || (word.length > 2 && other.startsWith(word));
      const rarity = Math.log(1 + places.length / (frequency.get(word) ?? 1));
      const inTitle = place.inTitle.some(fits);
      const inText = place.inText.some(fits);
      if (inTitle || inText) matched += 1;
      score += rarity * ((inTitle ? 4 : 0) + (inText ? 1 : 0));
    }
    // Who asks in the words of a heading means it.
    if (place.title.toLowerCase().includes(query.trim().toLowerCase())) score *= 2;
    // Of two that have the same words, the one with the shorter title is more about them.
    return { place, score: score * (matched / wanted.length) ** 2 - place.inTitle.length / 100 };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, 12)
    .map(({ place }) => place);
}

function offerSearch() {
  const input = element("input", { type: "search", id: "search", placeholder: "Search ( / )", autocomplete: "off" });
  const results = element("ul", { class: "results", "aria-label": "Results" });
  const form = element("search", {}, element("label", { for: "search", class: "unseen" }, "Search the reference"), input, results);
  const links = () => [...results.querySelectorAll("a")];
  input.addEventListener("input", () => {
    results.replaceChildren(
      ...found(input.value).map(({ address, title }) => element("li", {}, element("a", { href: address }, title))),
    );
  });
  form.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "Enter" && document.activeElement === input) all[0]?.click();
    else if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (all[at - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
  const close = () => {
    input.value = "";
    results.replaceChildren();
    input.focus();
  };
  results.addEventListener("click", () => results.replaceChildren());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea")) return;
    event.preventDefault();
    input.focus();
  });
  document.querySelector("header.site").append(form);
}

// A menu above the page closes when it has been used.

for (const menu of document.querySelectorAll(".menu")) {
  menu.addEventListener("click", ({ target }) => {
    if (target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
  });
}

// Copy.

for (const block of document.querySelectorAll("pre")) {
  const button = element("button", { type: "button", class: "copy" }, "Copy");
  button.addEventListener("click", async () => {
    // A page from a folder may have no clipboard.
    const copied = await navigator.clipboard?.writeText(block.textContent).then(() => true, () => false);
    button.textContent = copied ? "Copied" : "Select and copy";
    if (!copied) getSelection().selectAllChildren(block);
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  const frame = element("div", { class: "code" });
  block.replaceWith(frame);
  frame.append(block, button);
}

// The language of the examples: chosen once for all, and by links such as #SurveyRequest-curl.

const languageOf = (input) => input.id.slice(input.id.lastIndexOf("-") + 1);

function choose(language) {
  for (const input of document.querySelectorAll(".tabs input")) if (languageOf(input) === language) input.checked = true;
}

function follow() {
  const input = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!input?.matches(".tabs input")) return;
  choose(languageOf(input));
  input.closest("fieldset").scrollIntoView();
}

for (const tabs of document.querySelectorAll(".tabs")) {
  tabs.addEventListener("change", ({ target }) => {
    remembered.set("language", languageOf(target));
    choose(languageOf(target));
    history.replaceState(null, "", `#${target.id}`);
  });
}
choose(remembered.get("language"));
addEventListener("hashchange", follow);
follow();

// A filter of the rules.

for (const filtered of document.querySelectorAll(".filtered")) {
  const input = element("input", { type: "search", id: "filter", autocomplete: "off" });
  const count = element("span", { "aria-live": "polite" });
  const rows = [...filtered.querySelectorAll("tbody tr")];
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    count.textContent = ` ${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  });
  filtered.prepend(element("p", { class: "filter" }, element("label", { for: "filter" }, "Filter: "), input, count));
}

// Where facts come from, on demand.

if (document.querySelector("main .tags")) {
  const box = element("input", { type: "checkbox", id: "sources" });
  const show = () => document.documentElement.classList.toggle("without-sources", !box.checked);
  box.checked = remembered.get("sources") === "shown";
  box.addEventListener("change", () => {
    remembered.set("sources", box.checked ? "shown" : "hidden");
    show();
  });
  show();
  document.querySelector("main h1").after(element("p", { class: "filter" }, box, " ", element("label", { for: "sources" }, "Show sources and rulings")));
}
