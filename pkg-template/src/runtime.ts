// What the core asks of the JavaScript around it: each thing is begun under a number, a ticket, and its outcome told
// to the core once, by `settle`. Nothing is decided here but how this runtime does what is asked.
//
// Callbacks instead of promises on the core's side: what wasm-bindgen makes of a promise costs more than the rest of a
// call together.

import { isBrowser } from "./browser.ts";
import { type Connection, Connections } from "./connection.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import type { ApprovalRequest, AuditRecord, ClientEvent } from "./generated/types.ts";
import type { Fetch, FetchAnswer, FetchInit, Host } from "./host.ts";
import type { ProvidedToken } from "./options.ts";
import { done, failed, lacking, type Pending, type Settle, Tickets, tooLarge } from "./pending.ts";
import { discardBody, openBody, type Pieces, readBody } from "./response-body.ts";
import type { Store } from "./store.ts";

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

/** What a request begins with, apart from where it goes. */
interface Head {
  method: string;
  headers: Record<string, string>;
}

/** A body that is read piece by piece. */
interface OpenedBody {
  pieces: Pieces;
  connection: Connection | undefined;
  isRead: boolean;
}

/** The runtime of one client. */
export class Runtime {
  readonly isBrowser = isBrowser();
  readonly callsCanVanish: boolean;
  readonly listens: boolean;
  readonly audits: boolean;
  readonly #given: HandedIn;
  readonly #tickets: Tickets;
  readonly #connections: Connections;
  /** Whether requests go by the `fetch` of a runtime that is no browser. */
  readonly #keepsLengths: boolean;
  /** By the ticket of their request. */
  readonly #bodies = new Map<number, OpenedBody>();

  /** Of the last request: the core does not tell again what has not changed. */
  #head: Head = { method: "GET", headers: {} };

  constructor(given: HandedIn, settle: Settle) {
    this.#given = given;
    this.#tickets = new Tickets(settle);
    this.listens = given.onEvent !== undefined;
    this.audits = given.onAudit !== undefined;
    this.#keepsLengths = !given.host.fetch && !this.isBrowser;
    const { userAgent } = (globalThis.navigator ?? {}) as { userAgent?: unknown };
    this.callsCanVanish = userAgent === "Cloudflare-Workers";
    this.#connections = new Connections(this.#keepsLengths && !this.callsCanVanish);
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
    head: string | undefined,
    url: string,
    body: string | undefined,
    timeoutMs: number,
    most: number,
    signal: AbortSignal | undefined,
  ): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    this.#fetch(pending, head, url, body, (answer, connection) => {
      const begun = (pieces: Pieces) => {
        pending.onLeave = () => {
          pieces.cancel();
          connection?.controller.abort();
        };
      };
      const use = (bytes: Uint8Array | undefined) => {
        if (pending.isOver) return;
        if (!bytes) return pending.finish(tooLarge);
        if (connection) this.#connections.giveBack(connection);
        pending.finish(answer.status, headersOf(answer), bytes);
      };
      ask(pending, readBody(answer, most, this.#keepsLengths, begun), use);
    });
  }

  /** One request; settles with the answer's status and header fields. `next` gives the body. */
  open(
    ticket: number,
    head: string | undefined,
    url: string,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    this.#fetch(pending, head, url, undefined, (answer, connection) => {
      this.#bodies.set(ticket, { pieces: openBody(answer), connection, isRead: false });
      pending.finish(answer.status, headersOf(answer));
    });
  }

  /** The next piece of a body that `open` has opened; settles without bytes at its end. */
  next(ticket: number, opened: number, timeoutMs: number, signal: AbortSignal | undefined): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    const body = this.#bodies.get(opened);
    ask(pending, body?.pieces.next(), (bytes) => {
      if (body && !bytes) body.isRead = true;
      pending.finish(done, undefined, bytes);
    });
  }

  /** Lets go of what is left of a body. */
  close(opened: number): void {
    const body = this.#bodies.get(opened);
    this.#bodies.delete(opened);
    body?.pieces.cancel();
    if (body && !body.isRead) body.connection?.controller.abort();
  }

  /** Waits. */
  sleep(ticket: number, milliseconds: number, signal: AbortSignal | undefined): void {
    const { sleep } = this.#given.host;
    if (sleep) {
      const pending = this.#tickets.begin(ticket, signal, undefined);
      ask(pending, called(sleep, milliseconds), () => pending.finish(done));
    } else if (typeof setTimeout === "function") {
      this.#tickets.begin(ticket, signal, milliseconds, done);
    } else {
      this.#tickets.begin(ticket, signal, undefined).finish(lacking);
    }
  }

  /** Waits for the caller's signal, or for the end of the call's real time. */
  standBy(ticket: number, timeoutMs: number | undefined, signal: AbortSignal | undefined): void {
    this.#tickets.begin(ticket, signal, timeoutMs);
  }

  /** A token of the user's provider, as JSON. */
  token(ticket: number, timeoutMs: number, signal: AbortSignal | undefined): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    const { tokenProvider } = this.#given;
    ask(pending, tokenProvider && called(tokenProvider), (token) => {
      const { accessToken, expiresInSeconds } = Object(token);
      pending.finish(done, JSON.stringify({ accessToken, expiresInSeconds }));
    });
  }

  /** Whether the user's second person approves a proposal: only `true` is a yes. Settles with 1 for it. */
  approve(ticket: number, proposal: string, timeoutMs: number, signal: AbortSignal | undefined): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    const { approve } = this.#given;
    const asked = approve && called(approve, JSON.parse(proposal) as ApprovalRequest);
    ask(pending, asked, (answer) => pending.finish(answer === true ? 1 : done));
  }

  /** What the user's directory has for an identity, as JSON. */
  directory(ticket: number, identity: string, timeoutMs: number, signal: AbortSignal | undefined): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    const { directory } = this.#given;
    const look = async () => (directory as DeviceDirectory).lookup(JSON.parse(identity));
    ask(pending, directory && look(), (devices) => {
      pending.finish(done, JSON.stringify({ asOf: directory?.asOf, devices }));
    });
  }

  /** What the user's store holds. */
  storeGet(ticket: number, key: string, timeoutMs: number, signal: AbortSignal | undefined): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    const { store } = this.#given;
    const get = () => (store as Store).get(key);
    ask(pending, store && called(get), (value) => pending.finish(done, textOrNothing(value)));
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
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    const { store } = this.#given;
    const put = () =>
      expected === undefined
        ? (store as Store).putIfAbsent(key, value, { ttlMs })
        : (store as Store).replace(key, expected, value, { ttlMs });
    ask(pending, store && called(put), (isPut) => pending.finish(yesOrNo(isPut) ? 1 : done));
  }

  /** JSON text. The bytes hold as long as the call. */
  read(text: Uint8Array): unknown {
    decoder ??= new TextDecoder();
    return JSON.parse(decoder.decode(text));
  }

  /** Nobody waits for this any more. */
  cancel(ticket: number): void {
    this.#tickets.cancel(ticket);
  }

  /** A plain object: mocks, polyfills and other realms take nothing fancier. */
  #init(body: string | undefined, connection: Connection | undefined): FetchInit {
    const { method, headers } = this.#head;
    // A redirect would send a token, or a side effect, elsewhere.
    const init: FetchInit = { method, headers: { ...headers }, redirect: "manual" };
    if (body !== undefined) init.body = body;
    if (connection) init.signal = connection.controller.signal;
    return init;
  }

  #fetch(
    pending: Pending,
    head: string | undefined,
    url: string,
    body: string | undefined,
    use: (answer: FetchAnswer, connection: Connection | undefined) => unknown,
  ): void {
    // Also where nothing is sent: the core will not tell it again.
    if (head !== undefined) this.#head = headOf(head);
    // The signal may have fired already.
    if (pending.isOver) return;
    const connection = this.#connections.take();
    pending.onLeave = () => connection?.controller.abort();
    const fetched = fetchOf(this.#given.host, url, this.#init(body, connection));
    ask(pending, fetched, (answer) => (pending.isOver ? discardBody(answer) : use(answer, connection)));
  }
}

/** Waits for what was asked of the user or the runtime. What fails, also in its use, ends it. */
function ask<T>(pending: Pending, promise: PromiseLike<T> | undefined, use: (value: T) => unknown): void {
  const fail = (error: unknown) => pending.finish(failed, codeOf(error));
  if (!promise) {
    pending.finish(lacking);
    return;
  }
  promise.then((value) => {
    try {
      use(value);
    } catch (error) {
      fail(error);
    }
  }, fail);
}

/** Made when it is first needed: importing must not fail where there is none. */
let decoder: TextDecoder | undefined;

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

/** A method and header fields, from a line each. */
function headOf(head: string): Head {
  const [method = "", ...lines] = head.split("\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return { method, headers };
}

/** The header fields of an answer that are ever read, a line each. */
function headersOf({ status, headers }: FetchAnswer): string {
  let lines = "";
  for (const name of status < 300 ? ofAnyAnswer : ofOtherAnswers) {
    const value = headers?.get(name);
    if (value != null) lines += `${name}:${value}\n`;
  }
  return lines;
}

const ofAnyAnswer = ["content-type", "x-request-id"];
/** One that went well asks for no pause. */
const ofOtherAnswers = [...ofAnyAnswer, "retry-after"];

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
