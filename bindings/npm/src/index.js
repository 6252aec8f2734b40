"use strict";
require("./engine.js");

const { version, lint, lintExchange, fix, kinds, rules, explain, matrix, schema, contract } = globalThis[Symbol.for("kaizala-actions")];
module.exports = { version, lint, lintExchange, fix, kinds, rules, explain, matrix, schema, contract };
