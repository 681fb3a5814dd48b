// Files in Node: one that is open, piece by piece into the same room, because streams make new room for each piece, which
// takes longer than to read into it; and the streams, which are made to give larger pieces.

import type { Pieces } from "./response-body.ts";

/** A `FileHandle` of Node, as `open` of `node:fs/promises` gives it. */
export interface OpenFile {
  readonly fd: number;
  read(into: Uint8Array, offset: number, length: number, position: null): PromiseLike<{ bytesRead: number }>;
  close(): PromiseLike<void>;
}

/** Of less at a time, the asking costs more than the reading. */
const room = 4_194_304;

/**
 * The room begins so far behind the beginning of what was allocated, which is mostly right behind that of a page: what is
 * copied from a page to there takes some processors (AMD's Zen 3) four times as long as anywhere else.
 */
const before = 64;

/** So much of it is handed on at once: who unpacks it keeps a copy. */
const most = 262_144;

/** Node's streams of files look alike, but can be iterated. */
export function isOpenFile(source: unknown): source is OpenFile {
  const { fd, read, close } = Object(source) as { [name in keyof OpenFile]?: unknown };
  const isIterable = Symbol.asyncIterator in Object(source);
  return typeof fd === "number" && typeof read === "function" && typeof close === "function" && !isIterable;
}

/** Its pieces from where it stands, each only until the next is asked for. The file is closed at its end, or by `cancel`. */
export function piecesOfFile(file: OpenFile): Pieces {
  const into = new Uint8Array(before + room).subarray(before);
  let left = into.subarray(0, 0);
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    // What was read is whole, whatever comes of that.
    file.close().then(undefined, () => {});
  };
  return {
    async next() {
      if (isClosed) return undefined;
      if (left.length === 0) {
        const { bytesRead } = await file.read(into, 0, room, null);
        left = into.subarray(0, bytesRead);
        if (bytesRead === 0) close();
      }
      const piece = left.subarray(0, most);
      left = left.subarray(most);
      return piece.length > 0 ? piece : undefined;
    },
    cancel: close,
  };
}

/** What is used of a stream of Node's to read from. */
interface NodeStream {
  readonly path: unknown;
  readonly readableObjectMode: boolean;
  read(size: number): unknown;
  unshift(piece: unknown): void;
}

/** A stream is asked for so much at a time. With more, memory grows, and little is won. */
const large = 1_048_576;

/**
 * Makes a stream of a file give larger pieces: left alone it reads 64 KB at a time, and a piece costs more than reading it
 * does. A stream of Node's that is asked for more than its high-water mark raises that, and reads as much at once.
 */
export function enlargePieces(source: object): void {
  const stream = source as NodeStream;
  // Of objects it would be a million.
  if (typeof stream.path !== "string" || stream.readableObjectMode !== false) return;
  const piece = stream.read(large);
  if (piece !== null) stream.unshift(piece);
}
