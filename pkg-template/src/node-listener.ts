// A handler of the web's requests, served by Node: `node:http`, Express, the pages of Next.js. Nothing of Node is imported, and
// of its two objects only what `node-listener/` names is used.

import { invalid, NexthinkError } from "./errors.ts";
import { isRefusal, problemHeaders, problemOf, Refusal } from "./handler/problem.ts";
import { requireFunction } from "./host.ts";
import { bodyOf } from "./node-listener/body.ts";
import type { NodeIncoming, NodeOutgoing } from "./node-listener/parts.ts";
import { requestOf } from "./node-listener/request.ts";
import { tellTo } from "./tell.ts";

export type { NodeIncoming, NodeOutgoing } from "./node-listener/parts.ts";

/** What a listener may be given besides its handler. */
export interface NodeListenerOptions {
  /**
   * Is told what the handler has thrown or rejected with, or gave in place of a response, which is answered with 500; and
   * what has broken the body of its answer. What it throws is ignored.
   */
  onError?: (error: unknown, request: Request) => unknown;
}

/**
 * What `createHandler` gives, or any such function, as a listener of Node's HTTP server; Express' `app.use` and the pages of
 * Next.js take it, too. Bodies are streamed; one that was parsed before is written as JSON anew. The request's `signal` fires
 * when the client leaves before it has the whole answer. What the handler rejects with is answered with 500, and told to
 * `onError` alone.
 *
 * @throws NexthinkError of kind `invalid` for what is no function, and for an option that is not known
 * @example
 * ```ts
 * const door = createHandler(nexthink, { apiKey, employee, onError: console.error });
 * createServer(toNodeListener(door)).listen(8080);
 * ```
 */
export function toNodeListener(
  handler: (request: Request) => Response | PromiseLike<Response>,
  options: NodeListenerOptions = {},
): (incoming: NodeIncoming, outgoing: NodeOutgoing) => void {
  requireFunction("handler", handler);
  const unknown = Object.keys(options ?? {}).find((name) => name !== "onError");
  if (unknown !== undefined) throw invalid(`\`${unknown}\` is no option of a listener`, "give onError");
  const { onError } = options ?? {};
  if (onError !== undefined) requireFunction("onError", onError);
  return (incoming, outgoing) => void listen(handler, onError, incoming, outgoing);
}

type Handler = Parameters<typeof toNodeListener>[0];
type OnError = NodeListenerOptions["onError"];

async function listen(
  handler: Handler,
  onError: OnError,
  incoming: NodeIncoming,
  outgoing: NodeOutgoing,
): Promise<void> {
  const leaving = new AbortController();
  const body = bodyOf(incoming);
  let isAnswered = false;
  outgoing.on("close", () => {
    if (!isAnswered) leaving.abort();
    body.leave();
  });
  // That the client has gone is told by `close`; an error that nobody listens to would end the process.
  outgoing.on("error", () => {});
  // Whoever awaits something before this listener may have lost the client meanwhile.
  if (outgoing.destroyed) leaving.abort();
  const request = requestOrRefusal(() => requestOf(incoming, body.stream, leaving.signal));
  const tell = (error: unknown) => {
    if (request instanceof Response || (leaving.signal.aborted && isAbort(error))) return;
    tellTo(onError, error, request);
  };
  try {
    const answer = request instanceof Response ? request : await answerOf(handler, request, tell);
    if (await send(answer, incoming.method, outgoing, leaving.signal)) {
      isAnswered = true;
      outgoing.end();
    }
  } catch (thrown) {
    if (!leaving.signal.aborted) tell(thrown);
    // Half an answer must not look like a whole one.
    outgoing.destroy();
  }
}

/** Whether something has failed because it was given up: its error is the signal's, or our own. */
function isAbort(error: unknown): boolean {
  const { name, kind } = Object(error);
  return name === "AbortError" || kind === "aborted";
}

/** The request, or the answer to what is none. */
function requestOrRefusal(made: () => Request): Request | Response {
  try {
    return made();
  } catch (thrown) {
    if (isRefusal(thrown) || NexthinkError.is(thrown)) return refused(thrown);
    return refused(new Refusal("invalid", "this is no request of the web", "send another address"));
  }
}

/** The handler's answer, or what stands for it: a stranger is told nothing of what has happened. */
async function answerOf(handler: Handler, request: Request, tell: (error: unknown) => void): Promise<Response> {
  try {
    const answer = await handler(request);
    if (Number(answer?.status) >= 200) return answer;
    throw invalid("the handler gave no response that can be sent", "let it give a `Response` of status 200 to 599");
  } catch (thrown) {
    tell(thrown);
    return refused(new Refusal("internal", "an unexpected error", "the log of the host tells more"));
  }
}

function refused(refusal: Refusal | NexthinkError): Response {
  const problem = problemOf(refusal);
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store" };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...headers, ...problemHeaders(refusal, problem) },
  });
}

/**
 * Writes everything but the end. What comes too late, as another has answered or the client has gone, is let go of.
 *
 * @returns whether the end is to be written, too
 */
async function send(
  answer: Response,
  method: string | undefined,
  outgoing: NodeOutgoing,
  signal: AbortSignal,
): Promise<boolean> {
  const reader = answer.body?.getReader();
  const cancel = () => void reader?.cancel().catch(() => {});
  if (signal.aborted || outgoing.headersSent) {
    cancel();
    return false;
  }
  outgoing.statusCode = answer.status;
  for (const [name, value] of answer.headers) {
    // Those that the host has set before count, too: of cookies each one, of `vary` whatever a cache has to look at.
    if (name === "set-cookie" || name === "vary") outgoing.appendHeader(name, value);
    else outgoing.setHeader(name, value);
  }
  if (!reader || method === "HEAD") {
    cancel();
    return true;
  }
  let goOn = () => {};
  outgoing.on("drain", () => goOn());
  signal.addEventListener("abort", () => {
    cancel();
    goOn();
  });
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (signal.aborted) break;
    if (outgoing.write(piece.value) || signal.aborted) continue;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  }
  return !signal.aborted;
}
