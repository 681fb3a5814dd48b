// The sentences of the conversation that are about neither a diagnosis nor a run.

import { NexthinkError, type PlaybookSummary, type Run } from "nexthink-chatbot";
import type { Desk } from "./desk.ts";
import type { Case } from "./repair.ts";

export function greeting({ name, simulation }: Desk): string[] {
  return [
    `Hello ${name}. Tell me what is wrong with your PC, in your own words.`,
    ...(simulation
      ? ["(The tenant is simulated: nothing here is real. `employees` lists whom else you can be; `quit` ends it.)"]
      : ["(This is a real tenant: what you agree to is really done. `quit` ends it.)"]),
  ];
}

/** What to say to words that no playbook knows. */
export function notUnderstood(playbooks: PlaybookSummary[]): string[] {
  const help = playbooks.map(({ title, symptoms }) => {
    return `  - ${title.en ?? ""}: ${(symptoms.en ?? []).slice(0, 5).join(", ")}`;
  });
  return ["I did not recognise a problem that I can help with. I know about:", ...help];
}

/** The employees whose devices are worth a try. */
export function employeeLines({ employees }: NonNullable<Desk["simulation"]>): string[] {
  const longest = Math.max(...employees.map(({ name }) => name.length));
  const lines = employees.map(({ name, scenario }) => `  ${name.padEnd(longest)}  ${scenario}`);
  return ["You can be any of these; type for example `employee vera`:", ...lines];
}

/** What the service desk is told. Nobody has to ask the employee again. */
export function handOver({ diagnosis, runs }: Case, { nexthink, employee }: Desk): string[] {
  const summary = nexthink.escalation(runs, { format: "text", employee, diagnoses: [diagnosis] });
  const lines = summary.trimEnd().split("\n");
  return ["I hand this over to the service desk, with this summary:", ...lines.map((line) => line && `  ${line}`)];
}

/** An error for a person: what happened, and what to do. Never a stack. */
export function errorLines(error: unknown): string[] {
  if (!NexthinkError.is(error)) return ["Something went wrong in this program. Nothing more is triggered."];
  const { message, hint, requestId } = error;
  return [`That did not work: ${message}${requestId ? ` (request ${requestId})` : ""}.`, `What to do: ${hint}.`];
}

export function farewell(runs: Run[]): string {
  const open = runs.filter((run) => !run.endedAt);
  if (open.length === 0) return "Goodbye.";
  return `Goodbye. Still under way in the tenant: ${open.map(({ title, reference }) => `${title} (${reference})`).join(", ")}.`;
}
