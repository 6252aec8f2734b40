import type { BodyKind, RuleId, RuleName } from "./names.js";

export type { BodyKind, RuleId, RuleName } from "./names.js";

export type Severity = "error" | "warning" | "note";
export type Method = "GET" | "POST";
/** A part of an exchange. */
export type Part = "request.line" | "request.headers" | "request.body" | "response.status" | "response.headers" | "response.body";

/** The version of the linter. */
export const version: string;

export interface Options {
  /** The kind of the body; by default it is detected from its members. */
  kind?: BodyKind;
  /** The survey that a response answers: as it was posted, or its details. */
  survey?: string | Uint8Array | object;
  /** Types that are accepted although the matrix does not list them for a method, as in `announcement:post`. */
  allow?: readonly string[];
  /** Severities by the id or the name of a rule; `off` ignores it. */
  rules?: Readonly<Record<string, Severity | "off">>;
  /** How many findings are listed at most, errors first; all are counted. By default 1000. */
  mostFindings?: number;
}

/** A position in a text. */
export interface Position {
  /** The line, from 1. */
  line: number;
  /** The character in the line, from 1. */
  column: number;
}

/** A change of the text. */
export interface Edit {
  /** The offset of the replaced bytes. */
  offset: number;
  /** The number of replaced bytes. */
  length: number;
  replacement: string;
}

/** A finding, as in `kaizala-actions lint --format json`. Access tokens and phone numbers in it are masked. */
export interface Finding extends Position {
  /** The id of the rule. */
  rule: RuleId;
  /** The name of the rule. */
  name: RuleName;
  severity: Severity;
  /** What is wrong. */
  message: string;
  /** The location, as a JSON Pointer. */
  pointer: string;
  endLine: number;
  endColumn: number;
  /** The offset of the location, in bytes of UTF-8. */
  offset: number;
  /** The length of the location, in bytes of UTF-8. */
  length: number;
  /** What the contract expects there. */
  expected: string | null;
  /** What was found there. */
  found: string | null;
  /** How to fix it. */
  help: string | null;
  /** The fix that can be applied automatically. */
  fix: { description: string; edits: Edit[] } | null;
  /** The position in the body, if the text contains it as a string. The other locations are then those of the string. */
  inPart?: Position;
}

export interface Report {
  /** The kind that the body was judged as; `null` if it was not recognised. */
  kind: BodyKind | null;
  errors: number;
  warnings: number;
  notes: number;
  /** The findings, by position and then by rule. */
  findings: Finding[];
  /** The findings that are not listed, by rule. */
  unlisted: { rule: RuleId; severity: Severity; count: number }[];
}

export interface PartReport extends Report {
  /** `null` for the record as a whole, if it is not an exchange. */
  part: Part | null;
  /** Whether this is a body that the record lacks. */
  isAbsent: boolean;
}

export interface ExchangeReport {
  /** The `operationId`; `null` if the contract does not have the call. */
  operation: string | null;
  /** Whether it belongs to another API, and was not judged. */
  isForeign: boolean;
  /** The parts that were judged; header fields without a finding are left out. */
  parts: PartReport[];
}

type Fields = Readonly<Record<string, string | readonly string[]>> | readonly { name: string; value: string }[];

/** A request and its response, as they were recorded. A body is JSON, or a string that contains the text of the body. */
export interface Exchange {
  request: { method: string; url: string; headers?: Fields; body?: unknown };
  response?: { status: number; headers?: Fields; body?: unknown } | null;
}

export interface Fixed<Body> {
  /** The body after the fixes; what was not fixed is unchanged, byte for byte. */
  body: Body;
  /** The fixed findings; each location refers to the text at that time. */
  applied: Finding[];
  /** The report about the body after the fixes. */
  report: Report;
}

/** A body that shows a rule. */
export interface Example {
  /** `null` to detect it. */
  body: BodyKind | "exchange" | null;
  text: string;
  survey?: string;
  most_findings?: number;
}

export interface Rule {
  id: RuleId;
  name: RuleName;
  severity: Severity;
  severityInResponses: Severity;
  /** What the rule finds. */
  summary: string;
  /** Why it matters. */
  why: string;
  bad: Example;
  good: Example;
  sources: string[];
  decisions: string[];
}

/** A row of the support matrix. */
export interface Row {
  label: string;
  /** The value of the query parameter. */
  id: string | null;
  /** The value of `actionType` in bodies. */
  bodyValue: string;
  get: boolean;
  post: boolean;
}

/** Judges a body. A string is judged as its text in UTF-8. Whatever it is, the result is a report. */
export function lint(body: string | Uint8Array, options?: Options): Report;

/** Judges an exchange: as text, or as an object, which is judged as its compact JSON. `kind` has no meaning here. */
export function lintExchange(exchange: string | Uint8Array | Exchange, options?: Options): ExchangeReport;

/** Applies the fixes of a body's findings, until none is left. */
export function fix<Body extends string | Uint8Array>(body: Body, options?: Options): Fixed<Body extends string ? string : Uint8Array>;

/** The kinds of bodies. */
export function kinds(): BodyKind[];

/** All rules, by id. */
export function rules(): Rule[];

/** What a rule is about, in words; by its id or name. */
export function explain(rule: RuleId | RuleName | (string & {})): string;

/** The support matrix: which type can be listed (`get`) and posted (`post`). */
export function matrix(): Row[];

/** The JSON Schema of a kind of body. */
export function schema(kind: BodyKind, options?: { draft?: "2020-12" | "draft-07" }): Record<string, unknown>;

/** The OpenAPI document. */
export function contract(options?: { form?: "3.0" | "3.1" | "dereferenced" | "plain" }): Record<string, unknown>;
