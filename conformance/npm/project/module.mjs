import assert from "node:assert/strict";
import { contract, explain, fix, kinds, lint, lintExchange, matrix, rules, schema, version } from "kaizala-actions";

const body = '{"actionType": "job", "actionBody": {"title": "Check the doors"}}';
const report = lint(body);
assert.deepEqual([report.kind, report.errors, report.warnings, report.notes], ["post-action.request", 1, 1, 0]);
assert.deepEqual(report.findings.map(({ rule, line, column }) => `${line}:${column} ${rule}`), ["1:16 KZ106", "1:37 KZ301"]);
assert.deepEqual(lint(new TextEncoder().encode(body)), report, "bytes are what the string is");
assert.deepEqual(lint(Buffer.from(body), { kind: "post-action.request" }), report);
assert.deepEqual(lint('{"errorCode": "a", "message": "b"}').findings, []);
assert.equal(lint(body, { rules: { "missing-member": "off", KZ106: "error" } }).errors, 1);
const announcement = '{"actionType": "Announcement", "actionBody": {"title": "Holiday"}}';
assert.equal(lint(announcement).errors, 1);
assert.equal(lint(announcement, { allow: ["announcement:post"] }).errors, 0);
const survey = { actionType: "Survey", actionBody: { questions: [{ title: "How many?", type: "Numeric" }] } };
const response = '{"actionType": "Survey", "actionBody": {"Answers": ["two"]}}';
assert.deepEqual([lint(response).errors, lint(response, { survey }).errors], [0, 1]);
assert.equal(lint(body, { mostFindings: 1 }).unlisted.length, 1);

// Whatever it is, there is a report.
const found = (body) => lint(body).findings.map(({ name }) => name);
assert(found('{"a": "\ud800"}').includes("invalid-unicode"), "a lone surrogate");
assert(found(Uint8Array.of(0x22, 0xff, 0x22)).includes("invalid-unicode"), "no UTF-8");
assert.equal(lint("").errors, 1);
assert.equal(lint("[".repeat(1_000_000)).kind, null);
assert.equal(lint(`{"actionType": "Job", "actionBody": {"title": "${"x".repeat(5_000_000)}", "assignedTo": ["+911234500001"]}}`).errors, 0);
assert.throws(() => lint(1), TypeError);
assert.throws(() => lint(body, { kind: "job" }), TypeError);
assert.throws(() => lint(body, { kinds: "job" }), TypeError);
// Secrets and phone numbers are masked.
assert.equal(lint('{"actionType": "+911234500001", "actionBody": {}}').findings[0].found, '"+************"');

const fixed = fix(body);
assert.equal(fixed.body, body.replace("job", "Job"));
assert.deepEqual([fixed.applied.length, fixed.report.errors], [1, 1]);
assert.deepEqual(fix(Buffer.from(body)).body, new TextEncoder().encode(fixed.body));
assert.equal(fix("{}").body, "{}");

const url = "/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions?actionType=audio";
const exchange = { request: { method: "GET", url, headers: { accessToken: "a-secret-token" } } };
const judged = lintExchange(exchange);
assert.equal(judged.operation, "listActions");
assert.deepEqual(judged.parts.flatMap(({ findings }) => findings).map(({ name }) => name), ["unsupported-method"]);
assert.deepEqual(lintExchange(JSON.stringify(exchange)), judged);
assert(lintExchange({ request: { method: "GET", url: "https://example.com/" } }).isForeign);

assert.equal(kinds().length, 7);
assert(rules().every(({ id, bad }) => /^KZ\d{3}$/u.test(id) && typeof bad.text === "string"));
assert(explain("missing-member").startsWith("missing-member (KZ301), error\n"));
assert.equal(matrix().find(({ id }) => id === "audio").get, false);
assert.equal(schema("post-action.request").title, "ActionRequest");
assert("definitions" in schema("post-action.request", { draft: "draft-07" }));
assert.equal(contract({ form: "3.1" }).openapi, "3.1.0");
assert.match(version, /^\d+\.\d+\.\d+$/u);
