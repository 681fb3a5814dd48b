// The body of an answer for the core: whole, up to a limit, or piece by piece and unpacked.

import { bytesOf } from "./bytes.ts";
import type { FetchAnswer } from "./host.ts";
import { unpacked } from "./unpack.ts";

/** A body piece by piece. `next` gives nothing at the end; `cancel` lets go of the rest, at any time. */
export interface Pieces {
  next(): PromiseLike<Uint8Array | undefined>;
  cancel(): void;
}

/**
 * How the body of an answer is read. `"by-itself"`: piece by piece, until it ends. Where a `fetch` gives no more than was
 * announced, and stops when it is cut off, it can be cheaper: `"in-one-go"`, or, by Node's, `"as-announced"`, which
 * asks for nothing more when all is there that was announced: to be told of the end costs as much as to read the rest.
 */
export type Reading = "by-itself" | "in-one-go" | "as-announced";

/**
 * A body's bytes; nothing where they are more than `most`, of which the rest is not read. What an announced length
 * already says is not read at all. `begun` is given what lets go of the body while it is read.
 */
export function readBody(
  answer: FetchAnswer,
  most: number,
  reading: Reading,
  begun: (pieces: Pieces) => void,
): PromiseLike<Uint8Array | undefined> {
  // The length is that of what was sent. Packed, it says nothing of what comes out, and a browser does not tell a page
  // of another origin that it was packed: a small length promises nothing.
  const length = Number(answer.headers.get("content-length") ?? Number.NaN);
  const isPacked = Boolean(answer.headers.get("content-encoding"));
  if (length > most && !isPacked) {
    discardBody(answer);
    return Promise.resolve(undefined);
  }
  const keepsLength = reading !== "by-itself" && length <= most && !isPacked;
  if (keepsLength && reading === "as-announced" && length > 0 && isReadable(answer.body)) {
    const reader = answer.body.getReader();
    return reader.read().then(({ value = nothing }) => {
      // What a mock announces may be wrong: then it is read to its end.
      if (value.length === length) return value;
      return readOn(reader, value, length).then((whole) => (whole.length > most ? undefined : whole));
    });
  }
  if (keepsLength || !isReadable(answer.body)) {
    // What a mock gives may be no promise.
    return Promise.resolve(answer.arrayBuffer()).then((buffer) => {
      const whole = new Uint8Array(buffer);
      return whole.length > most ? undefined : whole;
    });
  }
  const pieces = piecesOf(answer);
  begun(pieces);
  return gather(pieces, most);
}

/** A body up to where it has the announced length, or to its end. Most come in one piece. */
async function readOn(reader: BodyReader, first: Uint8Array, length: number): Promise<Uint8Array> {
  const pieces = [first];
  let read = first.length;
  while (read !== length) {
    const { value } = await reader.read();
    if (!value) break;
    pieces.push(value);
    read += value.length;
  }
  return joined(pieces, read);
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/** A body piece by piece, unpacked where it is packed. */
export function openBody(answer: FetchAnswer): Pieces {
  return unpacked(piecesOf(answer));
}

/** Lets go of the body of an answer that nobody will read. */
export function discardBody(answer: FetchAnswer): void {
  const { body } = Object(answer) as { body?: Partial<ReadableStream> | null };
  body?.cancel?.().catch(() => {});
}

/** A body's bytes; nothing where they are more than `most`, of which the rest is let go. */
export async function gather(pieces: Pieces, most: number): Promise<Uint8Array | undefined> {
  const gathered: Uint8Array[] = [];
  let length = 0;
  for (let piece = await pieces.next(); piece; piece = await pieces.next()) {
    length += piece.length;
    if (length > most) {
      pieces.cancel();
      return undefined;
    }
    gathered.push(piece);
  }
  return joined(gathered, length);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first = nothing] = pieces;
  if (pieces.length <= 1) return first;
  const whole = new Uint8Array(length);
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}

const nothing = new Uint8Array();

function piecesOf(answer: FetchAnswer): Pieces {
  const { body } = answer;
  if (isReadable(body)) {
    const reader = body.getReader();
    return {
      next: async () => (await reader.read()).value,
      cancel: () => void reader.cancel().catch(() => {}),
    };
  }
  // A mock or a polyfill without streams: the whole is the only piece.
  // Not asked for before it is wanted: nobody would hear of it if it failed.
  let isRead = false;
  return {
    async next() {
      if (isRead) return undefined;
      isRead = true;
      const piece = bytesOf(await answer.arrayBuffer());
      return piece?.length ? piece : undefined;
    },
    cancel() {
      isRead = true;
    },
  };
}

function isReadable(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof (body as { getReader?: unknown } | null | undefined)?.getReader === "function";
}
