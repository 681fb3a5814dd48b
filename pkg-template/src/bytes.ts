// Bytes as they come: told by what they are, not by `instanceof`, because they may come from another realm.

/** The bytes of a typed array, a `Buffer` or an `ArrayBuffer`; nothing for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const isBuffer = Object.prototype.toString.call(value) === "[object ArrayBuffer]";
  return isBuffer ? new Uint8Array(value as ArrayBuffer) : undefined;
}

/** Bytes with a buffer of their own: `Uint8Array<ArrayBuffer>`, which TypeScript has no name for before 5.7. */
export type OwnBytes = ReturnType<Uint8Array["slice"]>;
