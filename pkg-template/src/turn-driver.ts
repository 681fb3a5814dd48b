// Drives a turn: makes the calls that the conversation module asks for, within the turn's time, until it gives the turn. What
// is asked and what is said is the module's affair.

import type { Call } from "./call.ts";
import { NexthinkError } from "./errors.ts";
import type { JsonValue } from "./generated/types.ts";
import type { CallOptions } from "./options.ts";
import { tellTo } from "./tell.ts";

/** What the module says next. */
export type Step = { ask: Ask } | { turn: UnsealedTurn };

interface Ask {
  operation: string;
  input: JsonValue;
  onBudget: "end" | "leave";
  unfinished: JsonValue;
}

/** A turn whose state has no seal yet. */
export interface UnsealedTurn {
  state: JsonValue;
}

/** What came of an ask; neither where the turn's time was over first, and with `isMade: false` where nothing was called. */
type Outcome = { output?: unknown; error?: object; isMade?: false };

/** How the calls of a turn reach the client's core. */
export interface Reach {
  call: Call;
  /** What the core answers at once, by the names of the operations. */
  atOnce: { [operation: string]: (input: unknown) => unknown };
}

/** What a turn may take. */
export interface TurnTime {
  /** When it has to be there, in milliseconds since 1970; never, where it may take what it takes. */
  deadline: number | undefined;
  signal: AbortSignal | undefined;
  traceparent: string | undefined;
  /** Takes what goes on when the turn is over. */
  waitUntil: ((promise: Promise<unknown>) => void) | undefined;
}

/** @param advance what the module says to an event */
export async function drive(
  advance: (event: object) => Step,
  reach: Reach,
  event: object,
  time: TurnTime,
): Promise<UnsealedTurn> {
  let step = advance(event);
  while ("ask" in step) {
    const { unfinished, ...ask } = step.ask;
    const outcome = await outcomeOf(ask, reach, time);
    step = advance({ answered: { unfinished, outcome } });
  }
  return step.turn;
}

/** The options of a call that ends with the turn's time. */
export function callOptionsOf(time: TurnTime): CallOptions {
  const { signal, traceparent } = time;
  const left = leftOf(time);
  return {
    ...(signal && { signal }),
    ...(traceparent !== undefined && { traceparent }),
    ...(left !== undefined && { timeoutMs: Math.max(left, 1) }),
  };
}

/** Waits for what was begun as long as there is time. What is not there by then goes on, and the host may wait for it. */
export async function within<T>(begun: Promise<T>, time: TurnTime): Promise<{ output: T } | Record<string, never>> {
  const left = leftOf(time);
  const { signal, waitUntil } = time;
  let isOver = false;
  const output = begun.finally(() => {
    isOver = true;
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = () => {};
  const over = new Promise<Record<string, never>>((resolve, reject) => {
    // A host without timers waits as long as it takes.
    if (left !== undefined && typeof setTimeout === "function") timer = setTimeout(() => resolve({}), left);
    const leave = () => reject(leftAlone());
    signal?.addEventListener("abort", leave);
    stop = () => {
      if (timer !== undefined) clearTimeout(timer);
      signal?.removeEventListener("abort", leave);
    };
  });
  try {
    return await Promise.race([output.then((output) => ({ output })), over]);
  } finally {
    stop();
    // However it ends, the next turn finds out: an error is nobody's here.
    if (!isOver)
      tellTo(
        waitUntil,
        output.catch(() => {}),
      );
  }
}

async function outcomeOf(
  { operation, input, onBudget }: Omit<Ask, "unfinished">,
  { call, atOnce }: Reach,
  time: TurnTime,
): Promise<Outcome> {
  const { signal, traceparent } = time;
  try {
    const answer = atOnce[operation];
    if (answer) return { output: answer(input) };
    if (leftOf(time) === 0) return { isMade: false };
    // What may change something is neither ended nor cancelled on its way: nobody would know what came of it.
    if (onBudget === "leave" && !signal?.aborted) {
      const given = { ...(input as object), ...patienceOf(time) };
      return await within(call(operation, given, traceparent === undefined ? undefined : { traceparent }), time);
    }
    return { output: await call(operation, input, callOptionsOf(time)) };
  } catch (error) {
    if (!NexthinkError.is(error) || error.kind === "aborted") throw error;
    if (error.kind === "timeout" && leftOf(time) === 0) return {};
    return { error: error.toJSON() };
  }
}

/** For how long a second person may be waited for: until it can still be said in this turn that there was no answer. */
function patienceOf(time: TurnTime): { patienceMs?: number } {
  const left = leftOf(time);
  return left === undefined ? {} : { patienceMs: Math.max(left - timeToSay, 1) };
}

/** So much of a turn's time is kept to say it, in milliseconds. */
const timeToSay = 100;

/** Timers may fire a little early: what is left by then is nothing. */
const tick = 10;

function leftOf({ deadline }: TurnTime): number | undefined {
  if (deadline === undefined) return undefined;
  const left = deadline - Date.now();
  return left <= tick ? 0 : left;
}

function leftAlone(): NexthinkError {
  return new NexthinkError({
    kind: "aborted",
    message: "the turn was cancelled while a remote action was being triggered",
    hint: "give the same reply to the same state again to see what came of it: nothing is triggered twice",
    retryable: false,
    sideEffect: "unknown",
  });
}
