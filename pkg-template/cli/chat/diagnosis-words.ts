// A diagnosis in plain words: what was found and by which values, what is not known and why, and what was not found.

import type { Device, Diagnosis, FactValue, Finding, JsonValue, MissingFact } from "nexthink-chatbot";

/** The whole diagnosis, as lines. */
export function diagnosisLines({ device, findings, agesKnown }: Diagnosis): string[] {
  const measured = findings.filter((finding) => finding.verdict === "match" && finding.because.length > 0);
  const unknown = findings.filter(({ verdict }) => verdict === "unknown");
  const absent = findings.filter(({ verdict }) => verdict === "no-match");
  return [
    ...(measured.length > 0 ? [`Found on ${device.name}:`] : [`Nothing was found on ${device.name} in the data.`]),
    ...measured.flatMap((finding) => [`  - ${reasonOf(finding)}`, ...valueLines(finding)]),
    ...(unknown.length > 0 ? ["Not known, which is not the same as fine:"] : []),
    ...unknown.flatMap((finding) => [`  - ${readable(finding.rule)}`, ...finding.missing.map(missingLine)]),
    ...(absent.length > 0 ? [`Not found: ${absent.map(({ rule }) => readable(rule)).join(", ")}.`] : []),
    ...(agesKnown ? [] : ["How old these data are is not known in this tenant."]),
  ];
}

/** Why a rule matches, in the playbook's words. */
function reasonOf({ reason, rule }: Finding): string {
  return reason ?? readable(rule);
}

/** A device in one row of a table: name, system, last seen. */
export function deviceRow({ name, operatingSystem, platform, lastSeen }: Device): string[] {
  const system = (operatingSystem ?? platform ?? "").replace(/ \(.*\)$/, "");
  return [name, system, lastSeen ? `last seen ${minuteOf(lastSeen)}` : ""];
}

/** The values on which a finding stands, one per line. */
export function valueLines({ because }: Pick<Finding, "because">): string[] {
  const values = new Map(because.flatMap((part) => part.values).map((value) => [value.column, value]));
  return [...values.values()].map((value) => `      ${valueText(value)}`);
}

function valueText({ column, value, ageMs }: FactValue): string {
  const collected = ageMs === undefined ? "" : ` (${duration(ageMs)} ago)`;
  return `${shortName(column)} = ${value === null ? "not known" : textOf(value)}${collected}`;
}

function missingLine({ column, reason, suppliedBy }: MissingFact): string {
  const supply = suppliedBy && `; ${suppliedBy.title}, which runs ${suppliedBy.schedule}, would supply it`;
  return `      ${shortName(column)}: ${reasons[reason]}${supply ?? ""}`;
}

const reasons: Record<MissingFact["reason"], string> = {
  "not-returned": "the tenant's query does not return it",
  "not-collected": "it was never collected",
  failed: "the script that collects it failed",
  "no-value": "the script had nothing to report",
  unreadable: "its value cannot be compared",
  stale: "it was collected too long ago",
  "age-unknown": "nobody knows when it was collected",
};

function textOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.length > 0 ? value.map(textOf).join(", ") : "none";
  if (typeof value === "number") return String(Math.round(value * 10) / 10);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `outdated-office` → `outdated office`. */
const readable = (rule: string) => rule.replaceAll("-", " ");

/** The last part of a column's name. */
const shortName = (column: string) => column.slice(column.lastIndexOf(".") + 1);

/** `2026-11-18T08:52:10Z` → `2026-11-18 08:52 UTC`. */
const minuteOf = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)}${time.endsWith("Z") ? " UTC" : ""}`;

/** Milliseconds → `26 minutes`, in the largest unit of which there are two. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  for (const [unit, length] of [
    ["days", 86_400],
    ["hours", 3_600],
    ["minutes", 60],
  ] as const) {
    if (seconds >= 2 * length) return `${Math.round(seconds / length)} ${unit}`;
  }
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
