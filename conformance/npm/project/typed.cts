import linter = require("kaizala-actions");

export = linter.lint("{}").findings.map(({ rule }) => rule);
