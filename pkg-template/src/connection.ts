// What cuts the connection of a request that nobody waits for any more.

/** One that serves one request at a time. */
export interface Connection {
  readonly controller: AbortController;
  /** How many requests it has still to serve, this one counted. */
  left: number;
}

/**
 * How many requests one serves, one after the other. To make a signal takes Node longer than most that is done for a
 * request; but each request leaves a listener on it for a while, and those are few.
 */
const requestsOfOne = 8;

/** The connections of one client. */
export class Connections {
  /** Those whose requests were answered and read to the end. */
  readonly #idle: Connection[] = [];
  readonly #isKept: boolean;

  /** @param isKept whether one may serve another request: not where a `fetch` or a runtime ties a signal to one request */
  constructor(isKept: boolean) {
    this.#isKept = isKept;
  }

  /** One for a request. Without one (Node-RED, n8n) the answer is no longer waited for, but the connection stays. */
  take(): Connection | undefined {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (typeof AbortController !== "function") return undefined;
    return { controller: new AbortController(), left: requestsOfOne };
  }

  /** Takes back one whose request was answered and read to the end. */
  giveBack(connection: Connection): void {
    connection.left -= 1;
    if (this.#isKept && connection.left > 0) this.#idle.push(connection);
  }
}
