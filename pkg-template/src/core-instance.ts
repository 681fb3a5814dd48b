// One instance of the WebAssembly core, from its start until it traps. Whoever has something to tell it later tells it here:
// an instance that is over is told nothing, and those who wait for its answers are told that.

import { goOn, settle } from "wasm:core/glue";
import { NexthinkError } from "./errors.ts";
import type { Settles } from "./pending.ts";
import { WaitingCalls } from "./waiting-calls.ts";

/** Takes a call, which calls one of the two in the end; gives its number. */
export type Take<T> = (resolve: (answer: T) => void, reject: (error: unknown) => void) => number;

type Reject = (error: unknown) => void;

export class CoreInstance implements Settles {
  isOver = false;
  /** Whether there was none before it that has trapped. */
  readonly isFirst: boolean;
  readonly waitingCalls = new WaitingCalls((call) => this.#goOn(call));
  /** How to tell those who wait for an answer, and what `#changes` was when they began. */
  readonly #unanswered = new Map<Reject, number>();
  /** How many requests were sent that may change something in a tenant. */
  #changes = 0;
  #trap: unknown;

  constructor(isFirst: boolean) {
    this.isFirst = isFirst;
  }

  /** The answer of a call. It begins when whoever wants it is done. */
  async answerOf<T>(take: Take<T>): Promise<T> {
    let tell: Reject | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        const number = take(resolve, reject);
        tell = reject;
        this.#unanswered.set(tell, this.#changes);
        Promise.resolve().then(() => this.#goOn(number));
      });
    } finally {
      if (tell) this.#unanswered.delete(tell);
    }
  }

  settle(ticket: number, code: number, text?: string, bytes?: Uint8Array): void {
    if (this.isOver) return;
    try {
      settle(ticket, code, text, bytes);
    } catch (trap) {
      this.end(trap);
    }
  }

  /** The same when whoever tells it is done. The call that has waited for it goes on as a part of that. */
  settleLater(ticket: number, code: number): void {
    Promise.resolve().then(() => this.settle(ticket, code));
  }

  /** A request is sent that may change something in a tenant. */
  noteChange(): void {
    this.#changes += 1;
  }

  /** It has trapped: nothing in it can be relied upon any more. */
  end(trap: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#trap = trap;
    for (const [reject, before] of this.#unanswered) reject(this.ended(this.#changes > before));
    this.#unanswered.clear();
  }

  /** What those are told whose call has ended with it. */
  ended(mayHaveChanged: boolean): NexthinkError {
    const report =
      "please report it with its `cause`: it is a fault of nexthink-chatbot, unless there was no memory left";
    return new NexthinkError(
      {
        kind: "internal",
        message: "the WebAssembly core trapped while this call was under way; the next call begins with a new one",
        hint: mayHaveChanged ? `look in Nexthink whether something happened before you act again; ${report}` : report,
        retryable: false,
        sideEffect: mayHaveChanged ? "unknown" : "none",
      },
      { cause: this.#trap },
    );
  }

  #goOn(call: number): void {
    if (this.isOver) return;
    try {
      goOn(call);
    } catch (trap) {
      this.end(trap);
    }
  }
}
