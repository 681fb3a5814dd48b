// Node's request as one of the web.

import type { OwnBytes } from "../bytes.ts";
import { Refusal } from "../handler/problem.ts";
import { readBefore } from "./body.ts";
import type { NodeIncoming } from "./parts.ts";

/** @throws Refusal, or whatever `Request` throws for what it does not take */
export function requestOf(incoming: NodeIncoming, stream: () => ReadableStream<Uint8Array>, signal: AbortSignal) {
  const { method = "GET" } = incoming;
  // Node takes them, and the web's requests do not.
  if (/^(?:connect|trace|track)$/i.test(method)) {
    throw new Refusal("method", "this address does not take this method", `use ${methods}`, { allow: methods });
  }
  const address = addressOf(incoming);
  const headers = headersOf(incoming);
  if (method === "GET" || method === "HEAD") return new Request(address, { method, headers, signal });
  if (!incoming.readableEnded) {
    // Node asks for `duplex` with a stream; not every version of TypeScript knows it.
    const streamed = { method, headers, signal, body: stream(), duplex: "half" };
    return new Request(address, streamed);
  }
  const body = readBefore(incoming);
  // Those are of what came: now it may be longer, and is no longer packed.
  for (const name of ["content-length", "content-encoding", "transfer-encoding"]) headers.delete(name);
  return new Request(address, { method, headers, signal, ...(body && { body: body as OwnBytes }) });
}

const methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/**
 * The address that was asked for. Its host and scheme are the caller's words: behind a proxy they may be others than outside.
 *
 * @throws Refusal
 */
function addressOf({ originalUrl, url = "", headers, socket }: NodeIncoming): string {
  const host = String(headers.host ?? headers[":authority"] ?? "");
  if (!/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host)) {
    throw new Refusal("invalid", "the header `host` is missing, or names no host", "send one like `chat.acme.com`");
  }
  const [, path = "", search = ""] = /^(?:https?:\/\/[^/?#]*)?(\/[^?#]*)(\?[^#]*)?$/i.exec(originalUrl ?? url) ?? [];
  // `Request` would take `..` for a step up, and so come to another place than where a guard before the handler has looked.
  if (path === "" || path.includes("\\") || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw new Refusal("invalid", "the address is no path, or has steps in it", "send a path like `/health`");
  }
  const isSecure = (socket as { encrypted?: unknown } | null | undefined)?.encrypted === true;
  return `${isSecure ? "https" : "http"}://${host}${path}${search}`;
}

/** As Node gives them, and not as they came: what the host's own program has changed there counts. */
function headersOf(incoming: NodeIncoming): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    // HTTP/2 has method, path and host among them.
    if (value === undefined || name.startsWith(":")) continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  return headers;
}
