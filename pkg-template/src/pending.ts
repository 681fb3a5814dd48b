// Something that is under way for the core. It ends once: by its outcome, its time or the caller's signal; then no timer and
// no listener of it is left.

/** Tells the core an outcome: a status or one of the codes below, a text, bytes. */
export type Settle = (ticket: number, code: number, text?: string, bytes?: Uint8Array) => void;

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
  readonly #settle: Settle;
  readonly #open = new Map<number, Pending>();

  constructor(settle: Settle) {
    this.#settle = settle;
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
  settle(ticket: number, code: number, text?: string, bytes?: Uint8Array): void {
    if (this.#open.delete(ticket)) this.#settle(ticket, code, text, bytes);
  }
}

/** Something that is under way. */
export class Pending {
  /** What lets go of whatever it holds, where it ends before its outcome came. */
  onLeave: (() => void) | undefined;
  isOver = false;
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
    // A runtime without timers waits as long as it takes.
    if (timeoutMs !== undefined && typeof setTimeout === "function") {
      this.#timer = setTimeout(finish, timeoutMs, this, onTime);
    }
    if (!signal) return;
    // In workerd a signal of another request throws when it is only asked.
    try {
      if (signal.aborted) {
        this.finish(abortedBefore);
        return;
      }
      const onAbort = () => this.finish(aborted);
      signal.addEventListener("abort", onAbort);
      this.#stopListening = () => signal.removeEventListener("abort", onAbort);
    } catch {
      this.finish(unusableSignal);
    }
  }

  /** Ends it, unless it has ended. What is neither a status nor done has left something open. */
  finish(code: number, text?: string, bytes?: Uint8Array): void {
    if (this.isOver) return;
    if (code < 0) this.leave();
    else this.#end();
    this.#tickets.settle(this.#ticket, code, text, bytes);
  }

  /** Ends it without an outcome. */
  leave(): void {
    if (this.isOver) return;
    this.#end();
    this.onLeave?.();
  }

  #end(): void {
    this.isOver = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#stopListening?.();
  }
}

const finish = (pending: Pending, code: number) => pending.finish(code);
