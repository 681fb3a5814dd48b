// Files that may be packed with gzip, unpacked by the runtime. Whether one is packed is told by its first bytes: the
// header that says so is there for some storages and not for others, and `fetch` may have unpacked it already.

import type { Pieces } from "./response-body.ts";

/** Whether this runtime can unpack. */
export const canUnpack = (): boolean => typeof decompression() === "function";

/** The same pieces, unpacked if they are packed. Each need hold only until the next is asked for. */
export function unpacked(packed: Pieces): Pieces {
  let pieces: Pieces | undefined;
  return {
    async next() {
      pieces ??= await begin(packed);
      return pieces.next();
    },
    cancel: () => (pieces ?? packed).cancel(),
  };
}

/** RFC 1952: every member begins so. */
const magic = [0x1f, 0x8b];

async function begin(packed: Pieces): Promise<Pieces> {
  let first = await packed.next();
  while (first && first.length < magic.length) {
    const before = new Uint8Array(first);
    const more = await packed.next();
    first = before;
    if (!more) break;
    first = new Uint8Array(before.length + more.length);
    first.set(before);
    first.set(more, before.length);
  }
  const rest = { next: async () => take(), cancel: packed.cancel };
  return first && magic.every((byte, at) => first?.[at] === byte) ? unzip(rest) : rest;

  function take(): PromiseLike<Uint8Array | undefined> | Uint8Array | undefined {
    const piece = first;
    first = undefined;
    return piece ?? packed.next();
  }
}

function unzip(packed: Pieces): Pieces {
  const Decompression = decompression();
  if (!Decompression) throw cannotUnpack("this runtime has no DecompressionStream");
  const { readable, writable } = new Decompression("gzip");
  const [writer, reader] = [writable.getWriter(), readable.getReader()];
  let broken: unknown;
  // Each write waits until there is room: no more is fetched than is read. What there is room for may wait, too.
  const pump = async () => {
    for (let piece = await fetched(); piece; piece = await fetched()) await writer.write(new Uint8Array(piece));
    await writer.close();
  };
  const fetched = async () => {
    try {
      return await packed.next();
    } catch (error) {
      broken = error;
      throw error;
    }
  };
  pump().catch((error) => writer.abort(error).catch(() => {}));
  return {
    async next() {
      try {
        return (await reader.read()).value;
      } catch (error) {
        packed.cancel();
        throw broken ?? cannotUnpack("the file is not what gzip makes", error);
      }
    },
    cancel() {
      packed.cancel();
      reader.cancel().catch(() => {});
    },
  };
}

/** An error that the core knows by its code. */
function cannotUnpack(message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code: "ERR_UNPACK" });
}

function decompression(): typeof DecompressionStream | undefined {
  return (globalThis as { DecompressionStream?: typeof DecompressionStream }).DecompressionStream;
}
