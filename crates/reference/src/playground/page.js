// The playground, made by kaizala-actions: what the linter says about the text, as it is typed. The linter is in
// playground-engine.js; nothing here opens a connection, and the policy of the page would let nothing.
"use strict";
(() => {
  const linter = globalThis[Symbol.for("kaizala-actions")];
  const form = document.getElementById("play");
  const text = document.getElementById("text");
  const marks = document.getElementById("marks");
  const verdict = document.getElementById("verdict");
  const list = document.getElementById("found");
  const { example, input, kind, fix, share } = form.elements;
  // Beyond that an address is cut somewhere, and typing would have to wait for the linter.
  const MOST_SHARED = 30_000;
  const MOST_AT_ONCE = 100_000;

  const element = (name, properties = {}, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  };
  const many = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;

  // From offsets in UTF-8, in ascending order, to those in the text.
  function units(source, offsets) {
    const found = new Map();
    let bytes = 0;
    let unit = 0;
    for (const offset of [...offsets].sort((one, other) => one - other)) {
      while (bytes < offset && unit < source.length) {
        const code = source.codePointAt(unit);
        bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        unit += code < 0x10000 ? 1 : 2;
      }
      found.set(offset, unit);
    }
    return found;
  }

  // The place of each finding in the text that was judged.
  function placed(source, findings) {
    const ends = findings.flatMap(({ offset, length, fix }) => [offset, offset + length, ...(fix?.edits ?? []).flatMap((edit) => [edit.offset, edit.offset + edit.length])]);
    const at = units(source, ends);
    return findings.map((finding) => ({
      finding,
      start: at.get(finding.offset),
      end: at.get(finding.offset + finding.length),
      edits: (finding.fix?.edits ?? []).map((edit) => ({ start: at.get(edit.offset), end: at.get(edit.offset + edit.length), replacement: edit.replacement })),
    }));
  }

  // What the linter says: the findings with their places, and what it took the text for.
  const JUDGES = {
    body(source) {
      const options = kind.value === "" ? undefined : { kind: kind.value };
      const report = linter.lint(source, options);
      return { kind: report.kind, unlisted: report.unlisted, rows: placed(source, report.findings) };
    },
    exchange(source) {
      const report = linter.lintExchange(source);
      const rows = report.parts.flatMap(({ part, findings }) => placed(source, findings).map((row) => ({ ...row, part })));
      return { kind: report.isForeign ? "a call of another API, which is not judged" : report.operation, unlisted: report.parts.flatMap(({ unlisted }) => unlisted), rows };
    },
    curl(source) {
      const call = curlCall(source);
      const report = linter.lintExchange(call.exchange);
      const rows = report.parts.flatMap(({ part, findings }) => placed(call.exchange, findings).map((row) => ({ ...row, part, ...call.place(part, row) })));
      return { kind: report.isForeign ? "a call of another API, which is not judged" : report.operation, unlisted: report.parts.flatMap(({ unlisted }) => unlisted), rows };
    },
  };

  // The rows that are shown.
  let rows = [];

  function judge() {
    const source = text.value;
    list.replaceChildren();
    rows = [];
    fix.disabled = true;
    if (source.trim() === "") {
      verdict.textContent = "";
      return mark(source);
    }
    let judged;
    try {
      judged = JUDGES[input.value](source);
    } catch (error) {
      verdict.textContent = `This cannot be read: ${error.message}.`;
      return mark(source);
    }
    rows = judged.rows.sort((one, other) => one.start - other.start);
    const count = (severity) => rows.filter(({ finding }) => finding.severity === severity).length + judged.unlisted.filter((it) => it.severity === severity).reduce((sum, it) => sum + it.count, 0);
    const counts = ["error", "warning", "note"].map((severity) => many(count(severity), severity));
    verdict.textContent = `${judged.kind ?? "not recognised"}: ${rows.length === 0 ? "no findings" : counts.join(", ")}`;
    fix.disabled = !rows.some(({ edits }) => edits.length > 0);
    list.append(...rows.map(item));
    mark(source);
  }

  function item(row) {
    const { finding, part } = row;
    const before = text.value.slice(0, row.start);
    const line = before.split("\n").length;
    const place = element("button", { type: "button", className: "place", textContent: `line ${line}` });
    place.addEventListener("click", () => {
      text.focus();
      text.setSelectionRange(row.start, Math.max(row.end, row.start));
    });
    const rule = element("a", { href: `rules-kz${finding.rule[2]}.html#${finding.rule}`, textContent: `${finding.rule} ${finding.name}` });
    const severity = element("span", { className: `severity ${finding.severity}`, textContent: finding.severity });
    const made = element("li", {}, severity, " ", element("strong", { textContent: finding.message }), " ", rule, " ", place);
    const where = [part, finding.pointer].filter(Boolean).join(" ");
    if (where !== "") made.append(" ", element("code", { textContent: where }));
    if (finding.help !== null) made.append(element("p", { className: "limit", textContent: finding.help }));
    if (row.edits.length > 0) {
      const button = element("button", { type: "button", textContent: `Fix: ${finding.fix.description}` });
      button.addEventListener("click", () => {
        const { edits } = row;
        let fixed = text.value;
        for (const { start, end, replacement } of [...edits].reverse()) fixed = fixed.slice(0, start) + replacement + fixed.slice(end);
        replace(fixed);
      });
      made.append(button);
    }
    return made;
  }

  // Another text, which can be undone.
  function replace(changed) {
    text.focus();
    text.select();
    if (!document.execCommand("insertText", false, changed)) text.value = changed;
    judge();
  }

  // Underlines the findings in a copy of the text behind it.
  function mark(source) {
    const rank = ["note", "warning", "error"];
    const pieces = [];
    let done = 0;
    for (const { start, end, finding } of rows) {
      if (start < done) continue;
      // What has no length, as the end, is still seen.
      const until = Math.max(end, start + 1);
      const severity = rows.filter((row) => row.start < until && row.end > start).map((row) => row.finding.severity).concat(finding.severity).sort((one, other) => rank.indexOf(other) - rank.indexOf(one))[0];
      pieces.push(source.slice(done, start), element("mark", { className: severity, textContent: source.slice(start, until) || " " }));
      done = until;
    }
    // A line feed at the end has a line in a textarea.
    marks.replaceChildren(...pieces, `${source.slice(done)}\n`);
    scroll();
  }

  function scroll() {
    marks.scrollTop = text.scrollTop;
    marks.scrollLeft = text.scrollLeft;
  }

  // The examples: of each operation by type, and of each rule.
  const examples = [];
  function offer() {
    const document_ = linter.contract();
    const resolved = (value) => (value?.$ref === undefined ? value : value.$ref.slice(2).split("/").reduce((at, name) => at?.[name.replaceAll("~1", "/").replaceAll("~0", "~")], document_));
    const groups = new Map();
    const add = (group, name, entry) => {
      if (!groups.has(group)) groups.set(group, element("optgroup", { label: group }));
      groups.get(group).append(element("option", { value: String(examples.length), textContent: name }));
      examples.push(entry);
    };
    for (const methods of Object.values(document_.paths)) {
      for (const operation of Object.values(methods)) {
        if (operation.operationId === undefined) continue;
        const id = operation.operationId.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
        const success = resolved(operation.responses?.["200"]);
        for (const [direction, message] of [["request", resolved(operation.requestBody)], ["response", success]]) {
          const media = message?.content?.["application/json"];
          for (const [name, one] of Object.entries(media?.examples ?? {})) {
            const { value, summary } = resolved(one);
            if (value !== undefined) add(`${operation.operationId}, ${direction}`, summary ?? name, { input: "body", kind: `${id}.${direction}`, text: JSON.stringify(value, null, 2) });
          }
        }
      }
    }
    for (const { id, name, bad, good } of linter.rules()) {
      for (const [group, { body, text: source }] of [["Rules", bad], ["Rules, without the finding", good]]) {
        add(group, `${id} ${name}`, { input: body === "exchange" ? "exchange" : "body", kind: body === "exchange" ? "" : (body ?? ""), text: source });
      }
    }
    example.append(...groups.values());
  }

  function show(state) {
    input.value = state.input in JUDGES ? state.input : "body";
    kind.value = state.kind ?? "";
    if (kind.selectedIndex < 0) kind.value = "";
    kind.disabled = input.value !== "body";
    text.value = String(state.text ?? "");
    judge();
  }

  // What is behind `#`: the text and what it is, as JSON in base64.
  function shared() {
    const bytes = new TextEncoder().encode(JSON.stringify({ input: input.value, kind: kind.value, text: text.value }));
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  function open() {
    const [, value] = /^#text=([\w-]+)$/u.exec(location.hash) ?? [];
    if (value === undefined || value === shared()) return;
    try {
      const bytes = Uint8Array.from(atob(value.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
      show(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      verdict.textContent = "The address has no text that can be read.";
    }
  }

  share.addEventListener("click", () => {
    const value = shared();
    if (value.length > MOST_SHARED) {
      verdict.textContent = `The text is too long for an address: ${many(text.value.length, "character")}.`;
      return;
    }
    location.hash = `text=${value}`;
    verdict.textContent = "The address of this page has the text now. Whoever opens it sees the text, and its phone numbers and tokens.";
  });
  fix.addEventListener("click", () => {
    if (input.value === "body") {
      const options = kind.value === "" ? undefined : { kind: kind.value };
      replace(linter.fix(text.value, options).body);
    } else {
      // An exchange has places of its own: one fix after the other, from the end.
      let fixed = text.value;
      let before = Infinity;
      for (const { start, end, replacement } of rows.flatMap(({ edits }) => edits).sort((one, other) => other.start - one.start)) {
        if (end > before) continue;
        fixed = fixed.slice(0, start) + replacement + fixed.slice(end);
        before = start;
      }
      replace(fixed);
    }
  });
  example.addEventListener("change", () => {
    if (example.value !== "") show(examples[Number(example.value)]);
  });
  for (const select of [input, kind]) {
    select.addEventListener("change", () => {
      kind.disabled = input.value !== "body";
      judge();
    });
  }
  let waiting;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    if (text.value.length < MOST_AT_ONCE) judge();
    else waiting = setTimeout(judge, 300);
  });
  text.addEventListener("scroll", scroll);
  addEventListener("hashchange", open);
  form.addEventListener("submit", (event) => event.preventDefault());

  form.hidden = false;
  try {
    offer();
  } catch (error) {
    verdict.textContent = `The linter cannot run in this browser: ${error.message}`;
    return;
  }
  open();
})();
