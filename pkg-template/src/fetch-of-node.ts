// Node's own `fetch`: how it is known, and how it is called in the way that costs it least.

import type { Connection } from "./connection.ts";

/** By what it is known, once it was used; other runtimes have it where somebody has brought Node's. */
const sign = Symbol.for("undici.globalDispatcher.1");
/** What sends its requests, from Node 26 on; before, that is the sign itself. */
const laterDispatcher = Symbol.for("undici.globalDispatcher.2");

/** What its options have beyond those that `fetch` has everywhere. */
export interface OptionsOfNode {
  redirect: "error";
  dispatcher: Dispatcher;
}

/** What sends requests: https://nodejs.org/api/globals.html#custom-dispatcher */
interface Dispatcher {
  dispatch(options: object, handler: Handler): boolean;
}

/** What is told how a request goes on: in the second form from Node 26 on. */
interface Handler {
  /** Nothing before the request is sent. */
  abort?: ((reason: unknown) => void) | null;
  onConnect?: (abort: (reason: unknown) => void) => void;
  onRequestStart?: (controller: { abort(reason: unknown): void }) => void;
}

/** Whether `fetch` is Node's, in Node. */
export function hasShownItself(): boolean {
  return sign in globalThis;
}

/**
 * A redirect would send a token, or a side effect, elsewhere: none is followed anywhere. Node's `fetch` copies a request
 * and divides its body in two wherever a redirect is not an error, a sixth of what a request costs; others gain nothing
 * by it, and Cloudflare's knows no `redirect: "error"`.
 */
export const optionsOfNode = (dispatcher: Sending): OptionsOfNode => ({ redirect: "error", dispatcher });

/** The `fetch` that has shown how its requests can be cut. */
let known: unknown;

/** Whether the requests of the `fetch` that is there now can be cut by what sends them. Else it needs a signal. */
export const cutsWithoutSignal = (): boolean => known !== undefined && known === globalThis.fetch;

/**
 * What sends one request of Node's `fetch`: as Node would, but the body whole, with the header fields, instead of piece by
 * piece behind them, a tenth of what a request costs; and it can be cut off, for which a signal costs half as much.
 */
export class Sending implements Dispatcher, Connection {
  /**
   * Node asks a dispatcher whether it is one for tests, which want to see the body; where none asks, it is sent as before.
   * A dispatcher that an application has set for the whole process may repeat what failed, and can do so with a whole
   * body: it is only given one of what the tenant may receive twice.
   */
  readonly isMockActive: boolean;
  #handler: Handler | undefined;
  #isCut = false;

  constructor(isRepeatable: boolean) {
    this.isMockActive = isRepeatable;
  }

  dispatch(options: object, handler: Handler): boolean {
    if (this.#isCut) throw new Error(nobodyWaits);
    this.#handler = handler;
    if ("abort" in handler && (handler.onConnect ?? handler.onRequestStart)) known = globalThis.fetch;
    const dispatchers = globalThis as unknown as Record<symbol, Dispatcher>;
    // Somebody may have brought that of another version, which would not understand this one's handler.
    const isLater = "onRequestStart" in handler && laterDispatcher in dispatchers;
    return (dispatchers[isLater ? laterDispatcher : sign] as Dispatcher).dispatch(options, handler);
  }

  cut(): void {
    this.#isCut = true;
    const handler = this.#handler;
    const reason = new Error(nobodyWaits);
    if (!handler) return;
    if (handler.abort) handler.abort(reason);
    // It waits for a connection.
    else if (handler.onRequestStart) handler.onRequestStart = (controller) => controller.abort(reason);
    else handler.onConnect = (abort) => abort(reason);
  }
}

const nobodyWaits = "nobody waits for the answer any more";

/** Whether it has failed because it was answered with a redirect. Mocks in its place give the words alone. */
export function isRefusedRedirect(error: unknown): boolean {
  const { cause } = Object(error);
  return (Object(cause).message ?? cause) === "unexpected redirect";
}
