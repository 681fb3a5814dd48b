// A file that is open in Node, piece by piece into the same room: its streams make new room for each piece, which takes
// longer than to read into it.

import type { Pieces } from "./response-body.ts";

/** A `FileHandle` of Node, as `open` of `node:fs/promises` gives it. */
export interface OpenFile {
  readonly fd: number;
  read(into: Uint8Array, offset: number, length: number, position: null): PromiseLike<{ bytesRead: number }>;
  close(): PromiseLike<void>;
}

/** Of less at a time, the asking costs more than the reading. */
const room = 4_194_304;

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
  const into = new Uint8Array(room);
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
