// What the core asks of the JavaScript around it: each thing is begun under a number, a ticket, and its outcome told
// to the core once, by `settle`. Nothing is decided here but how this runtime does what is asked.
//
// Callbacks instead of promises on the core's side: what wasm-bindgen makes of a promise costs more than the rest of a
// call together.

import { isBrowser } from "./browser.ts";
import type { CoreInstance } from "./core-instance.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import type { ApprovalRequest, AuditRecord, ClientEvent } from "./generated/types.ts";
import type { Host } from "./host.ts";
import type { ProvidedToken } from "./options.ts";
import { ask, called, done, failed, lacking, Tickets } from "./pending.ts";
import { type OpenedBody, Requests } from "./requests.ts";
import type { Store } from "./store.ts";
import { tellTo } from "./tell.ts";
import { callsCanVanish, userAgent } from "./user-agent.ts";

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

/** The runtime of one client. */
export class Runtime {
  readonly isBrowser = isBrowser();
  /** Node, or a sandbox in it: before Node 21, and there, nothing says what it is. */
  readonly isNode: boolean;
  readonly callsCanVanish: boolean;
  readonly listens: boolean;
  readonly audits: boolean;
  readonly #given: HandedIn;
  readonly #core: CoreInstance;
  readonly #tickets: Tickets;
  readonly #requests: Requests;
  /** By the ticket of their request. */
  readonly #bodies = new Map<number, OpenedBody>();

  constructor(given: HandedIn, core: CoreInstance) {
    this.#given = given;
    this.#core = core;
    this.#tickets = new Tickets(core);
    this.listens = given.onEvent !== undefined;
    this.audits = given.onAudit !== undefined;
    this.isNode = !this.isBrowser && String(userAgent() ?? "Node.js/").startsWith("Node.js/");
    this.callsCanVanish = callsCanVanish();
    this.#requests = new Requests(given.host.fetch, this);
  }

  /** Milliseconds since the epoch. */
  now(): number {
    const { now } = this.#given.host;
    // A clock of the user's that fails is no reason to fail.
    try {
      const time = now?.();
      if (typeof time === "number" && Math.abs(time) <= lastTime) return time;
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
    url: string | undefined,
    body: string | undefined,
    timeoutMs: number,
    most: number,
    isRepeatable: boolean,
    signal: AbortSignal | undefined,
  ): void {
    if (!isRepeatable) this.#core.noteChange();
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    // The core must not see what is thrown: it would end with that, as by a trap.
    try {
      this.#requests.exchange(pending, head, url, body, most, isRepeatable);
    } catch {
      pending.finishLater(failed);
    }
  }

  /** One request; settles with the answer's status and header fields. `next` gives the body. */
  open(
    ticket: number,
    head: string | undefined,
    url: string | undefined,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    try {
      this.#requests.open(pending, head, url, (body) => this.#bodies.set(ticket, body));
    } catch {
      pending.finishLater(failed);
    }
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
    if (body && !body.isRead) body.connection?.cut();
  }

  /** Waits. */
  sleep(ticket: number, milliseconds: number, signal: AbortSignal | undefined): void {
    const { sleep } = this.#given.host;
    if (sleep) {
      const pending = this.#tickets.begin(ticket, signal, undefined);
      ask(pending, called(sleep, milliseconds), () => pending.finish(done));
    } else {
      const pending = this.#tickets.begin(ticket, signal, milliseconds, done);
      if (!pending.isTimed) pending.finishLater(lacking);
    }
  }

  /** While a call waits for another one: waits for its caller's signal, or for the end of its real time. */
  standBy(ticket: number, call: number, timeoutMs: number | undefined, signal: AbortSignal | undefined): void {
    const pending = this.#tickets.begin(ticket, signal, timeoutMs);
    // What a call leaves behind is none, and goes on by itself.
    if (call && !pending.isOver) pending.onLeave = this.#core.waitingCalls.add(call);
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
}

/** What a `Date` can hold, on either side of the epoch; in milliseconds. */
const lastTime = 8.64e15;

/** Made when it is first needed: importing must not fail where there is none. */
let decoder: TextDecoder | undefined;

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
