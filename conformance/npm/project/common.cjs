const assert = require("node:assert/strict");
const linter = require("kaizala-actions");

assert.equal(linter.lint("{}").kind, null);
// Both kinds of import share one module.
import("kaizala-actions").then((module) => assert.equal(module.lint, linter.lint));
