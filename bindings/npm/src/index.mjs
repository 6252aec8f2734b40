import "./engine.js";

export const { version, lint, lintExchange, fix, kinds, rules, explain, matrix, schema, contract } = globalThis[Symbol.for("kaizala-actions")];
