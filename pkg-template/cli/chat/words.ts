// What the program says itself: who sits at the desk, and what an assistant's host gets to see.

import { type Escalation, NexthinkError } from "nexthink-chatbot";
import type { Desk } from "./desk.ts";

export function seatLines({ name, simulation }: Desk): string[] {
  return [
    `You are ${name}.`,
    simulation
      ? "(The tenant is simulated: nothing here is real. `employees` lists whom else you can be; `quit` ends it.)"
      : "(This is a real tenant: what you agree to is really done. `quit` ends it.)",
    "",
  ];
}

/** The employees whose devices are worth a try. */
export function employeeLines({ employees }: NonNullable<Desk["simulation"]>): string[] {
  const longest = Math.max(...employees.map(({ name }) => name.length));
  const lines = employees.map(({ name, scenario }) => `  ${name.padEnd(longest)}  ${scenario}`);
  return ["You can be any of these; type for example `employee vera`:", ...lines, ""];
}

/** What the service desk is told, as the assistant gives it to its host. Nobody has to ask the employee again. */
export function handOver(escalation: Escalation): string {
  return `(The service desk gets this: ${JSON.stringify(escalation, undefined, 2)})\n`;
}

/** An error for a person: what happened, and what to do. Never a stack. */
export function errorLines(error: unknown): string[] {
  if (!NexthinkError.is(error)) return ["Something went wrong in this program. Nothing more is triggered."];
  const { message, hint, requestId } = error;
  return [`That did not work: ${message}${requestId ? ` (request ${requestId})` : ""}.`, `What to do: ${hint}.`];
}
