// Something that is under way for the core. It ends once: by its outcome, its time or the caller's signal; then no timer and
// no listener of it is left.

import { SharedSignals } from "./shared-signals.ts";

/** Tells the core an outcome: a status or one of the codes below, a text, bytes. */
export type Settle = (ticket: number, code: number, text?: string, bytes?: Uint8Array) => void;

/** When the core is told: at once, or when whoever has ended something is done, who may have been called by the core. */
export interface Settles {
  settle: Settle;
  settleLater: Settle;
}

/** Outcomes; the core knows them by the same numbers (src/host/outcome.rs). All that are no HTTP status and no error are 0. */
export const done = 0;
export const timedOut = -1;
export const aborted = -2;
export const failed = -3;
export const tooLarge = -4;
export const lacking = -5;
export const unusableSignal = -6;
export const abortedBefore = -7;

/** What is under way, by its ticket. */
export class Tickets {
  readonly #settles: Settles;
  readonly #open = new Map<number, Pending>();
  /** @internal */
  readonly signals = new SharedSignals();

  constructor(settles: Settles) {
    this.#settles = settles;
  }

  /** Begins something that ends at the latest with the caller's signal or with a timer, and then with `onTime`. */
  begin(ticket: number, signal: AbortSignal | undefined, timeoutMs: number | undefined, onTime = timedOut): Pending {
    const pending = new Pending(this, ticket);
    this.#open.set(ticket, pending);
    pending.limit(signal, timeoutMs, onTime);
    return pending;
  }

  /** Nobody waits for this any more. */
  cancel(ticket: number): void {
    this.#open.get(ticket)?.leave();
    this.#open.delete(ticket);
  }

  /** @internal */
  settle(when: keyof Settles, ticket: number, code: number, text?: string, bytes?: Uint8Array): void {
    if (this.#open.delete(ticket)) this.#settles[when](ticket, code, text, bytes);
  }
}

/** Something that is under way. */
export class Pending {
  /** What lets go of whatever it holds, where it ends before its outcome came. */
  onLeave: (() => void) | undefined;
  isOver = false;
  /** Whether it ends by a timer, if by nothing else. */
  isTimed = false;
  readonly #tickets: Tickets;
  readonly #ticket: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: (() => void) | undefined;

  constructor(tickets: Tickets, ticket: number) {
    this.#tickets = tickets;
    this.#ticket = ticket;
  }

  /** @internal */
  limit(signal: AbortSignal | undefined, timeoutMs: number | undefined, onTime: number): void {
    // A runtime without timers waits as long as it takes, and so does one that refuses them: workerd outside of a request.
    if (timeoutMs !== undefined) {
      try {
        this.#timer = setTimeout(finishLater, timeoutMs, this, onTime);
        this.isTimed = true;
      } catch {}
    }
    if (!signal) return;
    // In workerd a signal of another request throws when it is only asked.
    try {
      if (signal.aborted) {
        this.finishLater(abortedBefore);
        return;
      }
      this.#stopListening = this.#tickets.signals.listen(signal, () => this.finishLater(aborted));
    } catch {
      this.finishLater(unusableSignal);
    }
  }

  /** Ends it, unless it has ended: by a promise, which never tells while the core is at work. */
  finish(code: number, text?: string, bytes?: Uint8Array): void {
    this.#finish("settle", code, text, bytes);
  }

  /** The same by what may tell while the core is at work: what it has just begun, a signal, and a test's own clock. */
  finishLater(code: number): void {
    this.#finish("settleLater", code);
  }

  /** Ends it by an error of the user's or the runtime's. */
  fail(error: unknown): void {
    this.finish(failed, codeOf(error));
  }

  #finish(when: keyof Settles, code: number, text?: string, bytes?: Uint8Array): void {
    if (this.isOver) return;
    // What is neither a status nor done has left something open.
    if (code < 0) this.leave();
    else this.#end();
    this.#tickets.settle(when, this.#ticket, code, text, bytes);
  }

  /** Ends it without an outcome. */
  leave(): void {
    if (this.isOver) return;
    this.#end();
    // What the user's own code throws here must not keep the outcome from whoever waits for it.
    try {
      this.onLeave?.();
    } catch {}
  }

  #end(): void {
    this.isOver = true;
    try {
      if (this.#timer !== undefined) clearTimeout(this.#timer);
      this.#stopListening?.();
    } catch {}
  }
}

const finishLater = (pending: Pending, code: number) => pending.finishLater(code);

/** Waits for what was asked of the user or the runtime. What fails, also in its use, ends it. */
export function ask<T>(
  pending: Pending,
  promise: PromiseLike<T> | undefined,
  use: (value: T) => unknown,
  fail = (error: unknown) => pending.fail(error),
): void {
  if (!promise) {
    pending.finishLater(lacking);
    return;
  }
  // A promise of another make may call back at once.
  Promise.resolve(promise).then(
    (value) => endBy(pending, () => use(value)),
    (error) => endBy(pending, () => fail(error)),
  );
}

/** Does what may end something; what fails ends it, too. */
export function endBy(pending: Pending, use: () => unknown): void {
  try {
    use();
  } catch (error) {
    pending.fail(error);
  }
}

/** What a function gives, or throws, as a promise. The function has no `this`. */
export function called<Arguments extends unknown[], T>(
  call: (...given: Arguments) => PromiseLike<T>,
  ...given: Arguments
): PromiseLike<T> {
  try {
    return Promise.resolve(call(...given));
  } catch (error) {
    return Promise.reject(error);
  }
}

/**
 * Node hides the reason (`ECONNREFUSED`) in the cause. What is written like a code holds no secret; a message may.
 * One that came of reading or writing is told with that: there was a connection, and something may have been sent.
 */
function codeOf(error: unknown): string | undefined {
  // What a user's function throws may be anything, also what throws when it is looked at.
  try {
    // In workerd, which gives it no code.
    if (/within global scope/.test(String(Object(error).message))) return "OUTSIDE_OF_A_REQUEST_HANDLER";
    for (const { code, syscall } of [Object(error), Object(Object(error).cause)]) {
      if (!/^[A-Z][A-Z0-9_]{0,39}$/.test(String(code))) continue;
      return syscall === "read" || syscall === "write" ? `${syscall} ${code}` : String(code);
    }
  } catch {}
  return undefined;
}
