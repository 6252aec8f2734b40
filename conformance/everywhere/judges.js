// Those who judge the bodies: each is given a group, and gives a line of JSON for each text, with the kind and the findings of each part.
// `inItsTerms` is what a line of the command is for one that words help in another way.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const line = (parts) => JSON.stringify(parts.map(({ part, kind, findings }) => ({ part, kind, findings })));

// The program, over a file for each text.
export function command(binary) {
  return {
    name: "command",
    judge({ options: { kind, survey }, isExchange, texts }) {
      const folder = mkdtempSync(join(tmpdir(), "everywhere-"));
      const bodies = join(folder, "bodies.json");
      const given = ["lint", "--no-config", "--format", "json", "--exit-zero", "--allow-empty", "--input", isExchange ? "exchanges" : "json"];
      if (kind !== undefined) given.push("--as", kind);
      if (survey !== undefined) {
        writeFileSync(join(folder, "survey"), survey);
        given.push("--survey", join(folder, "survey"));
      }
      const parts = texts.map(() => []);
      try {
        // As many as a command line has room for.
        const MOST = 2000;
        for (let from = 0; from < texts.length; from += MOST) {
          const names = texts.slice(from, from + MOST).map((text, index) => {
            const name = `${bodies}.${from + index}`;
            writeFileSync(name, text);
            return name;
          });
          const report = JSON.parse(execFileSync(binary, [...given, ...names], { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] }));
          for (const { path, as, part = null, findings } of report.files) parts[Number(path.split(".").at(-1))].push({ part, kind: as, findings });
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
      return parts.map(line);
    },
  };
}

// In Node.js and in a browser: a text for each body, of functions of the package.
function judged(linter, { options, isExchange, texts }, forCommand) {
  const all = forCommand ? { ...options, forCommand } : options;
  return texts.map((text) => {
    const parts = isExchange ? linter.lintExchange(text, all).parts.filter(({ isAbsent }) => !isAbsent) : [{ part: null, ...linter.lint(text, all) }];
    return JSON.stringify(parts.map(({ part, kind, findings }) => ({ part, kind, findings })));
  });
}

export function node(linter) {
  return { name: "npm in Node.js", judge: (group) => judged(linter, group, true) };
}

// A line with another help.
const helped = (line, help) => JSON.stringify(JSON.parse(line, (name, value) => (name === "help" ? help(value) : value)));

// What a program gets: its help does not say what options can do, so there is none to compare.
export function plain(linter) {
  const inItsTerms = (line) => helped(line, () => undefined);
  return { name: "npm without help", inItsTerms, judge: (group) => judged(linter, group, false).map(inItsTerms) };
}

// In a page that has loaded the package.
export function chromium(page) {
  return {
    name: "npm in Chromium",
    async judge({ texts, ...group }) {
      const lines = [];
      // A message to the browser has a limit.
      for (let from = 0; from < texts.length; from += 1000) {
        const some = texts.slice(from, from + 1000).map((text) => text.toString("base64"));
        const given = [judged.toString(), group, some];
        lines.push(
          ...(await page.evaluate(([source, group, some]) => {
            const texts = some.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
            return (0, eval)(`(${source})`)(globalThis[Symbol.for("kaizala-actions")], { ...group, texts }, true);
          }, given)),
        );
      }
      return lines;
    },
  };
}

// What options of the command are in Python, in help.
const ARGUMENTS = [
  [/--allow (\S+) lets it pass$/, 'allow=["$1"] lets it pass'],
  [/say which it is with --as OPERATION\.DIRECTION$/, 'say which it is with kind="OPERATION.DIRECTION"'],
  [/--ignore (\S+) if the recorder left it out$/, 'rules={"$1": "off"} if the recorder left it out'],
  [/^`kaizala-actions schema (\S+)` prints what it has to be$/, '`kaizala_actions.schema("$1")` returns what it has to be'],
  [/--most-findings N lists more$/, "most_findings=N lists more"],
];

// The Python package: each body by itself, or all as one column. There are no exchanges in a column.
export function wheel(python, way) {
  return {
    name: way === "column" ? "lint_column" : "wheel",
    inItsTerms: (line) => helped(line, (help) => ARGUMENTS.reduce((text, [option, argument]) => text?.replace(option, argument) ?? null, help)),
    judge({ options, isExchange, texts }) {
      if (isExchange && way === "column") return null;
      const input = JSON.stringify({ options, isExchange, texts: texts.map((text) => text.toString("base64")) });
      const output = execFileSync(python, ["everywhere/wheel.py", way], { input, encoding: "utf8", maxBuffer: 1 << 30 });
      // As JavaScript writes it.
      return output.trimEnd().split("\n").map((line) => JSON.stringify(JSON.parse(line)));
    },
  };
}
