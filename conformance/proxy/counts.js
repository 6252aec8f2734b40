// Holds what a proxy tells about itself, in its metrics and in its record, to the exchanges that passed it.
import assert from "node:assert/strict";
import { linted, sum } from "./chain.js";
import { isRefused } from "./compare.js";

/** The metrics are those of these exchanges, of which so many reached the upstream. */
export function sameCounts(samples, outside, inside) {
  const refused = outside.filter(isRefused).length;
  const malformed = sum(samples, "malformed_requests_total");
  assert.equal(sum(samples, "exchanges_total"), outside.length - malformed, "exchanges");
  assert.equal(sum(samples, "exchanges_total", { outcome: "passed" }), inside.length, "exchanges that passed");
  assert.equal(sum(samples, "exchanges_total", { outcome: "request-refused" }), refused - malformed, "refused requests");
  assert.equal(sum(samples, "upstream_seconds_count"), inside.length, "times of the upstream");
  const foreign = outside.filter((exchange) => !isOfContract(exchange)).length;
  assert.equal(sum(samples, "exchanges_total", { operation: "other" }), foreign, "exchanges of other APIs");
  assert.equal(sum(samples, "judging_seconds_count"), outside.length - malformed - foreign, "exchanges that were judged");
  // Nobody describes what a browser asks beforehand.
  const asked = outside.filter((exchange) => isOfContract(exchange) && exchange.request.start.startsWith("OPTIONS ")).length;
  assert.equal(sum(samples, "records_total"), outside.length - malformed - foreign - asked, "records");
  for (const name of ["unjudged_bodies_total", "records_dropped_total", "buffered_bytes"]) assert.equal(sum(samples, name), 0, name);
}

function isOfContract({ request }) {
  return request.start.split(" ")[1].startsWith("/v1/");
}

/** The record has all exchanges, and the linter finds in it what the proxy found; returns what the linter reads. */
export function sameRecord(samples, binary, file) {
  const { lines, rows } = linted(binary, file);
  assert.equal(lines.length, sum(samples, "records_total"), "lines of the record");
  assert.deepEqual(tally(rows), told(samples), "findings by rule and severity");
  return { lines, rows };
}

function tally(rows) {
  const counts = {};
  for (const { rule, severity } of rows) counts[`${rule} ${severity}`] = (counts[`${rule} ${severity}`] ?? 0) + 1;
  return counts;
}

function told(samples) {
  const rules = samples.filter(({ name }) => name === "findings_total");
  const counts = {};
  for (const { labels, value } of rules) counts[`${labels.rule} ${labels.severity}`] = (counts[`${labels.rule} ${labels.severity}`] ?? 0) + value;
  return counts;
}
