// The body of Node's request as a stream of the web: nothing is read before it is wanted, and no more than is wanted.

import { bytesOf } from "../bytes.ts";
import { encode, encodeText } from "../encode.ts";
import { Refusal } from "../handler/problem.ts";
import { mediaType } from "../handler/request.ts";
import type { NodeIncoming } from "./parts.ts";

/** A body that is streamed. */
export interface StreamedBody {
  stream(): ReadableStream<Uint8Array>;
  /** Lets go of what nobody will read any more. */
  leave(): void;
}

/** The body of a request, of which nothing is read yet. */
export function bodyOf(incoming: NodeIncoming): StreamedBody {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let hasBegun = false;
  let isOver = false;
  const over = (last?: () => void) => {
    if (isOver) return;
    isOver = true;
    last?.();
    // The rest flows into nothing, as Node does it with bodies that nobody reads: destroyed, the request would take the
    // connection with it, and the answer that says what was wrong.
    incoming.resume();
  };
  const fail = () => over(() => controller?.error(new Error("the body of the request has not come to its end")));
  const begin = () => {
    incoming.on("data", (piece: Uint8Array) => {
      if (isOver) return;
      controller?.enqueue(piece);
      incoming.pause();
    });
    incoming.on("end", () => over(() => controller?.close()));
    incoming.on("error", fail);
    incoming.on("close", fail);
    // Of one that is gone already nothing would be heard.
    if (incoming.destroyed) fail();
  };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(given) {
      controller = given;
    },
    pull() {
      if (!hasBegun) begin();
      hasBegun = true;
      if (!isOver) incoming.resume();
    },
    cancel: () => over(),
  };
  return { stream: () => new ReadableStream(source, { highWaterMark: 0 }), leave: fail };
}

/**
 * The bytes of a body that something before this listener has read; nothing where there was none.
 *
 * @throws Refusal where they are gone
 * @throws NexthinkError of kind `invalid` for what was parsed and cannot be written, as it is too deep
 */
export function readBefore({ body, rawBody, headers }: NodeIncoming): Uint8Array | undefined {
  const bytes = bytesOf(rawBody) ?? bytesOf(body) ?? textOf(rawBody) ?? textOf(body);
  if (bytes) return bytes;
  if (headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0) return undefined;
  // A signature is that of the bytes as they came.
  const isSigned = headers["webhook-signature"] !== undefined;
  const isJson = /^application\/(?:.+\+)?json$/.test(mediaType(String(headers["content-type"] ?? "")));
  if (body === undefined || isSigned || !isJson) {
    throw new Refusal(
      "internal",
      "the body was read before the handler could read it",
      "in the host's program, put the handler before what parses bodies",
    );
  }
  return encode(body);
}

const textOf = (value: unknown) => (typeof value === "string" ? encodeText(value) : undefined);
