// The requests of one client: what `fetch` is called with, and what of its answer is told.

import { answeredTogether } from "./answers-together.ts";
import { type Connection, SignalledConnections } from "./connection.ts";
import {
  cutsWithoutSignal,
  hasShownItself,
  isRefusedRedirect,
  type OptionsOfNode,
  optionsOfNode,
  Sending,
} from "./fetch-of-node.ts";
import type { Fetch, FetchAnswer, FetchInit } from "./host.ts";
import { ask, called, done, endBy, type Pending, tooLarge } from "./pending.ts";
import { discardBody, openBody, type Pieces, readBody } from "./response-body.ts";

/** A body that is read piece by piece. */
export interface OpenedBody {
  pieces: Pieces;
  connection: Connection | undefined;
  isRead: boolean;
}

/** What a request begins with, apart from where it goes. */
interface Head {
  method: string;
  headers: Record<string, string>;
}

/** How the runtime's own `fetch` is called, which may know more than one that is given. */
type Init = Omit<FetchInit, "redirect"> & (Pick<FetchInit, "redirect"> | OptionsOfNode);

/** The requests of one client. */
export class Requests {
  readonly #given: Fetch | undefined;
  readonly #connections: SignalledConnections;
  /** Whether requests go by the `fetch` of a runtime that is no browser. */
  readonly #keepsLengths: boolean;
  /** Whether requests go by Node's `fetch`, where that shows itself. */
  readonly #isByNode: boolean;
  /** Of the last request: the core does not tell again what has not changed. */
  #head: Head = { method: "GET", headers: {} };
  #url = "";

  /** @param given the user's `fetch`, in place of the runtime's */
  constructor(given: Fetch | undefined, runtime: { isBrowser: boolean; isNode: boolean; callsCanVanish: boolean }) {
    this.#given = given;
    this.#keepsLengths = !given && !runtime.isBrowser;
    this.#isByNode = !given && runtime.isNode;
    this.#connections = new SignalledConnections(this.#keepsLengths && !runtime.callsCanVanish);
  }

  /**
   * One request; ends with the answer's status, header fields and whole body, of at most so many bytes. One that is
   * repeatable may reach the tenant twice.
   */
  exchange(
    pending: Pending,
    head: string | undefined,
    url: string | undefined,
    body: string | undefined,
    most: number,
    isRepeatable: boolean,
  ): void {
    const sending = this.#isByNode && hasShownItself() ? new Sending(isRepeatable) : undefined;
    this.#fetch(pending, head, url, body, sending, (answer, connection) => {
      const begun = (pieces: Pieces) => {
        pending.onLeave = () => {
          pieces.cancel();
          connection?.cut();
        };
      };
      const use = (bytes: Uint8Array | undefined) => {
        if (pending.isOver) return;
        if (!bytes) return pending.finish(tooLarge);
        connection?.end?.();
        pending.finish(answer.status, headersOf(answer), bytes);
      };
      // What a mock in the place of `fetch` answers may be anything.
      const useTogether = (bytes: Uint8Array | undefined) => answeredTogether(() => endBy(pending, () => use(bytes)));
      const reading = sending ? "as-announced" : this.#keepsLengths ? "in-one-go" : "by-itself";
      ask(pending, readBody(answer, most, reading, begun), sending ? useTogether : use);
    });
  }

  /** One request; ends with the answer's status and header fields, when its body was given to `use`. */
  open(pending: Pending, head: string | undefined, url: string | undefined, use: (body: OpenedBody) => void): void {
    this.#fetch(pending, head, url, undefined, undefined, (answer, connection) => {
      use({ pieces: openBody(answer), connection, isRead: false });
      pending.finish(answer.status, headersOf(answer));
    });
  }

  #fetch(
    pending: Pending,
    head: string | undefined,
    url: string | undefined,
    body: string | undefined,
    sending: Sending | undefined,
    use: (answer: FetchAnswer, connection: Connection | undefined) => unknown,
  ): void {
    // Also where nothing is sent: the core will not tell it again.
    if (head !== undefined) this.#head = headOf(head);
    if (url !== undefined) this.#url = url;
    // The signal may have fired already.
    if (pending.isOver) return;
    const signalled = sending && cutsWithoutSignal() ? undefined : this.#connections.take();
    const connection = signalled ?? sending;
    pending.onLeave = () => connection?.cut();
    const { method, headers } = this.#head;
    // A plain object: mocks, polyfills and other realms take nothing fancier.
    const init: Init = {
      method,
      headers: { ...headers },
      ...(sending ? optionsOfNode(sending) : { redirect: "manual" }),
    };
    if (body !== undefined) init.body = body;
    if (signalled) init.signal = signalled.signal;
    ask(
      pending,
      fetchOf(this.#given, this.#url, init),
      (answer) => (pending.isOver ? discardBody(answer) : use(answer, connection)),
      // Told as a browser tells a redirect: by an answer without a status.
      (error) => (isRefusedRedirect(error) ? pending.finish(done) : pending.fail(error)),
    );
  }
}

/** The promise of a `fetch`, which may throw instead; nothing where there is no `fetch`. */
function fetchOf(given: Fetch | undefined, url: string, init: Init): PromiseLike<FetchAnswer> | undefined {
  if (given) return called(given, url, init as FetchInit);
  const runtime = globalThis as { fetch?: (url: string, init: Init) => PromiseLike<FetchAnswer> };
  // Called as a method: some runtimes insist on their global object as `this`.
  return typeof runtime.fetch === "function"
    ? called(() => (runtime as Required<typeof runtime>).fetch(url, init))
    : undefined;
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
