import { fix, lint, lintExchange, rules, type BodyKind, type Finding, type Report, type RuleName } from "kaizala-actions";
import type { components } from "kaizala-actions/types";

type Job = components["schemas"]["JobRequest"];
const job: Job = { actionType: "Job", actionBody: { title: "Check the doors", assignedTo: ["+911234500001"] } };
const kind: BodyKind = "post-action.request";
const report: Report = lint(JSON.stringify(job), { kind, rules: { "null-member": "off" } });
const first: Finding | undefined = report.findings[0];
export const name: RuleName | undefined = first?.name;
export const text: string = fix("{}").body;
export const bytes: Uint8Array = fix(new Uint8Array()).body;
export const parts = lintExchange({ request: { method: "GET", url: "/" }, response: null }).parts;
export const severities = rules().map((rule) => rule.severityInResponses);
// @ts-expect-error there is no such kind
lint("{}", { kind: "job" });
