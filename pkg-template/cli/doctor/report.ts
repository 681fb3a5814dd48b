// The doctor's findings for a person: what is wrong first, with what to do about it; then what is well, a line each; then
// what nobody looked at, with the reason.

import type { DoctorCheck, DoctorReport, NotChecked } from "nexthink-chatbot";
import { wrap } from "../chat/layout.ts";
import { counted } from "../counted.ts";

export function textReport({ checks, notChecked }: DoctorReport, tenant: { instance: string; region: string }): string {
  const of = (status: DoctorCheck["status"]) => checks.filter((check) => check.status === status);
  const problems = [...of("error"), ...of("warning")];
  const sections = [
    problems.flatMap(problemLines),
    of("ok").map(({ title }) => wrap(`ok       ${title}`)),
    reasons(notChecked).flatMap(([fix, titles]) => [
      ...titles.map((title) => wrap(`skipped  ${title}`)),
      wrap(`         - ${fix}`),
    ]),
  ];
  return [
    `Tenant ${tenant.instance}, region ${tenant.region}`,
    ...sections.filter((lines) => lines.length > 0).flatMap((lines) => ["", ...lines]),
    "",
    [
      counted(of("error").length, "error"),
      counted(of("warning").length, "warning"),
      `${of("ok").length} ok`,
      ...(notChecked.length > 0 ? [`${notChecked.length} not checked`] : []),
    ].join(", "),
  ].join("\n");
}

function problemLines({ status, title, detail, fix }: DoctorCheck): string[] {
  return [wrap(`${status.padEnd(7)}  ${title}: ${detail}`), ...(fix ? [wrap(`         - ${fix}`)] : [])];
}

/** What was not checked, by what there is to do about it. */
function reasons(notChecked: NotChecked[]): [string, string[]][] {
  const titles = new Map<string, string[]>();
  for (const { title, fix, reason } of notChecked) {
    const remedy = reason === "needs-employee" ? employeeWanted : fix;
    titles.set(remedy, [...(titles.get(remedy) ?? []), title]);
  }
  return [...titles];
}

const employeeWanted =
  "Name an employee with a device in Nexthink: --username, --upn, --email or --sid, as many as your chatbot has.";
