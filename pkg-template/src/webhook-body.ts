// The body of a webhook: its bytes as they came, and no more than are allowed.

import { checkNotAborted, unlessAborted } from "./abort-signal.ts";
import { piecesOf } from "./byte-source.ts";
import { encode } from "./encode.ts";
import { failure, NexthinkError } from "./errors.ts";
import { gather, type Pieces } from "./response-body.ts";
import type { WebhookRequest } from "./webhook-request.ts";

/** How large a payload may be, in bytes, where the host does not say. */
export const usualWebhookBytes = 1_048_576;

/**
 * Reads a body piece by piece, and no further than `most` bytes.
 *
 * @throws NexthinkError of kind `invalid` for one that is larger or packed, `aborted` when the caller's signal says so
 */
export async function readWebhookBody(
  request: WebhookRequest,
  headers: Record<string, string>,
  most: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const encoding = (headers["content-encoding"] ?? "").trim().toLowerCase();
  if (encoding !== "" && encoding !== "identity") {
    throw refused("webhook-payload", "the payload is packed", "send it without a content-encoding");
  }
  if (Number(headers["content-length"]) > most) throw tooLarge(most);
  const body = await bodyOf(request, signal);
  // A text has at least as many bytes as characters.
  if (typeof body === "string" && body.length > most) throw tooLarge(most);
  const whole = await gatherUntil(piecesOf(body), most, signal);
  if (whole === undefined) throw tooLarge(most);
  return whole;
}

/** Lets go of the body when the caller does: else an end that never comes would be waited for. */
async function gatherUntil(pieces: Pieces, most: number, signal: AbortSignal | undefined) {
  try {
    checkNotAborted(signal, reading);
    return await unlessAborted(gather(pieces, most), signal, reading);
  } catch (thrown) {
    pieces.cancel();
    if (NexthinkError.is(thrown)) throw thrown;
    throw failure("network", "the webhook's body broke off", "its own error is the `cause`", thrown);
  }
}

/** What a signal cancels. */
const reading = "the reading of the webhook's body";

/** What there is to read of a request: its body, itself where it is a stream, or what its methods give. */
async function bodyOf(request: WebhookRequest, signal: AbortSignal | undefined): Promise<unknown> {
  const { body, arrayBuffer, text } = request as WebhookRequest & {
    arrayBuffer?: () => PromiseLike<unknown>;
    text?: () => PromiseLike<unknown>;
  };
  if (typeof body === "string" || isReadable(body)) return body;
  if (body !== undefined && body !== null) return encode(body);
  const read = typeof arrayBuffer === "function" ? arrayBuffer : text;
  if (typeof read !== "function") return Symbol.asyncIterator in request ? request : "";
  checkNotAborted(signal, reading);
  return unlessAborted(read.call(request), signal, reading);
}

/** Whether it is bytes, or gives some; an object that somebody has parsed does neither. */
function isReadable(body: unknown): boolean {
  if (ArrayBuffer.isView(body)) return true;
  const kind = Object.prototype.toString.call(body);
  const { getReader, stream } = Object(body) as { getReader?: unknown; stream?: unknown };
  const isBlob = kind === "[object Blob]" && typeof stream === "function";
  return (
    kind === "[object ArrayBuffer]" || typeof getReader === "function" || isBlob || Symbol.asyncIterator in Object(body)
  );
}

const tooLarge = (most: number) =>
  refused("webhook-size", `the payload has more than ${most.toLocaleString("en")} bytes`, "send less, or allow more");

function refused(code: string, message: string, hint: string): NexthinkError {
  return new NexthinkError({ kind: "invalid", code, message, hint, retryable: false, sideEffect: "none" });
}
