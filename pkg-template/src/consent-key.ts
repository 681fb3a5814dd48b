// The keys that sign proposals, as bytes.

import { bytesOf } from "./bytes.ts";
import { encodeText } from "./encode.ts";
import { invalid } from "./errors.ts";

/** A key: text (its UTF-8 bytes count) or bytes; at least 32 of them. */
export type ConsentKey = string | Uint8Array;

/** The keys for the core, which checks their length. */
export function consentKeysOf(given: ConsentKey | readonly ConsentKey[] | null | undefined): Uint8Array[] {
  if (given == null) return [];
  const keys: readonly unknown[] = Array.isArray(given) ? given : [given];
  return keys.map((key) => {
    const bytes = typeof key === "string" ? encodeText(key) : bytesOf(key);
    // A number would become that many zeros.
    if (!bytes)
      throw invalid("`consentKey` is neither text nor bytes", "pass at least 32 random bytes, or a list of such");
    return bytes;
  });
}
