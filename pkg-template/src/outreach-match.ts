// What the core is told of a match: whom it concerns, the device, the rules. Rows are not handed over; which of their columns
// tell what, the core says once for all rows that have the same.

import { invalid } from "./errors.ts";
import type { Employee, OutreachColumns } from "./generated/types.ts";

/** What an employee could be told: what `scan` gives, a diagnosis with its employee, or an object of your own. */
export interface OutreachMatch {
  /** Whom it concerns. Without it, the columns of `row` tell: `user.sid`, `user.upn`, `user.ad.email_address`, `user.name`. */
  employee?: Employee | null;
  /** The device, or its name. Without it, the columns of `row` tell: `device.collector.uid`, `device.name`. */
  device?: string | { collectorUid?: string | null; name?: string | null } | null;
  /** The playbook, or its ID. Default: the option `playbook`. */
  playbook?: string | { id: string };
  /** The rules that match. Without any of `matched`, `rules` and `recommendations` it is about the playbook as a whole. */
  matched?: readonly string[];
  /** The same, for objects of your own. */
  rules?: readonly string[];
  /** Read for its rules, where there are neither `matched` nor `rules`. */
  recommendations?: readonly { rule: string }[];
  /** The row of an export. */
  row?: Record<string, unknown>;
}

/** How matches are read. */
export interface MatchReading<Match> {
  playbook?: string | { id: string } | undefined;
  employeeOf?: ((match: Match) => Employee | readonly Employee[] | null | undefined) | undefined;
  severityOf?: ((match: Match) => number | undefined) | undefined;
}

/** Reads a match and its position. */
export function matchReader<Match extends OutreachMatch>(
  { playbook, employeeOf, severityOf }: MatchReading<Match>,
  columnsAmong: (names: string[]) => OutreachColumns,
): (match: Match, position: number) => unknown {
  const columnsOf = columnFinder(columnsAmong);
  return (match, position) => {
    if (typeof match !== "object" || match === null) {
      throw invalid(`\`matches[${position}]\` is no object`, "pass what `scan` gives, or objects of your own");
    }
    const { row } = match;
    const columns = row ? columnsOf(row) : {};
    const about = match.playbook ?? playbook;
    if (about === undefined) {
      const hint = "give `playbook` in the options; with several playbooks each match needs its own";
      throw invalid(`\`matches[${position}]\` does not tell its playbook`, hint);
    }
    return {
      employees: employeeOf ? employeesOf(employeeOf(match)) : listOf(match.employee ?? employeeIn(row, columns)),
      device: deviceOf(match.device) ?? deviceIn(row, columns),
      playbook: idOf(about),
      rules: match.matched ?? match.rules ?? rulesOf(match.recommendations, position),
      severity: severityOf?.(match),
    };
  };
}

/** What `employeeOf` gave. @throws NexthinkError of kind `invalid` for a promise: a plan is made without waiting. */
function employeesOf(given: Employee | readonly Employee[] | null | undefined): readonly Employee[] {
  if (typeof (given as { then?: unknown } | null | undefined)?.then === "function") {
    throw invalid("`employeeOf` gave a promise", "find the employees before the plan is made, and look them up there");
  }
  return listOf(given);
}

function rulesOf(recommendations: OutreachMatch["recommendations"], position: number): string[] | undefined {
  if (recommendations === undefined) return undefined;
  const isList = Array.isArray(recommendations) && recommendations.every((one) => typeof one === "object" && one);
  if (isList) return recommendations.map(({ rule }) => rule);
  const hint = "pass them as `scan` and `diagnose` give them, or the rules' names as `rules`";
  throw invalid(`\`recommendations\` of \`matches[${position}]\` is no list of recommendations`, hint);
}

const idOf = (playbook: string | { id: string }) => (typeof playbook === "string" ? playbook : playbook?.id);

const listOf = <One>(given: One | readonly One[] | null | undefined): readonly One[] =>
  Array.isArray(given) ? given : given == null ? [] : [given as One];

function deviceOf(device: OutreachMatch["device"]) {
  if (device == null) return undefined;
  return typeof device === "string" ? { name: device } : { collectorUid: device.collectorUid, name: device.name };
}

type Row = OutreachMatch["row"];

const employeeIn = (row: Row, { username, upn, email, sid }: OutreachColumns): Employee => ({
  username: textIn(row, username),
  upn: textIn(row, upn),
  email: textIn(row, email),
  sid: textIn(row, sid),
});

const deviceIn = (row: Row, { collectorUid, deviceName }: OutreachColumns) => ({
  collectorUid: textIn(row, collectorUid),
  name: textIn(row, deviceName),
});

/** A cell; names that are digits come as numbers. */
function textIn(row: Row, column: string | undefined): string | undefined {
  const cell = column === undefined ? undefined : row?.[column];
  return typeof cell === "number" ? String(cell) : typeof cell === "string" ? cell : undefined;
}

/** Finds columns once for all rows with the same names: nearly always those of the row before. */
function columnFinder(columnsAmong: (names: string[]) => OutreachColumns): (row: object) => OutreachColumns {
  const known = new Map<string, OutreachColumns>();
  let last: string[] = [];
  let columns: OutreachColumns = {};
  return (row) => {
    const names = Object.keys(row);
    if (names.length !== last.length || names.some((name, at) => name !== last[at])) {
      const text = JSON.stringify(names);
      columns = known.get(text) ?? columnsAmong(names);
      known.set(text, columns);
      last = names;
    }
    return columns;
  };
}
