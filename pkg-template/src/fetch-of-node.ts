// Node's own `fetch`: how it is known, and how it is called in the way that costs it least.

/** By what it is known, once it was used; other runtimes have it where somebody has brought Node's. */
const sign = Symbol.for("undici.globalDispatcher.1");
/** What sends its requests, from Node 26 on; before, that is the sign itself. */
const laterDispatcher = Symbol.for("undici.globalDispatcher.2");

/** What of its options goes beyond those that `fetch` has everywhere. */
export interface OptionsOfNode {
  redirect: "error";
  /** Node's documentation: https://nodejs.org/api/globals.html#custom-dispatcher */
  dispatcher?: Dispatcher;
}

/** What sends the requests of Node's `fetch`. */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/**
 * Sends as Node would, but for the body: whole, with the header fields, instead of piece by piece behind them, a tenth of what
 * a request costs. Node asks a dispatcher whether it is one for tests, which want to see the body; one that never
 * asks sends as before.
 */
const whole: Dispatcher & { isMockActive: true } = {
  isMockActive: true,
  dispatch(options, handler) {
    const dispatchers = globalThis as unknown as Record<symbol, Dispatcher>;
    // Somebody may have brought that of another version, which would not understand this one's handler.
    const isLater = "onRequestStart" in handler && laterDispatcher in dispatchers;
    return (dispatchers[isLater ? laterDispatcher : sign] as Dispatcher).dispatch(options, handler);
  },
};

/** Whether `fetch` is Node's, in Node. */
export function hasShownItself(): boolean {
  return sign in globalThis;
}

/**
 * A redirect would send a token, or a side effect, elsewhere: none is followed anywhere. Node's `fetch` copies a request
 * and divides its body in two wherever a redirect is not an error, a sixth of what a request costs; others gain nothing
 * by it, and Cloudflare's knows no `redirect: "error"`.
 */
const once: OptionsOfNode = { redirect: "error" };
const repeatable: OptionsOfNode = { redirect: "error", dispatcher: whole };

/**
 * The options of a request. @param isRepeatable whether the tenant may receive it twice: a dispatcher that an application
 * has set for the whole process may repeat what failed, and can do so with a body that is whole
 */
export function optionsOfNode(isRepeatable: boolean): OptionsOfNode {
  return isRepeatable ? repeatable : once;
}

/** Whether it has failed because it was answered with a redirect. Mocks in its place give the words alone. */
export function isRefusedRedirect(error: unknown): boolean {
  const { cause } = Object(error);
  return (Object(cause).message ?? cause) === "unexpected redirect";
}
