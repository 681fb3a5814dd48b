// What the core asks of the JavaScript around it: each thing is begun under a number, a ticket, and its outcome told
// to the core once, by `settle`. Nothing is decided here but how this runtime does what is asked.
//
// Callbacks instead of promises on the core's side: what wasm-bindgen makes of a promise costs more than the rest of a
// call together.

import { isBrowser } from "./browser.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import type { ApprovalRequest, AuditRecord, ClientEvent } from "./generated/types.ts";
import type { Fetch, FetchAnswer, FetchInit, Host } from "./host.ts";
import type { ProvidedToken } from "./options.ts";
import { discardBody, openBody, type Pieces, readBody } from "./response-body.ts";
import type { Store } from "./store.ts";

/** Tells the core an outcome: a status or one of the codes below, a text, bytes. */
export type Settle = (ticket: number, code: number, text?: string, bytes?: Uint8Array) => void;

/** What a client was given, apart from data. */
export interface HandedIn {
  host: Host;
  tokenProvider?: (() => PromiseLike<ProvidedToken>) | undefined;
  approve?: ((proposal: ApprovalRequest) => PromiseLike<boolean>) | undefined;
  store?: Store | undefined;
  directory?: DeviceDirectory | undefined;
  onEvent?: ((event: ClientEvent) => unknown) | undefined;
  onAudit?: ((record: AuditRecord) => unknown) | undefined;
}

/** Outcomes; the core knows them by the same numbers (src/host/outcome.rs). All that are no HTTP status and no error are 0. */
const done = 0;
const timedOut = -1;
const aborted = -2;
const failed = -3;
const tooLarge = -4;
const lacking = -5;
const unusableSignal = -6;
const abortedBefore = -7;

type Finish = (code: number, text?: string, bytes?: Uint8Array) => void;

/** The runtime of one client. */
export class Runtime {
  readonly isBrowser = isBrowser();
  readonly callsCanVanish: boolean;
  readonly listens: boolean;
  readonly audits: boolean;
  readonly #given: HandedIn;
  readonly #settle: Settle;
  /** Whether requests go by the `fetch` of a runtime that is no browser. */
  readonly #keepsLengths: boolean;
  /** What stops the timers and listeners of what is under way. */
  readonly #running = new Map<number, () => void>();
  /** Bodies that are read piece by piece, by the ticket of their request. */
  readonly #bodies = new Map<number, Pieces>();
  /** Bodies that are read whole, by the same. A `fetch` that passes over the signal leaves them open. */
  readonly #reading = new Map<number, Pieces>();

  /** The header fields of the last request, as the core wrote them and as `fetch` takes them. */
  #lines = "";
  #fields: Record<string, string> = {};

  constructor(given: HandedIn, settle: Settle) {
    this.#given = given;
    this.#settle = settle;
    this.listens = given.onEvent !== undefined;
    this.audits = given.onAudit !== undefined;
    this.#keepsLengths = !given.host.fetch && !this.isBrowser;
    const { userAgent } = (globalThis.navigator ?? {}) as { userAgent?: unknown };
    this.callsCanVanish = userAgent === "Cloudflare-Workers";
  }

  /** Milliseconds since the epoch. */
  now(): number {
    const { now } = this.#given.host;
    // A clock of the user's that fails is no reason to fail.
    try {
      const time = now?.();
      if (typeof time === "number") return time;
    } catch {}
    return Date.now();
  }

  /** Secure randomness; nothing where there is none. */
  random(length: number): Uint8Array | undefined {
    const { random } = this.#given.host;
    if (random) return random(length);
    const { crypto } = globalThis as { crypto?: Crypto };
    return crypto?.getRandomValues(new Uint8Array(length));
  }

  /** Tells the listener. */
  tell(event: ClientEvent): void {
    tellTo(this.#given.onEvent, event);
  }

  /** Gives a record to the audit. */
  audit(record: string): void {
    tellTo(this.#given.onAudit, JSON.parse(record) as AuditRecord);
  }

  /** One request; settles with the answer's status, header fields and whole body. */
  send(
    ticket: number,
    method: string,
    url: string,
    headers: string,
    body: string | undefined,
    timeoutMs: number,
    most: number,
    signal: AbortSignal | undefined,
    cancelled: AbortSignal | undefined,
  ): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    this.#fetch(finish, this.#init(method, headers, body, cancelled), url, ticket, (answer) =>
      readBody(answer, most, this.#keepsLengths, (pieces) => this.#reading.set(ticket, pieces)).then((bytes) => {
        this.#reading.delete(ticket);
        if (bytes) finish(answer.status, headersOf(answer), bytes);
        else finish(tooLarge);
      }),
    );
  }

  /** One request; settles with the answer's status and header fields. `next` gives the body. */
  open(
    ticket: number,
    method: string,
    url: string,
    headers: string,
    timeoutMs: number,
    signal: AbortSignal | undefined,
    cancelled: AbortSignal | undefined,
  ): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    this.#fetch(finish, this.#init(method, headers, undefined, cancelled), url, ticket, async (answer) => {
      this.#bodies.set(ticket, openBody(answer));
      finish(answer.status, headersOf(answer));
    });
  }

  /** The next piece of a body that `open` has opened; settles without bytes at its end. */
  next(ticket: number, opened: number, timeoutMs: number, signal: AbortSignal | undefined): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    const piece = this.#bodies.get(opened)?.next();
    this.#ask(finish, piece, (bytes) => finish(done, undefined, bytes));
  }

  /** Lets go of what is left of a body. */
  close(opened: number): void {
    this.#bodies.get(opened)?.cancel();
    this.#bodies.delete(opened);
  }

  /** Waits. */
  sleep(ticket: number, milliseconds: number, signal: AbortSignal | undefined): void {
    const { sleep } = this.#given.host;
    if (sleep) {
      const finish = this.#begin(ticket, signal, undefined);
      this.#ask(finish, called(sleep, milliseconds), () => finish(done));
    } else if (typeof setTimeout === "function") {
      this.#begin(ticket, signal, milliseconds, done);
    } else {
      this.#begin(ticket, signal, undefined)(lacking);
    }
  }

  /** Waits for the caller's signal, or for the end of the call's real time. */
  standBy(ticket: number, timeoutMs: number | undefined, signal: AbortSignal | undefined): void {
    this.#begin(ticket, signal, timeoutMs);
  }

  /** A token of the user's provider, as JSON. */
  token(ticket: number, timeoutMs: number, signal: AbortSignal | undefined): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    const { tokenProvider } = this.#given;
    this.#ask(finish, tokenProvider && called(tokenProvider), (token) => {
      const { accessToken, expiresInSeconds } = Object(token);
      finish(done, JSON.stringify({ accessToken, expiresInSeconds }));
    });
  }

  /** Whether the user's second person approves a proposal: only `true` is a yes. Settles with 1 for it. */
  approve(ticket: number, proposal: string, timeoutMs: number, signal: AbortSignal | undefined): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    const { approve } = this.#given;
    const asked = approve && called(approve, JSON.parse(proposal) as ApprovalRequest);
    this.#ask(finish, asked, (answer) => finish(answer === true ? 1 : done));
  }

  /** What the user's directory has for an identity, as JSON. */
  directory(ticket: number, identity: string, timeoutMs: number, signal: AbortSignal | undefined): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    const { directory } = this.#given;
    const look = async () => (directory as DeviceDirectory).lookup(JSON.parse(identity));
    this.#ask(finish, directory && look(), (devices) => {
      finish(done, JSON.stringify({ asOf: directory?.asOf, devices }));
    });
  }

  /** What the user's store holds. */
  storeGet(ticket: number, key: string, timeoutMs: number, signal: AbortSignal | undefined): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    const { store } = this.#given;
    const get = () => (store as Store).get(key);
    this.#ask(finish, store && called(get), (value) => finish(done, textOrNothing(value)));
  }

  /** Puts a text into the user's store; settles with whether it was put. */
  storePut(
    ticket: number,
    key: string,
    expected: string | undefined,
    value: string,
    ttlMs: number,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): void {
    const finish = this.#begin(ticket, signal, timeoutMs);
    const { store } = this.#given;
    const put = () =>
      expected === undefined
        ? (store as Store).putIfAbsent(key, value, { ttlMs })
        : (store as Store).replace(key, expected, value, { ttlMs });
    this.#ask(finish, store && called(put), (isPut) => finish(yesOrNo(isPut) ? 1 : done));
  }

  /** Nobody waits for this any more. */
  cancel(ticket: number): void {
    this.#running.get(ticket)?.();
    this.#running.delete(ticket);
    this.#reading.get(ticket)?.cancel();
    this.#reading.delete(ticket);
  }

  /** Begins something that ends at the latest with the caller's signal or with a timer. */
  #begin(ticket: number, signal: AbortSignal | undefined, timeoutMs: number | undefined, onTime = timedOut): Finish {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isListening = false;
    const finish: Finish = (code, text, bytes) => {
      if (!this.#running.delete(ticket)) return;
      stop();
      this.#settle(ticket, code, text, bytes);
    };
    const onAbort = () => finish(aborted);
    const stop = () => {
      if (timer !== undefined) clearTimeout(timer);
      if (isListening) signal?.removeEventListener("abort", onAbort);
    };
    this.#running.set(ticket, stop);
    // A runtime without timers waits as long as it takes.
    if (timeoutMs !== undefined && typeof setTimeout === "function") timer = setTimeout(finish, timeoutMs, onTime);
    if (signal) {
      // In workerd a signal of another request throws when it is only asked.
      try {
        if (signal.aborted) finish(abortedBefore);
        else signal.addEventListener("abort", onAbort);
        isListening = true;
      } catch {
        finish(unusableSignal);
      }
    }
    return finish;
  }

  /** A plain object: mocks, polyfills and other realms take nothing fancier. */
  #init(method: string, lines: string, body: string | undefined, cancelled: AbortSignal | undefined): FetchInit {
    // Most requests of a client have the same fields as the one before.
    if (lines !== this.#lines) {
      this.#fields = fieldsOf(lines);
      this.#lines = lines;
    }
    // A redirect would send a token, or a side effect, elsewhere.
    const init: FetchInit = { method, headers: { ...this.#fields }, redirect: "manual" };
    if (body !== undefined) init.body = body;
    if (cancelled) init.signal = cancelled;
    return init;
  }

  #fetch(
    finish: Finish,
    init: FetchInit,
    url: string,
    ticket: number,
    read: (answer: FetchAnswer) => PromiseLike<unknown>,
  ): void {
    // The signal may have fired already.
    if (!this.#running.has(ticket)) return;
    const fetched = fetchOf(this.#given.host, url, init);
    this.#ask(finish, fetched, (answer) => (this.#running.has(ticket) ? read(answer) : discardBody(answer)));
  }

  #ask<T>(finish: Finish, promise: PromiseLike<T> | undefined, use: (value: T) => unknown): void {
    if (promise) promise.then(use).then(undefined, (error) => finish(failed, codeOf(error)));
    else finish(lacking);
  }
}

/** The promise of a `fetch`, which may throw instead; nothing where there is no `fetch`. */
function fetchOf({ fetch }: Host, url: string, init: FetchInit): PromiseLike<FetchAnswer> | undefined {
  if (fetch) return called(fetch, url, init);
  const runtime = globalThis as { fetch?: Fetch };
  // Called as a method: some runtimes insist on their global object as `this`.
  return typeof runtime.fetch === "function" ? called(() => (runtime.fetch as Fetch)(url, init)) : undefined;
}

/** What a function gives, or throws, as a promise. The function has no `this`. */
function called<Arguments extends unknown[], T>(
  call: (...given: Arguments) => PromiseLike<T>,
  ...given: Arguments
): PromiseLike<T> {
  try {
    const result = call(...given);
    return typeof result?.then === "function" ? result : Promise.resolve(result);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** What a store holds. What is no text was read by someone already, and is not what was put. */
function textOrNothing(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value !== "string") throw new TypeError("the store holds no text");
  return value;
}

/** Whether a store has put something. Any other answer, "0" or a `Response`, would be taken for a yes. */
function yesOrNo(value: unknown): boolean {
  if (typeof value !== "boolean") throw new TypeError("the store says neither true nor false");
  return value;
}

/** Tells a listener. What it throws, or a promise of its rejects with, is its own affair. */
function tellTo<T>(listener: ((value: T) => unknown) | undefined, value: T): void {
  try {
    Promise.resolve(listener?.(value)).catch(() => {});
  } catch {}
}

/** Header fields, from a line each. */
function fieldsOf(lines: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const line of lines.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return fields;
}

/** The header fields of an answer that are ever read, a line each. */
function headersOf({ headers }: FetchAnswer): string {
  let lines = "";
  for (const name of ["content-type", "retry-after", "x-request-id"]) {
    const value = headers?.get(name);
    if (value != null) lines += `${name}:${value}\n`;
  }
  return lines;
}

/**
 * Node hides the reason (`ECONNREFUSED`) in the cause. What is written like a code holds no secret; a message may.
 * One that came of reading or writing is told with that: there was a connection, and something may have been sent.
 */
function codeOf(error: unknown): string | undefined {
  for (const { code, syscall } of [Object(error), Object(Object(error).cause)]) {
    if (!/^[A-Z][A-Z0-9_]{0,39}$/.test(String(code))) continue;
    return syscall === "read" || syscall === "write" ? `${syscall} ${code}` : String(code);
  }
  return undefined;
}
