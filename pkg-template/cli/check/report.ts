// What `check` has found, for a person and for other programs.

import type { PlaybookDiagnostic, PlaybookTestRun, TestDifference } from "nexthink-chatbot";
import { wrap } from "../chat/layout.ts";
import { counted } from "../counted.ts";

/** A playbook with what was found in its files. */
export interface CheckedPlaybook {
  /** The path of its file. */
  file: string;
  /** The path of its query, where that is a file of its own. */
  queryFile?: string;
  /** What is wrong with it. */
  diagnostics: PlaybookDiagnostic[];
  /** What its tests gave; nothing where it has none, or does not compile. */
  tests?: PlaybookTestRun & { file: string };
  /** Whether there is neither an error nor a failed test. */
  isSound: boolean;
}

export function jsonReport(playbooks: CheckedPlaybook[], passedOver: string[]): string {
  return JSON.stringify({ ok: playbooks.every(({ isSound }) => isSound), playbooks, passedOver }, undefined, 2);
}

export function textReport(playbooks: CheckedPlaybook[], passedOver: string[]): string {
  return [...playbooks.flatMap(linesOf), ...passedOver.map(wrap), "", summary(playbooks)].join("\n");
}

function linesOf({ file, queryFile, diagnostics, tests, isSound }: CheckedPlaybook): string[] {
  const files = { playbook: file, query: queryFile ?? file, tests: tests?.file ?? file };
  const problems = [...diagnostics, ...(tests?.diagnostics ?? [])];
  return [
    `${isSound ? "ok    " : "FAILED"}  ${file}`,
    ...problems.flatMap((diagnostic) => diagnosticLines(diagnostic, files)),
    ...(tests ? testLines(tests) : isSound ? ["  no tests: write what each rule says of which row beside it"] : []),
  ];
}

/** `file:line:column`, which editors and terminals make a link of. */
function diagnosticLines(
  { severity, file, pointer, message, help, line, column }: PlaybookDiagnostic,
  files: Record<PlaybookDiagnostic["file"], string>,
): string[] {
  const place = line === undefined ? "" : `:${line}:${column}`;
  return [
    `  ${severity} ${files[file]}${place}${pointer && ` at ${pointer}`}`,
    wrap(`    ${message}`),
    ...(help ? [wrap(`    ${help}`)] : []),
  ];
}

function testLines({ report: { tests, passed, coverage } }: PlaybookTestRun): string[] {
  const failed = tests.filter(({ ok }) => !ok);
  const { reached, total, missed } = coverage;
  const share =
    total === 0 ? "no branches" : `${reached} of ${total} branches (${Math.floor((100 * reached) / total)} %)`;
  return [
    `  ${passed} of ${counted(tests.length, "test")} passed; they reach ${share}`,
    ...failed.flatMap(({ name, differences }) => [`  failed: ${name}`, ...differences.flatMap(differenceLines)]),
    ...missed.map(
      ({ rule, clause, condition, verdict }) => `  not reached: ${rule}, ${clause} ${condition}: ${verdict}`,
    ),
  ];
}

function differenceLines({ property, message, expected, found, because, missing }: TestDifference): string[] {
  // Of the others the message says it.
  const saysWhat = property !== "params" && property !== "recommendations";
  return [
    wrap(`    ${message}`),
    ...(saysWhat ? [] : [wrap(`      wanted ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`)]),
    ...because.map(({ condition, verdict }) => wrap(`      ${condition}: ${verdict}`)),
    ...missing.map(({ column, reason }) => wrap(`      ${column} is not known: ${reason}`)),
  ];
}

function summary(playbooks: CheckedPlaybook[]): string {
  const problems = playbooks.flatMap(({ diagnostics, tests }) => [...diagnostics, ...(tests?.diagnostics ?? [])]);
  const count = (severity: PlaybookDiagnostic["severity"]) =>
    problems.filter((one) => one.severity === severity).length;
  const run = playbooks.flatMap(({ tests }) => tests?.report.tests ?? []);
  return [
    counted(playbooks.length, "playbook"),
    counted(count("error"), "error"),
    counted(count("warning"), "warning"),
    `${counted(run.length, "test")}, ${run.filter(({ ok }) => !ok).length} failed`,
  ].join(", ");
}
