// A handler of the web's requests, served by Node: `node:http`, Express, the pages of Next.js. Nothing of Node is imported, and
// of its two objects only what `node-listener/` names is used.

import { NexthinkError } from "./errors.ts";
import { isRefusal, problemHeaders, problemOf, Refusal } from "./handler/problem.ts";
import { requireFunction } from "./host.ts";
import { bodyOf } from "./node-listener/body.ts";
import type { NodeIncoming, NodeOutgoing } from "./node-listener/parts.ts";
import { requestOf } from "./node-listener/request.ts";

export type { NodeIncoming, NodeOutgoing } from "./node-listener/parts.ts";

/**
 * What `createHandler` gives, or any such function, as a listener of Node's HTTP server; Express' `app.use` and the pages of
 * Next.js take it, too. Bodies are streamed; one that was parsed before is written as JSON anew. The request's `signal` fires
 * when the client leaves before it has the whole answer. What the handler rejects with is answered with 500, and told to nobody.
 *
 * @throws NexthinkError of kind `invalid` for what is no function
 * @example
 * ```ts
 * createServer(toNodeListener(createHandler(nexthink, { apiKey, employee }))).listen(8080);
 * ```
 */
export function toNodeListener(
  handler: (request: Request) => Response | PromiseLike<Response>,
): (incoming: NodeIncoming, outgoing: NodeOutgoing) => void {
  requireFunction("handler", handler);
  return (incoming, outgoing) => void listen(handler, incoming, outgoing);
}

type Handler = Parameters<typeof toNodeListener>[0];

async function listen(handler: Handler, incoming: NodeIncoming, outgoing: NodeOutgoing): Promise<void> {
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
  try {
    const answer = await answerOf(handler, () => requestOf(incoming, body.stream, leaving.signal));
    if (await send(answer, incoming.method, outgoing, leaving.signal)) {
      isAnswered = true;
      outgoing.end();
    }
  } catch {
    // Half an answer must not look like a whole one.
    outgoing.destroy();
  }
}

/** The handler's answer, or what stands for it. */
async function answerOf(handler: Handler, made: () => Request): Promise<Response> {
  let request: Request;
  try {
    request = made();
  } catch (thrown) {
    if (isRefusal(thrown) || NexthinkError.is(thrown)) return refused(thrown);
    return refused(new Refusal("invalid", "this is no request of the web", "send another address"));
  }
  try {
    const answer = await handler(request);
    if (Number(answer?.status) >= 200) return answer;
  } catch {
    // A stranger is told nothing of it.
  }
  return refused(new Refusal("internal", "an unexpected error", "the log of the host tells more"));
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
