// Bytes from wherever a caller has them, piece by piece: told by what they can do, not by `instanceof`, because they may
// come from another realm.

import { bytesOf } from "./bytes.ts";
import { encodeText } from "./encode.ts";
import { failure, invalid, type NexthinkError } from "./errors.ts";
import { enlargePieces, isOpenFile, type OpenFile, piecesOfFile } from "./node-files.ts";
import type { Pieces } from "./response-body.ts";
import { type RowSource, rowsAsText } from "./row-source.ts";
import { unpacked } from "./unpack.ts";

/** What has a body: a `Response`, a `Request`. */
export interface HasBody {
  readonly body: ReadableStream<Uint8Array> | null;
  arrayBuffer(): PromiseLike<ArrayBuffer>;
}

/** Where bytes come from. Node's streams are async iterables; a `Blob` is a file in a browser. */
export type ByteSource =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | HasBody
  | OpenFile
  | { stream(): ReadableStream<Uint8Array> };

/**
 * The bytes of a source, unpacked where they are packed with gzip; of rows, their text. Nothing is asked of it before the
 * first piece is, and a piece holds until the next is asked for.
 *
 * @throws NexthinkError of kind `invalid` for what is no source, and for an answer that tells of a failure
 */
export function openSource(source: RowSource): Pieces {
  checkNotPlace(source);
  if (isOpenFile(source) || isNodesStream(source)) {
    // Each would get a part of it.
    if (taken.has(source)) throw wasRead();
    taken.add(source);
  }
  const pieces = unpacked(isOpenFile(source) ? piecesOfFile(source) : piecesOf(source, rowsAsText, noLines()));
  return {
    async next() {
      try {
        return await pieces.next();
      } catch (thrown) {
        throw unreadable(thrown);
      }
    },
    cancel: pieces.cancel,
  };
}

/** Whoever passes a path, an address or a promise means what is there. */
function checkNotPlace(source: unknown): void {
  const { then, href } = Object(source) as { then?: unknown; href?: unknown };
  if (typeof then === "function") throw invalid("what was passed is a promise", "wait for it: `await open(path)`");
  const isPath = typeof source === "string" && source.length < 4_096 && pathOrAddress.test(source);
  if (!isPath && typeof href !== "string") return;
  const hint = "pass what is there: `await open(path)` in Node, the answer of `fetch`, or a text with the file itself";
  throw invalid("what was passed is a path or an address, and not the file", hint);
}

/** One line without columns. */
const pathOrAddress = /^[a-z]+:\/\/\S+$|^[^\n\r,;{}[\]"]+\.(?:csv|txt|json|jsonl|ndjson|gz)$/i;

/** Does what comes before a source is read. Where that is refused, nobody else may have a file that was opened in the call. */
export function orLetGo<T>(source: unknown, settle: () => T): T {
  try {
    return settle();
  } catch (refused) {
    if (!taken.has(Object(source))) {
      if (isOpenFile(source)) source.close().then(undefined, () => {});
      else if (isNodesStream(source)) source.destroy();
    }
    throw refused;
  }
}

/** The files and streams that are read, or were. */
const taken = new WeakSet<object>();

const isNodesStream = (source: unknown): source is { destroy(): void } =>
  typeof Object(source).destroy === "function" && Symbol.asyncIterator in Object(source);

/** What a source may have. */
interface AnySource {
  getReader: unknown;
  body: { getReader?: unknown } | null;
  arrayBuffer: (this: unknown) => PromiseLike<ArrayBuffer>;
  ok: unknown;
  status: unknown;
  stream: () => ReadableStream<Uint8Array>;
  [Symbol.asyncIterator]: () => AsyncIterator<unknown>;
  [Symbol.iterator]: () => Iterator<unknown>;
  destroy: () => unknown;
  destroyed: unknown;
  readableEnded: unknown;
}

/** What an iterable or a stream gives, one after the other. `cancel` lets go of the rest, at any time. */
export interface Items {
  next(): Promise<IteratorResult<unknown>>;
  cancel(): void;
}

/**
 * The bytes of a source as they come.
 *
 * @param readAs makes bytes or texts of what an iterable or a stream gives
 * @param check is shown each of them, and may throw
 * @throws as `openSource`
 */
export function piecesOf(
  source: unknown,
  readAs = (items: Items) => items,
  check: (item: IteratorResult<unknown>) => void = () => {},
): Pieces {
  if (typeof source === "string") return onePiece(async () => encodeText(source));
  const bytes = bytesOf(source);
  if (bytes) return onePiece(async () => bytes);
  const from = Object(source) as Partial<AnySource>;
  const read = (given: Items): Pieces => {
    const items = readAs(given);
    const next = async () => {
      const item = await items.next();
      check(item);
      return pieceOf(item);
    };
    return { next, cancel: items.cancel };
  };
  if (typeof from.getReader === "function") return read(streamed(source as ReadableStream<unknown>));
  if (typeof from.arrayBuffer === "function" && "body" in from) {
    if (from.ok === false) {
      throw invalid(`the answer has status ${from.status}, and is no file`, "look at what was asked for");
    }
    if (typeof from.body?.getReader === "function") return read(streamed(from.body as ReadableStream<Uint8Array>));
    const { arrayBuffer } = from;
    return onePiece(async () => bytesOf(await arrayBuffer.call(from)));
  }
  // One of Node's that has come to its end would be a file without rows.
  if (from.destroyed === true || from.readableEnded === true) throw wasRead();
  const iterator = from[Symbol.asyncIterator]?.() ?? from[Symbol.iterator]?.();
  if (iterator) return read(itemsOf(iterator, from));
  if (typeof from.stream === "function") return read(streamed(from.stream()));
  const hint = "pass a stream, an async iterable of bytes, a `Response`, bytes or a text";
  throw invalid("there is nothing to read from what was passed", hint);
}

function wasRead(): NexthinkError {
  return invalid("the stream is read by somebody else, or was read", "pass one that nobody has begun to read");
}

/** Looks at what comes: a file's lines, each without its end, would be joined to one line, and be a header without rows. */
function noLines(): (item: IteratorResult<unknown>) => void {
  let texts = 0;
  let mayBeLines = true;
  return ({ done, value }) => {
    if (done && mayBeLines && texts > 1) {
      const hint = "pass the file itself, as by `open`, or each line with its line break";
      throw invalid("the texts have no line break in all: they are joined as they come, and are lines", hint);
    }
    if (!done && mayBeLines) {
      // JSON needs none.
      mayBeLines = typeof value === "string" && !/[\n\r]/.test(value) && (texts > 0 || !/^\s*[[{]/.test(value));
      texts += 1;
    }
  };
}

/** What is used of a reader of a stream. */
interface StreamReader {
  read(): Promise<{ done: boolean; value?: unknown }>;
  cancel(): Promise<void>;
}

/** A reader that can be told how much to give at once: workerd's, for streams of its own. */
interface PatientReader extends Pick<StreamReader, "cancel"> {
  readAtLeast(bytes: number, into: Uint8Array): ReturnType<StreamReader["read"]>;
}

/** Such a stream gives 4 KB at a time otherwise, and each piece costs more than reading it. */
const patience = 65_536;

function readerOf(stream: ReadableStream<unknown>): StreamReader {
  const { ReadableStreamBYOBReader } = globalThis as { ReadableStreamBYOBReader?: { prototype: object } };
  if (!ReadableStreamBYOBReader || !("readAtLeast" in ReadableStreamBYOBReader.prototype)) return stream.getReader();
  try {
    const patient = stream.getReader({ mode: "byob" }) as unknown as PatientReader;
    return { read: () => patient.readAtLeast(patience, new Uint8Array(patience)), cancel: () => patient.cancel() };
  } catch {
    // One of pieces, not of bytes.
    return stream.getReader();
  }
}

function streamed(stream: ReadableStream<unknown>): Items {
  let reader: StreamReader | undefined;
  const open = () => {
    if (!reader && stream.locked) {
      throw wasRead();
    }
    reader ??= readerOf(stream);
    return reader;
  };
  return {
    next: async () => (await open().read()) as IteratorResult<unknown>,
    cancel() {
      // One that somebody else reads is theirs.
      if (reader) reader.cancel().catch(() => {});
      else if (!stream.locked) stream.cancel().catch(() => {});
    },
  };
}

function itemsOf(iterator: AsyncIterator<unknown> | Iterator<unknown>, source: Partial<AnySource>): Items {
  let isBegun = false;
  let isWaiting = false;
  let isOver = false;
  const leave = async () => {
    // One of Node's that has not begun lets go of nothing by itself, and one that waits only after what may never come.
    if (!isBegun || isWaiting) source.destroy?.();
    await iterator.return?.();
  };
  return {
    async next() {
      if (isOver) return { done: true, value: undefined };
      if (!isBegun) enlargePieces(source);
      isBegun = true;
      isWaiting = true;
      try {
        const result = await iterator.next();
        isOver = result.done === true;
        return result;
      } finally {
        isWaiting = false;
      }
    },
    cancel() {
      if (isOver) return;
      isOver = true;
      // What it throws now, nobody waits for.
      Promise.resolve()
        .then(leave)
        .catch(() => {});
    },
  };
}

function onePiece(read: () => Promise<Uint8Array | undefined>): Pieces {
  let isRead = false;
  return {
    async next() {
      if (isRead) return undefined;
      isRead = true;
      return read();
    },
    cancel() {
      isRead = true;
    },
  };
}

/** Streams that were told an encoding give text. */
function pieceOf({ done, value }: { done?: boolean; value?: unknown }): Uint8Array | undefined {
  if (done) return undefined;
  if (typeof value === "string") return encodeText(value);
  const bytes = bytesOf(value);
  if (!bytes) throw invalid("the stream gave a piece that is neither bytes nor text", "pass a stream of bytes");
  return bytes;
}

function unreadable(thrown: unknown): unknown {
  const { kind, code } = Object(thrown) as { kind?: unknown; code?: unknown };
  if (typeof kind === "string") return thrown;
  if (code === "ERR_UNPACK") {
    const hint = "fetch the file again, or unpack it before it is passed";
    return failure("malformed", (thrown as Error).message, hint, (thrown as Error).cause);
  }
  const misuse = code === "EISDIR" ? "a directory" : code === "EBADF" ? "a file that is closed" : undefined;
  if (misuse) return invalid(`what was passed is ${misuse}`, "open the file itself, right before it is passed", thrown);
  return failure("network", "the stream failed before its end", "its own error is the `cause`: read it again", thrown);
}
