// What all platforms have in common: what comes in, and the parts of a turn that go out.

import type { Employee } from "../generated/types.ts";
import { unmarked } from "./unmarked.ts";

/** What the employee has answered. */
export type Reply = { text: string } | { choice: string };

/** What a platform has sent, for `converse`. */
export interface Incoming<State = unknown> {
  /** Who is asking, where the platform tells. Check that it is a part which the employee cannot write. */
  employee?: Employee;
  /** What they say; nothing where it is only time to look again. */
  reply?: Reply;
  /** The state of the last turn; nothing where the conversation begins. */
  state?: State;
  /** The language of the employee, where the platform tells. */
  locale?: string;
  /** How long the platform waits for the turn, in milliseconds, with a second to spare. */
  budgetMs: number;
  /** What your runtime keeps a request alive with, where it ends everything with the answer: as in the options of a turn. */
  waitUntil?: (promise: Promise<unknown>) => void;
}

/** A turn of an assistant, as far as platforms get to see it. */
export interface SpokenTurn<State = unknown> {
  readonly messages: readonly SpokenMessage[];
  readonly state: State;
  readonly status: string;
  readonly resumeAfterMs?: number;
}

/** One of its messages. */
export interface SpokenMessage {
  readonly text: string;
  readonly items?: readonly string[];
  readonly choices?: readonly { readonly id: string; readonly label: string }[];
}

/** What a message says, with its list, as text that is no markup anywhere. */
export function saidIn({ text, items = [] }: SpokenMessage): string {
  return unmarked([text, ...items]).join("\n• ");
}

/** What can be chosen in a turn, with labels as they are shown: of two with one label, the first. */
export function choicesIn({ messages }: SpokenTurn<unknown>): { id: string; label: string }[] {
  const offered = messages.flatMap(({ choices = [] }) => choices);
  const labels = unmarked(offered.map(({ label }) => label));
  const all = offered.map(({ id, label }, at) => ({ id, label: labels[at] ?? label }));
  return all.filter(({ label }, at) => all.findIndex((other) => other.label === label) === at);
}

/** A state as platforms keep it, in variables that hold flat values. */
export const stateText = (state: unknown): string => JSON.stringify(state);

/** The state of such a text; nothing where there is none. Whether it was altered, the assistant finds out. */
export function stateOf<State>(text: unknown): State | undefined {
  if (typeof text !== "string" || text === "") return undefined;
  try {
    return JSON.parse(text) as State;
  } catch {
    // What cannot be read goes on as it is: the assistant says what is wrong with it.
    return text as State;
  }
}

/** A field of what a platform has sent: it may be anything. */
export function field(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** A text that is not empty, or nothing. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value : undefined;

/** An employee by the identifiers in an object, or nobody. */
export function employeeOf(value: unknown): Employee | undefined {
  const found: Employee = {};
  for (const name of ["username", "upn", "email", "sid"] as const) {
    const identifier = textOf(field(value, name));
    if (identifier !== undefined) found[name] = identifier;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}
