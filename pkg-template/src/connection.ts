// What cuts the connection of a request that nobody waits for any more.

/** The connection of a request. */
export interface Connection {
  /** Nobody waits for the answer any more. */
  cut(): void;
  /** The request was answered, and its answer read to the end: where it can serve another one. */
  end?(): void;
}

/**
 * How many requests one signal serves, one after the other. To make one takes Node longer than most that is done for a
 * request; but each request leaves a listener on it for a while, and those are few.
 */
const requestsOfOne = 8;

/** A connection that is cut by a signal, as every `fetch` knows it; it serves one request at a time. */
export class SignalledConnection implements Connection {
  readonly #controller = new AbortController();
  readonly #idle: SignalledConnection[] | undefined;
  #left = requestsOfOne;

  /** @param idle where it goes to serve another request */
  constructor(idle: SignalledConnection[] | undefined) {
    this.#idle = idle;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cut(): void {
    this.#controller.abort();
  }

  end(): void {
    this.#left -= 1;
    if (this.#left > 0) this.#idle?.push(this);
  }
}

/** Such connections of one client. */
export class SignalledConnections {
  /** Those whose requests have ended. */
  readonly #idle: SignalledConnection[] = [];
  readonly #isKept: boolean;

  /** @param isKept whether one may serve another request: not where a `fetch` or a runtime ties a signal to one request */
  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  /** One for a request. Without one (Node-RED, n8n) the answer is no longer waited for, but the connection stays. */
  take(): SignalledConnection | undefined {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (typeof AbortController !== "function") return undefined;
    return new SignalledConnection(this.#isKept ? this.#idle : undefined);
  }
}
