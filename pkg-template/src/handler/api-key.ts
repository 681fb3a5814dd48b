// Who may use the door: whoever has one of its keys. How long a comparison takes says nothing of a key.

import { encodeText } from "../encode.ts";
import { invalid } from "../errors.ts";
import type { HandlerRequest } from "./request.ts";

/** Long enough not to be tried out over a network; take more. */
const shortest = 8;

/** Whether a request has one of the keys. */
export type KeyCheck = (request: HandlerRequest) => Promise<boolean>;

/** @throws NexthinkError of kind `invalid` for what can be no key, or where nothing can compare them. */
export function keyCheckOf(apiKey: string | readonly string[]): KeyCheck {
  const keys = Array.isArray(apiKey) ? [...apiKey] : [apiKey];
  if (keys.length === 0 || keys.some((key) => typeof key !== "string" || key.length < shortest || !isSendable(key))) {
    const hint = "give `apiKey` a random text of letters and digits, best of 32, or a list of them while you change it";
    throw invalid(
      `\`apiKey\` is not a text of at least ${shortest} visible characters without a space, or a list of such texts`,
      hint,
    );
  }
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) throw invalid("this runtime has no `crypto.subtle`", "run the handler where web cryptography is there");
  const digest = async (text: string) => new Uint8Array(await subtle.digest("SHA-256", bytesOf(text)));
  return async (request) => {
    const given = await digest(presentedKey(request));
    // Digests are of one length whatever was given, and every key is looked at in full.
    let isOne = 0;
    for (const key of keys) isOne |= Number(difference(given, await digest(key)) === 0);
    return isOne === 1;
  };
}

/** Whether a header can hold it, in either way to send it: others would never match. */
const isSendable = (key: string) => /^[\x21-\x7e]+$/.test(key);

function presentedKey({ headers }: HandlerRequest): string {
  const [, bearer] = /^bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  return bearer ?? headers.get("x-api-key") ?? "";
}

function difference(one: Uint8Array, other: Uint8Array): number {
  let bits = one.length ^ other.length;
  for (const [at, byte] of one.entries()) bits |= byte ^ (other[at] ?? 0);
  return bits;
}

const bytesOf = (text: string) => encodeText(text) as Uint8Array<ArrayBuffer>;
