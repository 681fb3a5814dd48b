// What waits under the callers' signals: one listener on each, however many calls share it. With one for each call, Node
// warns of a leak when there are more than ten.

interface Shared {
  readonly waiting: Set<() => void>;
  readonly fire: () => void;
}

/** The signals of one client's calls. */
export class SharedSignals {
  readonly #shared = new Map<AbortSignal, Shared>();

  /** Calls what waits, when the signal fires. Gives what stops that. */
  listen(signal: AbortSignal, wait: () => void): () => void {
    const shared = this.#shared.get(signal) ?? this.#share(signal);
    shared.waiting.add(wait);
    return () => {
      shared.waiting.delete(wait);
      if (shared.waiting.size > 0) return;
      signal.removeEventListener("abort", shared.fire);
      this.#shared.delete(signal);
    };
  }

  #share(signal: AbortSignal): Shared {
    const waiting = new Set<() => void>();
    const fire = () => {
      for (const wait of [...waiting]) wait();
    };
    signal.addEventListener("abort", fire);
    const shared = { waiting, fire };
    this.#shared.set(signal, shared);
    return shared;
  }
}
