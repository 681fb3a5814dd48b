// Bytes as they come: told by what they are, not by `instanceof`, because they may come from another realm.

import { invalid } from "./errors.ts";

/**
 * The bytes of a typed array, a `Buffer` or an `ArrayBuffer`; nothing for anything else.
 *
 * @throws NexthinkError of kind `invalid` for those that are not here any more
 */
export function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const isBuffer = Object.prototype.toString.call(value) === "[object ArrayBuffer]";
    return isBuffer ? new Uint8Array(value as ArrayBuffer) : undefined;
  } catch (thrown) {
    throw invalid("the bytes were transferred to somebody else", "pass a copy of them: `bytes.slice()`", thrown);
  }
}

/** Bytes with a buffer of their own: `Uint8Array<ArrayBuffer>`, which TypeScript has no name for before 5.7. */
export type OwnBytes = ReturnType<Uint8Array["slice"]>;
