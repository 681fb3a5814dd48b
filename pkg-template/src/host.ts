// What a runtime may lack or a test replaces: HTTP, the clock, waiting, randomness.

import { invalid } from "./errors.ts";
import type { HandedIn } from "./runtime.ts";

/**
 * Functions that the client uses in place of the runtime's own. Each is called without a `this`.
 *
 * @example
 * ```ts
 * createClient({ ...options, host: { random: (length) => require("node:crypto").randomBytes(length) } });
 * ```
 */
export interface Host {
  /** Sends a request. Redirects must not be followed. Default: the global `fetch`. */
  fetch?: Fetch;
  /** The time, in milliseconds since 1970-01-01 UTC. Default: `Date.now`. */
  now?: () => number;
  /** Waits for so many milliseconds. Default: the global `setTimeout`. */
  sleep?: (milliseconds: number) => PromiseLike<unknown>;
  /** So many bytes of secure randomness. Default: the global `crypto.getRandomValues`. */
  random?: (length: number) => Uint8Array;
}

/** What is used of `fetch`. The global one fits, and so does a mock of a few lines. */
export type Fetch = (url: string, init: FetchInit) => PromiseLike<FetchAnswer>;

/** How `fetch` is called: with a plain object. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  redirect: "manual";
  body?: string;
  signal?: AbortSignal;
}

/** What is read of the answer of `fetch`. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** A `ReadableStream`. Without one, an answer is read whole before its size is known. */
  readonly body?: unknown;
  arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** Checks what was handed in. What is no function is refused: the runtime's own would be used without a word. */
export function checked(given: HandedIn): HandedIn {
  for (const [name, value] of Object.entries(given.host)) {
    if (!known.has(name)) throw invalid(`\`host.${name}\` is not known`, `\`host\` takes ${[...known].join(", ")}`);
    if (value !== undefined) requireFunction(`host.${name}`, value);
  }
  const { tokenProvider, approve, store, directory, onEvent, onAudit } = given;
  if (tokenProvider) requireFunction("tokenProvider", tokenProvider);
  // One that is null would be nobody to ask, without a word.
  if (approve !== undefined) requireFunction("approve", approve);
  if (onEvent) requireFunction("onEvent", onEvent);
  // One that is null would be no audit, without a word.
  if (onAudit !== undefined) requireFunction("onAudit", onAudit);
  if (directory) requireFunction("directory.lookup", directory.lookup);
  for (const name of ["get", "putIfAbsent", "replace"] as const) {
    if (store) requireFunction(`store.${name}`, store[name]);
  }
  return given;
}

const known = new Set(["fetch", "now", "sleep", "random"]);

/** Refuses what is no function; `name` is what the caller gave it as. */
export function requireFunction(name: string, value: unknown): void {
  if (typeof value !== "function") {
    throw invalid(`\`${name}\` is not a function`, "pass a function, or leave it out");
  }
}
