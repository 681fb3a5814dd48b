// Calls that wait for another one of the same client: for the token that it fetches, or for their turn. They go on as a
// part of what their own callers do, and not of what has let them go on.

export class WaitingCalls {
  readonly #goOn: (call: number) => void;
  readonly #waiting = new Map<number, () => void>();

  /** @param goOn lets a call go on, by its number */
  constructor(goOn: (call: number) => void) {
    this.#goOn = goOn;
  }

  /** Keeps for a call what it is a part of, until it is woken or what this gives is called. */
  add(call: number): () => void {
    let woken = () => {};
    new Promise<void>((resolve) => {
      woken = resolve;
    }).then(() => this.#goOn(call));
    this.#waiting.set(call, woken);
    return () => {
      if (this.#waiting.get(call) === woken) this.#waiting.delete(call);
    };
  }

  /** Another call has woken one: it goes on when that one is done. */
  wake(call: number): void {
    const woken = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (woken) woken();
    else Promise.resolve().then(() => this.#goOn(call));
  }
}
