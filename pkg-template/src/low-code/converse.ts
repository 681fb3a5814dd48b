// One turn on a platform that asks once and shows what it is answered: begins, goes on or looks again, whichever it is; and
// goes on at once, as long as there is time, where a turn has only stopped to keep within its budget.

import { invalid, NexthinkError } from "../errors.ts";
import type { Employee } from "../generated/types.ts";
import type { Incoming, Reply, SpokenTurn } from "./turn.ts";

/** An assistant, as far as it is used here. The client's own fits. */
export interface Conversing<State, Turn extends SpokenTurn<State>> {
  start(begun: { employee: Employee; text?: string }, options?: TurnTime): Promise<Turn>;
  reply(state: State, reply: Reply, options?: TurnTime & { employee?: Employee }): Promise<Turn>;
  resume(state: State, options?: TurnTime & { employee?: Employee }): Promise<Turn>;
}

type TurnTime = Partial<Pick<Incoming, "budgetMs" | "waitUntil">>;

/** Less time than this is not worth another call of a tenant. */
const leastMs = 1_000;

/**
 * The turn that answers what has come in. A state that is a week old, or another employee's, is no reason to fail: platforms
 * keep what they were given, and would fail for good. Where it is known who is there, a conversation of theirs begins.
 *
 * @param incoming what a `from…` function has read; `employee` as your own host has authenticated them, where the platform
 * does not tell it
 * @param now the time, in milliseconds
 * @throws NexthinkError of kind `invalid` for a beginning without an employee; whatever the assistant throws
 * @example
 * ```ts
 * const turn = await converse(nexthink.assistant(), { ...fromDialogflowCx(body), employee });
 * return Response.json(toDialogflowCx(turn));
 * ```
 */
export async function converse<State, Turn extends SpokenTurn<State>>(
  assistant: Conversing<State, Turn>,
  incoming: Incoming<State>,
  now: () => number = Date.now,
): Promise<Turn> {
  const until = now() + incoming.budgetMs;
  let turn = await first(assistant, incoming).catch((thrown) => afresh(assistant, incoming, thrown));
  const messages = [...turn.messages];
  for (let left = until - now(); turn.resumeAfterMs === 0 && left >= leastMs; left = until - now()) {
    turn = await assistant.resume(turn.state, { ...timeOf(incoming), budgetMs: left });
    messages.push(...turn.messages);
  }
  return { ...turn, messages };
}

async function first<State, Turn extends SpokenTurn<State>>(
  assistant: Conversing<State, Turn>,
  incoming: Incoming<State>,
): Promise<Turn> {
  const { employee, reply, state } = incoming;
  if (state === undefined) return begin(assistant, incoming);
  const options = { ...timeOf(incoming), ...(employee && { employee }) };
  return reply ? assistant.reply(state, reply, options) : assistant.resume(state, options);
}

function afresh<State, Turn extends SpokenTurn<State>>(
  assistant: Conversing<State, Turn>,
  incoming: Incoming<State>,
  thrown: unknown,
): Promise<Turn> {
  const isRefused = incoming.state !== undefined && NexthinkError.is(thrown) && thrown.kind === "consent";
  if (!isRefused || !incoming.employee) throw thrown;
  return begin(assistant, incoming);
}

async function begin<State, Turn extends SpokenTurn<State>>(
  assistant: Conversing<State, Turn>,
  incoming: Incoming<State>,
): Promise<Turn> {
  const { employee, reply } = incoming;
  if (!employee)
    throw invalid("nobody knows which employee is asking", "give `employee` as your host has authenticated them");
  // A choice belongs to a turn: where that is forgotten, it says nothing.
  return assistant.start({ employee, ...(reply && "text" in reply && reply) }, timeOf(incoming));
}

const timeOf = ({ budgetMs, waitUntil }: Incoming) => ({
  budgetMs,
  ...(waitUntil && { waitUntil }),
});
