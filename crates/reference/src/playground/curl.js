// A call of curl as an exchange: as much of the shell and of curl as a call that is pasted usually has. The command reads all of both.
// It is one script with page.js, made by kaizala-actions.
// The words of the first command of a POSIX shell, each with the place of its text if it is in it as it stands.
function words(source) {
  const found = [];
  let word;
  const add = (piece, start) => {
    word ??= { value: "", start, isVerbatim: true };
    if (word.value !== "") word.isVerbatim = false;
    else word.start = start;
    word.value += piece;
  };
  const end = () => {
    if (word !== undefined) found.push(word);
    word = undefined;
  };
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at);
    const blank = /^(?:[ \t]|\\\r?\n)+/u.exec(rest);
    const quoted = /^'([^']*)'/u.exec(rest);
    const double = /^"((?:[^"\\]|\\[^])*)"/u.exec(rest);
    const plain = /^[^\s'"\\|;&<>()$`]+/u.exec(rest);
    if (blank) end();
    else if (quoted) add(quoted[1], at + 1);
    else if (double) {
      if (/(?<!\\)[$`]/u.test(double[1])) throw new Error("the value of a variable is not known here");
      const value = double[1].replace(/\\\r?\n/gu, "").replace(/\\(["\\$`])/gu, "$1");
      add(value, at + 1);
      if (value !== double[1]) word.isVerbatim = false;
    } else if (plain) add(plain[0], at);
    else if (/^\\[^]/u.test(rest)) {
      add(rest[1], at + 1);
      word.isVerbatim = false;
    } else if (/^[\n|;&]/u.test(rest) && (found.length > 0 || word !== undefined)) break;
    else if (!/^\s/u.test(rest)) throw new Error(/^['"]/u.test(rest) ? "a quote has no end" : `\`${rest[0]}\` is not understood here`);
    at += (blank ?? quoted ?? double ?? plain)?.[0].length ?? (rest[0] === "\\" ? 2 : 1);
  }
  end();
  return found;
}

// A call of curl as an exchange, and how places in that are places in the call.
function curlCall(source) {
  const [program, ...given] = words(source);
  if (program?.value !== "curl") throw new Error("a call begins with curl");
  const VALUES = { "-X": "method", "--request": "method", "-H": "header", "--header": "header", "--url": "url", "--json": "json" };
  for (const name of ["-d", "--data", "--data-raw", "--data-binary", "--data-ascii"]) VALUES[name] = "data";
  for (const name of ["-o", "--output", "-A", "--user-agent", "-e", "--referer", "-m", "--max-time", "--connect-timeout", "--retry", "-w", "--write-out"]) VALUES[name] = "other";
  const call = { headers: [], data: [] };
  for (let at = 0; at < given.length; at += 1) {
    const { value } = given[at];
    const [, joined] = /^(-[A-Za-z])[^]+$/u.exec(value) ?? [];
    const name = value in VALUES ? value : joined !== undefined && joined in VALUES ? joined : undefined;
    if (name !== undefined) {
      const next = name === value ? given[(at += 1)] : { ...given[at], value: value.slice(2), start: given[at].start + 2 };
      if (next === undefined) throw new Error(`${name} has no value`);
      const what = VALUES[name];
      if (what === "header") call.headers.push(next);
      else if (what === "data" || what === "json") call.data.push({ ...next, isFile: next.value.startsWith("@") && name !== "--data-raw", isJson: what === "json" });
      else if (what !== "other") call[what] = next;
    } else if (!value.startsWith("-")) call.url = given[at];
    else if (!/^(-[sSkLifv]+|--silent|--show-error|--insecure|--location|--include|--fail|--verbose|--compressed)$/u.test(value)) {
      throw new Error(`the option ${value} is not understood here; the command knows all: kaizala-actions lint --input curl`);
    }
  }
  if (call.url === undefined) throw new Error("the call has no URL");
  const headers = call.headers.map(({ value }) => ({ name: value.slice(0, value.indexOf(":")).trim(), value: value.slice(value.indexOf(":") + 1).trim() }));
  const isJson = call.data.some((data) => data.isJson);
  const has = (wanted) => headers.some(({ name }) => name.toLowerCase() === wanted);
  if (call.data.length > 0 && !has("content-type")) headers.push({ name: "Content-Type", value: isJson ? "application/json" : "application/x-www-form-urlencoded" });
  if (isJson && !has("accept")) headers.push({ name: "Accept", value: "application/json" });
  const method = call.method?.value ?? (call.data.length > 0 ? "POST" : "GET");
  const body = call.data.some(({ isFile }) => isFile) ? null : call.data.map(({ value }) => value).join(isJson ? "" : "&");
  const head = `{"request": ${JSON.stringify({ method, url: call.url.value, headers }).slice(0, -1)}`;
  const isDocument = body !== null && isObject(body);
  const value = call.data.length === 0 ? "" : `, "body": ${isDocument ? body : JSON.stringify(body)}`;
  const from = head.length + ', "body": '.length;
  const place = (part, { start, end }) => {
    const [data] = call.data;
    if (part === "request.body" && isDocument && call.data.length === 1 && data.isVerbatim) {
      const move = data.start - from;
      return { start: start + move, end: end + move, edits: [] };
    }
    const whole = part === "request.body" ? (data ?? program) : part === "request.line" ? call.url : program;
    return { start: whole.start, end: whole.start + (whole.isVerbatim ? whole.value.length : 1), edits: [] };
  };
  return { exchange: `${head}${value}}}`, place };
}

function isObject(source) {
  try {
    return typeof JSON.parse(source) === "object";
  } catch {
    return false;
  }
}
